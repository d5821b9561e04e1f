import type { PictureSize } from "../../../src/ports/model-client.js";

/** 0 to 1 over the picture. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * How one family of models writes, told here a second time and in other words than in the code under test, so that an error there
 * is not repeated here.
 */
export interface ModelFamily {
  readonly model: string;
  /** Name of the convention that the family follows. */
  readonly convention: string;
  /** The key under which it gives a point, and its point. Absent for models that cannot point. */
  readonly key?: string;
  readonly write?: (spot: Spot, sent: PictureSize) => unknown;
  readonly read?: (written: never, sent: PictureSize) => Spot;
  /** What stands around its JSON. */
  readonly wrap?: (json: string) => string;
}

const whole = Math.round;
const padded = (value: number): string => String(value).padStart(4, "0");
const perMille = ({ x, y }: Spot): number[] => [whole(x * 1000), whole(y * 1000)];
const fromPerMille = ([x, y]: readonly number[]): Spot => ({ x: x / 1000, y: y / 1000 });
const pixels = ({ x, y }: Spot, { width, height }: PictureSize): number[] => [whole(x * width), whole(y * height)];
const fromPixels = ([x, y]: readonly number[], { width, height }: PictureSize): Spot => ({
  x: x / width,
  y: y / height,
});
const numbersIn = (text: string): number[] => (text.match(/\d+(\.\d+)?/g) ?? []).map(Number);
const fenced = (json: string): string => `\`\`\`json\n${json}\n\`\`\``;
const firstThinking = (json: string): string => `<think>The bag {green} may be in a drawer.</think>\n${json}`;

/** Every convention of the table has at least one family here. */
export const MODEL_FAMILIES: readonly ModelFamily[] = [
  { model: "Qwen/Qwen3-VL-8B-Instruct", convention: "xy-1000", key: "point_2d", write: perMille, read: fromPerMille },
  {
    model: "Qwen/Qwen2.5-VL-7B-Instruct",
    convention: "pixels-28",
    key: "point_2d",
    write: pixels,
    read: fromPixels,
    wrap: (json) => `Here is the plan:\n${fenced(json)}`,
  },
  {
    model: "google/gemini-robotics-er-2-preview",
    convention: "yx-1000",
    key: "point",
    write: ({ x, y }) => [whole(y * 1000), whole(x * 1000)],
    read: ([y, x]: readonly number[]) => ({ x: x / 1000, y: y / 1000 }),
    wrap: fenced,
  },
  {
    model: "allenai/Molmo-7B-D-0924",
    convention: "percent-xml",
    key: "point",
    write: ({ x, y }) => `<point x="${(x * 100).toFixed(1)}" y="${(y * 100).toFixed(1)}" alt="it">it</point>`,
    read(text: string) {
      const [x, y] = numbersIn(text);
      return { x: x / 100, y: y / 100 };
    },
  },
  {
    model: "google/paligemma2-10b-mix-448",
    convention: "yx-loc-1024",
    key: "point",
    write: ({ x, y }) => `<loc${padded(whole(y * 1024))}><loc${padded(whole(x * 1024))}>`,
    read(text: string) {
      const [y, x] = numbersIn(text);
      return { x: x / 1024, y: y / 1024 };
    },
  },
  {
    model: "OpenGVLab/InternVL3-8B",
    convention: "xy-1000",
    key: "point",
    write: (spot) => [perMille(spot)],
    read: fromPerMille,
    wrap: firstThinking,
  },
  {
    model: "BAAI/RoboBrain2.0-7B",
    convention: "pixels-28",
    key: "point",
    write: (spot, sent) => `(${pixels(spot, sent).join(", ")})`,
    read: fromPixels,
    wrap: firstThinking,
  },
  {
    model: "deepseek-ai/deepseek-vl2-small",
    convention: "xy-999",
    key: "point",
    write: ({ x, y }) => [whole(x * 999), whole(y * 999)],
    read: ([x, y]: readonly number[]) => ({ x: x / 999, y: y / 999 }),
  },
  {
    model: "wentao-yuan/robopoint-v1-vicuna-v1.5-13b",
    convention: "xy-1",
    key: "point",
    write: ({ x, y }) => `(${x.toFixed(3)}, ${y.toFixed(3)})`,
    read(text: string) {
      const [x, y] = numbersIn(text);
      return { x, y };
    },
  },
  {
    model: "moondream3-preview",
    convention: "xy-1-json",
    key: "point",
    write: ({ x, y }) => ({ x: Number(x.toFixed(4)), y: Number(y.toFixed(4)) }),
    read: ([x, y]: readonly number[]) => ({ x, y }),
  },
  {
    model: "microsoft/Florence-2-large-ft",
    convention: "xy-bins-1000",
    key: "point",
    write: ({ x, y }) => `<loc_${Math.floor(x * 1000)}><loc_${Math.floor(y * 1000)}>`,
    read(text: string) {
      const [x, y] = numbersIn(text);
      return { x: (x + 0.5) / 1000, y: (y + 0.5) / 1000 };
    },
  },
  {
    model: "llava-1.5-7b-hf",
    convention: "xy-1-padded",
    key: "point",
    // Above and below a wide picture LLaVA 1.5 sees bars.
    write: ({ x, y }, { width, height }) => [x, ((y - 0.5) * height) / width + 0.5].map((v) => Number(v.toFixed(2))),
    read: ([x, y]: readonly number[], { width, height }) => ({ x, y: ((y - 0.5) * width) / height + 0.5 }),
  },
  {
    model: "anthropic/claude-opus-5",
    convention: "pixels",
    key: "point",
    write: pixels,
    read: fromPixels,
    wrap: (json) => `I looked at the picture.\n\n${json}`,
  },
  { model: "meta-llama/Llama-3.2-11B-Vision-Instruct", convention: "ids-only" },
];
