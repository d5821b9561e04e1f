import { createRandom } from "../../../src/domain/random.js";

const TABLE = 1 << 15;

/** Adds sensor noise to 8-bit pictures. */
export interface PictureNoise {
  /** `deviation` is the standard deviation on the 0..255 scale. The same seed adds the same noise. */
  apply(rgb: Uint8Array, width: number, options: { readonly deviation: number; readonly seed: number }): void;
}

export function createPictureNoise(): PictureNoise {
  // Gaussian numbers are looked up; every row starts at a place of its own, so that no pattern repeats visibly.
  const random = createRandom(7);
  const gaussian = Float32Array.from(
    { length: TABLE },
    () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
  );
  return {
    apply(rgb, width, { deviation, seed }) {
      if (deviation <= 0) return;
      const starts = createRandom(seed);
      const row = 3 * width;
      for (let first = 0; first < rgb.length; first += row) {
        let at = starts.below(TABLE);
        // An odd step visits the whole table before it repeats.
        const step = 2 * starts.below(64) + 1;
        for (let k = first; k < first + row; k++) {
          const value = rgb[k] + deviation * gaussian[at] + 0.5;
          rgb[k] = value < 0 ? 0 : value > 255 ? 255 : value;
          at = (at + step) & (TABLE - 1);
        }
      }
    },
  };
}
