/**
 * Speeds at which a sentence is heard, as a tape would be played: a voice that the network does not know may be closer to one that
 * it does when it is a little faster and higher, or slower and lower. The natural one is first.
 */
export const TAPES = [1, 1.08, 0.92, 1.16, 0.85] as const;
/** With this confidence in what was heard at the natural one nobody listens again. */
export const SURE = 0.97;

/** The sound at another speed, by linear interpolation: above 1 it is shorter and higher. */
export function atSpeed(samples: Float32Array, speed: number): Float32Array {
  if (speed === 1) return samples;
  const last = samples.length - 1;
  return Float32Array.from({ length: Math.floor(samples.length / speed) }, (_, i) => {
    const at = Math.min(last, i * speed);
    const before = Math.floor(at);
    const part = at - before;
    return samples[before] * (1 - part) + samples[Math.min(last, before + 1)] * part;
  });
}
