/** Unix time of this machine, milliseconds. */
export const unixTimeMs = (): number => Date.now();
/** Milliseconds from some moment on; never goes back, whatever is done to the machine's clock. */
export const monotonicMs = (): number => performance.now();
