import { createRandom } from "../../../src/domain/random.js";

const TABLE = 1 << 14;

/** Adds sensor noise to 8-bit pictures. The same seed adds the same noise. */
export interface PictureNoise {
  apply(rgb: Uint8Array, width: number, seed: number): void;
}

/** `deviation` is the standard deviation on the 0..255 scale. */
export function createPictureNoise(deviation: number): PictureNoise {
  // Gaussian numbers are looked up; every row starts at a place of its own, so that no pattern repeats visibly.
  const random = createRandom(7);
  const gaussian = Int16Array.from({ length: deviation > 0 ? TABLE : 0 }, () =>
    Math.round(deviation * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())),
  );
  return {
    apply(rgb, width, seed) {
      if (deviation <= 0) return;
      const clamped = new Uint8ClampedArray(rgb.buffer, rgb.byteOffset, rgb.length);
      const starts = createRandom(seed);
      const row = 3 * width;
      for (let first = 0; first < rgb.length; first += row) {
        let at = starts.below(TABLE);
        for (let k = first; k < first + row; k++) {
          clamped[k] = clamped[k] + gaussian[at];
          at = (at + 1) & (TABLE - 1);
        }
      }
    },
  };
}
