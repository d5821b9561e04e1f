import { ControllerError } from "../../domain/errors.js";
import type { RgbPicture } from "../../ports/model-client.js";

/** What is used of @huggingface/transformers 4: typed here, since the package need not be installed. */
export interface TransformersModule {
  readonly env: {
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    localModelPath: string;
    useFSCache: boolean;
  };
  readonly RawImage: new (data: Uint8ClampedArray, width: number, height: number, channels: 3) => RawImage;
  readonly AutoProcessor: { from_pretrained(id: string, options: object): Promise<Processor> };
  readonly Florence2ForConditionalGeneration: ModelClass;
  readonly AutoModelForImageTextToText?: ModelClass;
  readonly AutoModelForVision2Seq?: ModelClass;
  readonly pipeline: {
    (task: "automatic-speech-recognition", id: string, options: object): Promise<SpeechPipeline>;
    (task: "zero-shot-audio-classification", id: string, options: object): Promise<ClapPipeline>;
  };
  readonly AutoTokenizer: { from_pretrained(id: string, options: object): Promise<Tokenizer> };
  readonly MusicgenForConditionalGeneration: { from_pretrained(id: string, options: object): Promise<MusicModel> };
  /** Since version 4.1: the dice of sampling. */
  readonly random?: { seed(value: number): void };
}

export interface ModelClass {
  from_pretrained(id: string, options: object): Promise<GenerativeModel>;
}

export interface RawImage {
  readonly width: number;
  readonly height: number;
}

export interface TensorLike {
  readonly dims: readonly number[];
  slice(...ranges: readonly unknown[]): TensorLike;
}

export interface GenerativeModel {
  generate(inputs: Readonly<Record<string, unknown>>): Promise<TensorLike>;
  dispose(): Promise<unknown>;
}

/** Florence-2 takes picture, then text; the chat families take text, then pictures. */
export interface Processor {
  (first: unknown, second: unknown, options?: object): Promise<Readonly<Record<string, unknown>>>;
  construct_prompts?(text: string): string;
  apply_chat_template(messages: readonly object[], options: object): string;
  batch_decode(ids: TensorLike, options: { skip_special_tokens: boolean }): string[];
}

export interface SpeechPipeline {
  (samples: Float32Array, options: object): Promise<{ readonly text: string }>;
  dispose(): Promise<unknown>;
}

/** Scores over all labels add up to 1. */
export interface ClapPipeline {
  (
    samples: Float32Array,
    labels: readonly string[],
    options?: object,
  ): Promise<readonly { readonly label: string; readonly score: number }[]>;
  dispose(): Promise<unknown>;
}

export type Tokenizer = (text: string) => Readonly<Record<string, unknown>>;

/** Writes sound where other models write words: float samples, one sound and one channel. */
export interface MusicModel {
  readonly config: { readonly audio_encoder?: { readonly sampling_rate?: number } };
  generate(inputs: Readonly<Record<string, unknown>>): Promise<{ readonly data: Float32Array }>;
  dispose(): Promise<unknown>;
}

export const PACKAGE = "@huggingface/transformers";

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND");

/** The package, if somebody has installed it. Throws `model-missing` with the command that installs it. */
export async function loadTransformers(specifier: string): Promise<TransformersModule> {
  try {
    return (await import(specifier)) as TransformersModule;
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new ControllerError(
      "model-missing",
      `These weights need the optional package ${PACKAGE}, which is not installed. Run: npm install ${PACKAGE}`,
      { cause, details: { package: PACKAGE } },
    );
  }
}

export const toRawImage = (module: TransformersModule, { rgb, width, height }: RgbPicture): RawImage =>
  new module.RawImage(new Uint8ClampedArray(rgb.buffer, rgb.byteOffset, rgb.byteLength), width, height, 3);
