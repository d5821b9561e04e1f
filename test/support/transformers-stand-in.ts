import { existsSync } from "node:fs";
import { join } from "node:path";

// Stands in for @huggingface/transformers 4: the same names, argument orders, shapes and errors for what is used of it, with models
// that look at the picture for red and hear loudness.

interface Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export const env = { allowRemoteModels: true, allowLocalModels: true, localModelPath: "/models/", useFSCache: true };

export class RawImage implements Picture {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly channels: number;

  constructor(data: Uint8ClampedArray, width: number, height: number, channels: number) {
    if (data.length !== width * height * channels) throw new Error("The size of the data does not fit the image.");
    this.data = data;
    this.width = width;
    this.height = height;
    this.channels = channels;
  }
}

class Tensor {
  readonly dims: readonly number[];
  readonly text: string;

  constructor(text: string, length: number) {
    this.text = text;
    this.dims = [1, length];
  }

  slice(...ranges: readonly (null | readonly [number, null])[]): Tensor {
    const start = ranges[1]?.[0] ?? 0;
    return new Tensor(this.text.slice(start), this.text.length - start);
  }
}

interface Options {
  readonly device?: string;
  readonly local_files_only?: boolean;
}

function open(id: string, file: string, { device = "cpu", local_files_only: localOnly = false }: Options): void {
  if (existsSync(join(id, file))) {
    if (device !== "cpu") throw new Error(`Unsupported device: "${device}". Should be one of: cpu.`);
    return;
  }
  if (localOnly || !env.allowRemoteModels) {
    throw new Error(
      `\`local_files_only=true\` or \`env.allowRemoteModels=false\` and file was not found locally at "${join(id, file)}".`,
    );
  }
  throw new Error(`fetch failed: this stand-in reaches no hub (${id})`);
}

/** Corners of what is red, in thousandths. */
function redBox({ data, width, height }: Picture): string {
  let [x0, y0, x1, y1] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      if (data[at] < 200 || data[at + 1] > 60) continue;
      [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
    }
  }
  if (x1 < 0) return "";
  const bin = (value: number, size: number): number => Math.min(999, Math.floor((value / size) * 1000));
  return `<loc_${bin(x0, width)}><loc_${bin(y0, height)}><loc_${bin(x1, width)}><loc_${bin(y1, height)}>`;
}

const PROMPTS: Readonly<Record<string, string>> = {
  "<OCR_WITH_REGION>": "What is the text in the image, with regions?",
  "<CAPTION>": "What does the image describe?",
  "<CAPTION_TO_PHRASE_GROUNDING>": "Locate the phrases in the caption: ",
};

const isPicture = (value: unknown): value is Picture => value instanceof RawImage;

export const AutoProcessor = {
  from_pretrained(id: string, options: Options) {
    open(id, "preprocessor_config.json", { ...options, device: "cpu" });
    const process = (first: unknown, second: unknown, extra?: object) => {
      // Florence-2: picture, text. Chat models: text, pictures, options.
      const [picture, text] = isPicture(first) ? [first, second] : [(second as Picture[])[0], first];
      if (!isPicture(picture) || typeof text !== "string") throw new Error("expected a picture and a text");
      return Promise.resolve({ pixel_values: picture, input_ids: new Tensor(text, text.length), extra });
    };
    const processor = Object.assign(process, {
      construct_prompts(text: string): string {
        const task = Object.keys(PROMPTS).find((name) => text.startsWith(name));
        return task === undefined ? text : PROMPTS[task] + text.slice(task.length);
      },
      apply_chat_template(messages: readonly { content: readonly { type: string; text?: string }[] }[]): string {
        const words = messages.flatMap(({ content }) =>
          content.map(({ type, text }) => (type === "image" ? "<image>" : text)),
        );
        return `<|im_start|>User:${words.join("")}<end_of_utterance>\nAssistant:`;
      },
      batch_decode: (ids: Tensor, { skip_special_tokens: skip }: { skip_special_tokens: boolean }) => [
        skip ? ids.text.replaceAll(/<[^>]+>/g, "") : ids.text,
      ],
    });
    return Promise.resolve(processor);
  },
};

interface Inputs {
  readonly pixel_values: Picture;
  readonly input_ids: Tensor;
}

