import { createRandom } from "../../src/domain/random.js";

const TABLE = 1 << 14;
const SIGMA_M = 0.001;
const SIGMA_PER_M = 0.001;

/** Noise of a depth sensor: a millimetre, and a thousandth of the distance. The same seed adds the same noise. */
export function createDepthNoise(): (depthM: Float32Array, seed: number) => void {
  const random = createRandom(11);
  const gaussian = Float32Array.from(
    { length: TABLE },
    () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
  );
  return (depthM, seed) => {
    let state = (Math.imul(seed, 0x9e3779b1) ^ 0x2545f491) >>> 0;
    for (let k = 0; k < depthM.length; k++) {
      // A linear congruence is chance enough to choose among the table's numbers, and quick.
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const z = depthM[k];
      if (z > 0) depthM[k] = z + (SIGMA_M + SIGMA_PER_M * z) * gaussian[state >>> 18];
    }
  };
}
