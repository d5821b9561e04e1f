import { workerData } from "node:worker_threads";
import { ControllerError } from "../../domain/errors.js";
import type { RgbPicture } from "../../ports/model-client.js";
import { verifyWeights } from "../open-weights/weights-folder.js";
import { serveWorker } from "../worker-link/serve-worker.js";
import { parseFlorenceBoxes, parseFlorenceText } from "./florence-answer.js";
import {
  loadTransformers,
  toRawImage,
  type GenerativeModel,
  type ModelClass,
  type Processor,
  type TransformersModule,
} from "./transformers-module.js";
import type {
  TransformersAnswer,
  TransformersReady,
  TransformersRequest,
  TransformersWorkerData,
} from "./transformers-messages.js";

const data = workerData as TransformersWorkerData;
type Run = (request: TransformersRequest) => Promise<TransformersAnswer>;

const MOST_TOKENS = { boxes: 1024, words: 128 };

const unsupported = (request: TransformersRequest): ControllerError =>
  new ControllerError("model-failed", `${data.task} models do not do "${request.type}"; choose other weights.`);

/** Tries the devices in their order; the package itself has no fallback. */
async function onFirstDevice<T>(
  load: (options: object) => Promise<T>,
): Promise<{ loaded: T; ready: TransformersReady }> {
  const skipped: { device: string; reason: string }[] = [];
  for (const device of data.devices) {
    const options = { device, dtype: data.dtype, local_files_only: !data.allowRemote };
    try {
      return { loaded: await load(options), ready: { device, skipped } };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
      // No other device has a file that this one has not.
      if (/file was not found|Could not locate file|Unauthorized|fetch failed/i.test(reason)) {
        throw new ControllerError("model-missing", `The files of ${data.model} are not complete: ${reason}`, { cause });
      }
      skipped.push({ device, reason });
    }
  }
  const reasons = skipped.map(({ device, reason }) => `${device}: ${reason}`).join("; ");
  throw new ControllerError("model-failed", `${data.model} runs on no device of the list (${reasons}).`, {
    details: { reason: "providers", skipped },
  });
}

async function loadPair(module: TransformersModule, modelClass: ModelClass) {
  return onFirstDevice(async (options) => {
    const model = await modelClass.from_pretrained(data.model, options);
    const processor = await module.AutoProcessor.from_pretrained(data.model, options);
    return { model, processor };
  });
}

/** The new tokens as text: chat models repeat the question's, encoder-decoders do not. */
async function generate(
  { model, processor }: { model: GenerativeModel; processor: Processor },
  inputs: Readonly<Record<string, unknown>>,
  { tokens, special, repeated }: { tokens: number; special: boolean; repeated: boolean },
): Promise<string> {
  const ids = await model.generate({ ...inputs, max_new_tokens: tokens, do_sample: false });
  const asked = inputs["input_ids"];
  const length =
    repeated && typeof asked === "object" && asked !== null && "dims" in asked ? (asked.dims as number[]).at(-1) : 0;
  const [text = ""] = processor.batch_decode(length ? ids.slice(null, [length, null]) : ids, {
    skip_special_tokens: !special,
  });
  return text;
}

async function loadFlorence(module: TransformersModule): Promise<{ run: Run; ready: TransformersReady }> {
  const { loaded, ready } = await loadPair(module, module.Florence2ForConditionalGeneration);
  const { processor } = loaded;
  const write = async (picture: RgbPicture, task: string, options: { tokens: number; special: boolean }) => {
    const prompt = processor.construct_prompts?.(task) ?? task;
    const inputs = await processor(toRawImage(module, picture), prompt);
    return generate(loaded, inputs, { ...options, repeated: false });
  };
  return {
    ready,
    async run(request) {
      switch (request.type) {
        case "ground": {
          const task = `<CAPTION_TO_PHRASE_GROUNDING>${request.phrases.join(". ")}.`;
          const text = await write(request.picture, task, { tokens: MOST_TOKENS.boxes, special: true });
          return { type: "boxes", boxes: parseFlorenceBoxes(text) };
        }
        case "caption": {
          const text = await write(request.picture, "<CAPTION>", { tokens: MOST_TOKENS.words, special: false });
          return { type: "text", text: text.trim() };
        }
        case "locate-text": {
          const text = await write(request.picture, "<OCR_WITH_REGION>", { tokens: MOST_TOKENS.boxes, special: true });
          return { type: "boxes", boxes: parseFlorenceText(text) };
        }
        case "ask":
        case "transcribe":
        case "classify":
        case "compose":
          throw unsupported(request);
      }
    },
  };
}

