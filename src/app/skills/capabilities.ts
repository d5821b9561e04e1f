import type { Capability } from "../../skill-kit/index.js";

/** Things of which there is one: who has them now. */
export function createCapabilities() {
  const holders = new Map<Capability, string>();
  return {
    /** Gives back the function that lets go, or says who is in the way. */
    take(who: string, wanted: readonly Capability[]): (() => void) | string {
      const taken = wanted.find((capability) => holders.has(capability));
      if (taken !== undefined) {
        return `Skill "${holders.get(taken)}" has the ${taken} now. Wait until it has ended, or call it off.`;
      }
      for (const capability of wanted) holders.set(capability, who);
      return () => wanted.forEach((capability) => holders.delete(capability));
    },
  };
}
