/** Unix time of this machine, milliseconds. */
export const unixTimeMs = (): number => Date.now();