const model = (write: (inputs: Inputs) => string) => ({
  generate(inputs: Inputs) {
    const text = write(inputs);
    return Promise.resolve(new Tensor(text, text.length));
  },
  dispose: () => Promise.resolve([]),
});

export const Florence2ForConditionalGeneration = {
  from_pretrained(id: string, options: Options) {
    open(id, "config.json", options);
    return Promise.resolve(
      model(({ pixel_values: picture, input_ids: { text } }) => {
        const box = redBox(picture);
        // What is red is the word "stop", its corners clockwise from the top left.
        if (text.startsWith("What is the text")) {
          const [x0, y0, x1, y1] = [...box.matchAll(/<loc_\d+>/g)].map(([bin]) => bin);
          return box === "" ? "</s><s></s>" : `</s><s>stop${x0}${y0}${x1}${y0}${x1}${y1}${x0}${y1}</s>`;
        }
        if (text.startsWith("What does")) return `</s><s>${box === "" ? "an empty table" : "something red"}</s>`;
        const phrases = text.split(": ")[1].replace(/\.$/, "").split(". ");
        const said = box === "" ? [] : phrases.filter((phrase) => phrase.includes("red")).map((phrase) => phrase + box);
        return `</s><s>${said.join("")}</s>`;
      }),
    );
  },
};

export const AutoModelForImageTextToText = {
  from_pretrained(id: string, options: Options) {
    open(id, "config.json", options);
    return Promise.resolve(
      model(({ pixel_values: picture, input_ids: { text } }) => {
        const red = redBox(picture) === "" ? "No." : "Yes.";
        return `${text} ${text.includes("Is there") ? red : "A picture."}<end_of_utterance>`;
      }),
    );
  },
};

/** Sampling's dice: what `random.seed` sets. */
let seeded = 0;
export const random = { seed: (value: number) => void (seeded = value) };

export const AutoTokenizer = {
  from_pretrained(id: string, options: Options) {
    open(id, "config.json", { ...options, device: "cpu" });
    return Promise.resolve((text: string) => ({ input_ids: new Tensor(text, text.length) }));
  },
};

/** Half an amplitude of tone for all words but "silence"; fifty steps a second less the delay of four codebooks. */
export const MusicgenForConditionalGeneration = {
  from_pretrained(id: string, options: Options) {
    open(id, "config.json", options);
    return Promise.resolve({
      config: { audio_encoder: { sampling_rate: 32_000 } },
      generate(inputs: { input_ids: Tensor; max_new_tokens: number; do_sample: boolean; guidance_scale: number }) {
        if (!inputs.do_sample || inputs.guidance_scale <= 1) throw new Error("MusicGen is sampled, with guidance.");
        const length = ((inputs.max_new_tokens - 3) * 32_000) / 50;
        const amplitude = inputs.input_ids.text === "silence" ? 0 : 0.5;
        const data = Float32Array.from({ length }, (_, i) => amplitude * Math.sin((i / 50) * (1 + seeded)));
        return Promise.resolve({ data, dims: [1, 1, length] });
      },
      dispose: () => Promise.resolve([]),
    });
  },
};

export function pipeline(task: string, id: string, options: Options) {
  const dispose = () => Promise.resolve();
  if (task === "zero-shot-audio-classification") {
    open(id, "config.json", options);
    const classify = (samples: Float32Array, labels: readonly string[]) => {
      if (!(samples instanceof Float32Array) || samples.length > 480_000) throw new Error("expected 10 s at 48 kHz");
      const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const rest = 0.2 / Math.max(1, labels.length - 1);
      // The first label for what is loud, the last for what is not; the scores add up to 1.
      const heard = loudest > 0.2 ? 0 : labels.length - 1;
      return Promise.resolve(labels.map((label, i) => ({ label, score: i === heard ? 0.8 : rest })));
    };
    return Promise.resolve(Object.assign(classify, { dispose }));
  }
  if (task !== "automatic-speech-recognition") throw new Error(`Unsupported pipeline: ${task}.`);
  open(id, "config.json", options);
  const run = (samples: Float32Array, { language }: { language?: string }) => {
    const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const text = loudest > 0.2 ? ` Stop. (${samples.length} ${language ?? "any"})` : " [MUSIC]";
    return Promise.resolve({ text });
  };
  return Promise.resolve(Object.assign(run, { dispose: () => Promise.resolve() }));
}