async function loadChat(module: TransformersModule): Promise<{ run: Run; ready: TransformersReady }> {
  const modelClass = module.AutoModelForImageTextToText ?? module.AutoModelForVision2Seq;
  if (modelClass === undefined)
    throw new ControllerError("model-failed", "This version of the package has no chat models with pictures.");
  const { loaded, ready } = await loadPair(module, modelClass);
  const { processor } = loaded;
  return {
    ready,
    async run(request) {
      if (request.type !== "ask" && request.type !== "caption") throw unsupported(request);
      const question = request.type === "ask" ? request.question : "Describe this picture in one sentence.";
      const messages = [{ role: "user", content: [{ type: "image" }, { type: "text", text: question }] }];
      const prompt = processor.apply_chat_template(messages, { add_generation_prompt: true });
      // One tile: thirteen, the usual number, take thirteen times as long on a robot's processor.
      const inputs = await processor(prompt, [toRawImage(module, request.picture)], { do_image_splitting: false });
      const text = await generate(loaded, inputs, { tokens: MOST_TOKENS.words, special: false, repeated: true });
      return { type: "text", text: text.trim() };
    },
  };
}

async function loadWhisper(module: TransformersModule): Promise<{ run: Run; ready: TransformersReady }> {
  const { loaded, ready } = await onFirstDevice((options) =>
    module.pipeline("automatic-speech-recognition", data.model, options),
  );
  return {
    ready,
    async run(request) {
      if (request.type !== "transcribe") throw unsupported(request);
      const { samples, language } = request;
      const { text } = await loaded(samples, {
        chunk_length_s: 30,
        stride_length_s: 5,
        task: "transcribe",
        ...(language === undefined ? {} : { language }),
      });
      return { type: "text", text: text.trim() };
    },
  };
}

async function loadClap(module: TransformersModule): Promise<{ run: Run; ready: TransformersReady }> {
  const { loaded, ready } = await onFirstDevice((options) =>
    module.pipeline("zero-shot-audio-classification", data.model, options),
  );
  return {
    ready,
    async run(request) {
      if (request.type !== "classify") throw unsupported(request);
      return { type: "scores", scores: await loaded(request.samples, request.labels) };
    },
  };
}

/** MusicGen writes fifty steps a second, and three more for its four delayed codebooks. */
const MUSIC = { stepsEachS: 50, delay: 3, guidance: 3, rateHz: 32_000 };

async function loadMusicgen(module: TransformersModule): Promise<{ run: Run; ready: TransformersReady }> {
  const { loaded, ready } = await onFirstDevice(async (options) => {
    const model = await module.MusicgenForConditionalGeneration.from_pretrained(data.model, options);
    return { model, tokenizer: await module.AutoTokenizer.from_pretrained(data.model, options) };
  });
  const { model, tokenizer } = loaded;
  return {
    ready,
    async run(request) {
      if (request.type !== "compose") throw unsupported(request);
      module.random?.seed(request.seed);
      const { data: values } = await model.generate({
        ...tokenizer(request.prompt),
        max_new_tokens: Math.round(request.seconds * MUSIC.stepsEachS) + MUSIC.delay,
        do_sample: true,
        guidance_scale: MUSIC.guidance,
      });
      // A copy: what the model gives is its own memory.
      const sampleRateHz = model.config.audio_encoder?.sampling_rate ?? MUSIC.rateHz;
      return { type: "sound", samples: Float32Array.from(values), sampleRateHz };
    },
  };
}

await serveWorker<TransformersRequest, TransformersAnswer, TransformersReady>(async () => {
  const module = await loadTransformers(data.specifier);
  if (data.isFolder) await verifyWeights(data.model);
  module.env.allowRemoteModels = data.allowRemote;
  module.env.allowLocalModels = true;
  switch (data.task) {
    case "florence-2":
      return loadFlorence(module);
    case "chat":
      return loadChat(module);
    case "clap":
      return loadClap(module);
    case "musicgen":
      return loadMusicgen(module);
    case "whisper":
      return loadWhisper(module);
  }
});
