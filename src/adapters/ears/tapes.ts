/** A hearing network of the ears' folder, and the speed at which it is played the sound, as a tape would be. */
export interface Listener {
  readonly network: "ears.onnx" | "watch.onnx";
  readonly speed: number;
}

const at = (network: Listener["network"], ...speeds: readonly number[]): readonly Listener[] =>
  speeds.map((speed) => ({ network, speed }));

/**
 * Who hears a sentence: a voice that the network does not know may be closer to one that it does when it is a little faster and
 * higher, or slower and lower; and two networks that were trained differently are wrong in different places. The first is the better
 * network at the natural speed.
 */
export const LISTENERS = [...at("ears.onnx", 1, 1.08, 0.92, 1.16, 0.85), ...at("watch.onnx", 1, 1.08, 0.92)];
/** With this confidence of the first nobody else listens. */
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
