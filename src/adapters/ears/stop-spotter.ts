import { ControllerError } from "../../domain/errors.js";
import { melFrames } from "../../domain/speech/mel-frames.js";

export interface StopSpotterShape {
  readonly bands: number;
  readonly channels: number;
  readonly dilations: readonly number[];
  readonly words: readonly string[];
  /** The logit that a word has to pass. */
  readonly threshold: number;
}

/** Hears "stop" and "停" in a stream of sound, beside everything else, in a fraction of a millisecond for each 100 ms. */
export interface StopSpotter {
  /** Samples at 16 kHz, any number at a time, in order. True where a word to stop ended in them; once for each time said. */
  hear(samples: Float32Array): boolean;
  /** Forgets what it heard; for the beginning of another stream. */
  reset(): void;
}

const RATE_HZ = 16_000;
const HOP = 160;
/** Must be those of models/train/ears/stop_net.py. */
const DECAY = 0.9954;
const QUIET = 1e-4;
const FLOOR = 1e-3;
/** Frames that a step of the network looks back on, and advances by. */
const LOOKS = 5;
const STRIDE = 2;

interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** All that a stream leaves behind. */
interface Stream {
  readonly mel: ReturnType<typeof melFrames>;
  readonly frames: Float32Array[];
  readonly past: Float32Array[][];
  count: number;
  level: number;
  saying: boolean;
}

/** Called with the logits of all words, every 20 ms. */
type Listener = (logits: Float32Array) => void;

/** Splits the file of float16 numbers into layers. Throws `model-damaged` when there are too many or too few. */
export function readStopLayers(bytes: Uint8Array, shape: StopSpotterShape): readonly Layer[] {
  const { bands, channels, dilations, words } = shape;
  const sizes: (readonly [weights: number, bias: number])[] = [
    [channels * bands * LOOKS, channels],
    ...dilations.map(() => [channels * channels * 3, channels] as const),
    [words.length * channels, words.length],
  ];
  const expected = sizes.reduce((sum, [weights, bias]) => sum + weights + bias, 0);
  if (bytes.length !== expected * 2)
    throw new ControllerError(
      "model-damaged",
      `The stop spotter's weights are ${expected} numbers of two bytes; found ${bytes.length} bytes. Use the weights that came with this version.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => half(view.getUint16(2 * at++, true)));
  return sizes.map(([weights, bias]) => ({ weights: take(weights), bias: take(bias) }));
}

export function createStopSpotter(layers: readonly Layer[], shape: StopSpotterShape, listener?: Listener): StopSpotter {
  const { bands, channels, dilations, words, threshold } = shape;
  const begin = (): Stream => ({
    mel: melFrames({
      sampleRateHz: RATE_HZ,
      window: 400,
      hop: HOP,
      spectrum: 512,
      bands,
      lowHz: 80,
      highHz: 7600,
      emphasis: 0.97,
    }),
    frames: Array.from({ length: LOOKS }, () => new Float32Array(bands)),
    past: dilations.map((dilation) => Array.from({ length: 2 * dilation + 1 }, () => new Float32Array(channels))),
    count: 0,
    level: QUIET,
    saying: false,
  });
  let stream = begin();
  const first = layers[0];
  const last = layers[layers.length - 1];

  /** One step of 20 ms: the newest frame of each layer from the frames before it. */
  const step = (): Float32Array => {
    const { frames, past } = stream;
    let x = Float32Array.from(first.bias);
    for (let out = 0; out < channels; out++) {
      const row = out * bands * LOOKS;
      for (let band = 0; band < bands; band++)
        for (let k = 0; k < LOOKS; k++) x[out] += first.weights[row + band * LOOKS + k] * frames[k][band];
      x[out] = Math.max(0, x[out]);
    }
    for (const [index, dilation] of dilations.entries()) {
      const { weights, bias } = layers[index + 1];
      const line = past[index];
      line.push(x);
      line.shift();
      const taps = [line[0], line[dilation], line[2 * dilation]];
      const y = Float32Array.from(x);
      for (let out = 0; out < channels; out++) {
        let sum = bias[out];
        const row = out * channels * 3;
        for (let k = 0; k < 3; k++) {
          const tap = taps[k];
          for (let i = 0; i < channels; i++) sum += weights[row + i * 3 + k] * tap[i];
        }
        y[out] += Math.max(0, sum);
      }
      x = y;
    }
    return last.bias.map((bias, word) => {
      let sum = bias;
      for (let i = 0; i < channels; i++) sum += last.weights[word * channels + i] * x[i];
      return sum;
    });
  };

  return {
    hear: (samples) => {
      let heard = false;
      stream.mel(samples, (power) => {
        const mean = power.reduce((sum, value) => sum + value, 0) / bands;
        stream.level = Math.max(mean, stream.level * DECAY, QUIET);
        const oldest = stream.frames.shift() as Float32Array;
        for (let band = 0; band < bands; band++) oldest[band] = (Math.log(power[band] / stream.level + FLOOR) + 4) / 3;
        stream.frames.push(oldest);
        if (stream.count++ % STRIDE !== 0) return;
        const logits = step();
        listener?.(logits);
        const isOver = words.some((_, word) => logits[word] > threshold);
        heard ||= isOver && !stream.saying;
        stream.saying = isOver || (stream.saying && words.some((_, word) => logits[word] > threshold - 1));
      });
      return heard;
    },
    reset: () => {
      stream = begin();
    },
  };
}

/** A 16-bit float; Node has no reader of its own for them. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
