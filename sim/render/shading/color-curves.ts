export const toLinear = (srgb: number): number =>
  srgb <= 0.04045 ? srgb / 12.92 : Math.pow((srgb + 0.055) / 1.055, 2.4);

export const toSrgb = (linear: number): number =>
  linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;

/** Linear light up to this leaves the curve unchanged; more is rolled off towards white instead of clipping. */
const SHOULDER = 0.8;
/** Brightest linear value in the table. */
export const CURVE_TOP = 2;
export const CURVE_STEPS = 4096;

/** Display bytes for linear light 0..CURVE_TOP in CURVE_STEPS steps, with a soft shoulder. */
export function createDisplayCurve(): Uint8Array {
  const curve = new Uint8Array(CURVE_STEPS + 1);
  for (let i = 0; i <= CURVE_STEPS; i++) {
    const linear = (i / CURVE_STEPS) * CURVE_TOP;
    const over = linear - SHOULDER;
    const rolled = over <= 0 ? linear : SHOULDER + (1 - SHOULDER) * (1 - Math.exp(-over / (1 - SHOULDER)));
    curve[i] = Math.round(255 * Math.min(1, toSrgb(rolled)));
  }
  return curve;
}
