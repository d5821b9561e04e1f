/** Timers of this machine. They do not keep the process alive. */
export function createMachineTimers(): { after(ms: number, callback: () => void): () => void } {
  return {
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
