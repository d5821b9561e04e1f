import { InferenceSession, Tensor } from "onnxruntime-node";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import type { ModelCard } from "../../domain/model-card.js";
import { resample } from "../../domain/speech/resample.js";
import type { Sound } from "../../domain/speech/sound.js";
import { splitSpeech } from "../../domain/speech/split-speech.js";
import { readModelCard, readModelFile } from "../onnx/model-folder.js";
import { chooseWords, isSure, type ChoiceWeights } from "./choose-words.js";
import { letterDecoder } from "./decode-letters.js";
import { tokenWriter, type Heard } from "./decode-text.js";
import type { EarsRequest, EarsWorkerData, Utterance } from "./ears-messages.js";
import { candidateGatherer, type TapeRead } from "./gather-candidates.js";
import { createLanguage, parseLanguage } from "./language.js";
import { confidenceOf, type Decoded } from "./rank-paths.js";
import { loadSentenceJudge } from "./sentence-judge.js";
import { atSpeed, LISTENERS, type Listener } from "./tapes.js";

export const EARS_RATE_HZ = 16_000;
/** The shortest sound that the network is given; shorter ones are put into silence. */
const LEAST_SAMPLES = 8_000;

const parametersSchema = z
  .object({
    languageWeight: z.number().min(0),
    wordBonus: z.number(),
    confidenceThreshold: z.number().min(0).max(1),
    /** Of `confidenceOf`, for what one listener hears. */
    tapeWeights: z.array(z.number()).length(4),
    /** What counts beside what was heard: three words at a time, the sentence, each word. */
    choiceWeights: z.tuple([z.number(), z.number(), z.number()]),
    /** Of `confidenceOf`, for what was chosen in the end. */
    confidenceWeights: z.array(z.number()).length(4),
  })
  .transform(({ choiceWeights: [counted, sentence, word], ...rest }) => ({
    ...rest,
    choice: { counted, sentence, word } satisfies ChoiceWeights,
  }));
export type EarsParameters = z.infer<typeof parametersSchema>;

/** Throws `model-damaged` for a card of other ears. */
export function readEarsParameters(card: ModelCard): EarsParameters {
  const symbols = card.labels["letters"] ?? [];
  const parsed = parametersSchema.safeParse(card.parameters);
  if (parsed.success && symbols[0] === "_" && symbols[1] === " ") return parsed.data;
  const reason = parsed.success
    ? "its letters do not begin with the blank and the space"
    : z.prettifyError(parsed.error);
  throw new ControllerError(
    "model-damaged",
    `The card of model "${card.name}" is not one of ears for this version: ${reason} Use the weights that came with it.`,
  );
}

export interface EarsNet {
  readonly parameters: EarsParameters;
  hear(request: EarsRequest): Promise<readonly Utterance[]>;
  /** One utterance at 16 kHz: what the first listener hears where that is sure, else the likeliest by all of them. */
  decode(samples: Float32Array, language?: string): Promise<SureHeard>;
}

export interface SureHeard extends Heard {
  /** Probability that every word is right. */
  readonly confidence: number;
}

/** The network of a model folder whose card fits this version. Throws `model-missing` or `model-damaged`. */
export async function loadEarsNet({ modelDir, threads }: EarsWorkerData): Promise<EarsNet> {
  const card = await readModelCard(modelDir);
  const parameters = readEarsParameters(card);
  const fileOf = async (path: string): Promise<Uint8Array> => {
    const file = card.files.find((one) => one.path === path);
    if (file !== undefined) return readModelFile(modelDir, file);
    throw new ControllerError(
      "model-damaged",
      `The card of model "${card.name}" does not name ${path}. Use the card that came with the weights.`,
    );
  };
  const counts = parseLanguage(await fileOf("language.json"));
  const language = createLanguage(counts);
  const symbols = card.labels["letters"];
  const open = async (network: Listener["network"]): Promise<InferenceSession> =>
    InferenceSession.create(await fileOf(network), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
    });
  const [ears, watch, judge] = await Promise.all([
    open("ears.onnx"),
    open("watch.onnx"),
    loadSentenceJudge(await fileOf("sentences.onnx"), language.tokens.length, threads),
  ]);
  const sessions = { "ears.onnx": ears, "watch.onnx": watch };
  const read = letterDecoder(language, symbols, parameters);
  const write = tokenWriter(counts, language);
  const gather = candidateGatherer(language, symbols, judge);

  const hearOnce = async (
    sound: Float32Array,
    { network, speed }: Listener,
    wanted: string | undefined,
  ): Promise<TapeRead> => {
    const samples = atSpeed(sound, speed);
    const padded = samples.length >= LEAST_SAMPLES ? samples : new Float32Array(LEAST_SAMPLES);
    if (padded !== samples) padded.set(samples, (LEAST_SAMPLES - samples.length) >> 1);
    const output = await sessions[network].run({ sound: new Tensor("float32", padded, [1, padded.length]) });
    const scores = output["letters"].data as Float32Array;
    return { scores, decoded: read(scores, wanted) };
  };
  const choose = async (samples: Float32Array, wanted: string | undefined): Promise<Decoded> => {
    const [first, ...others] = LISTENERS;
    const tapes = [await hearOnce(samples, first, wanted)];
    if (isSure(tapes[0], parameters)) return tapes[0].decoded;
    for (const listener of others) tapes.push(await hearOnce(samples, listener, wanted));
    return chooseWords(tapes, await gather(tapes), parameters, symbols.length);
  };
  const decode = async (samples: Float32Array, wanted?: string): Promise<SureHeard> => {
    const decoded = await choose(samples, wanted);
    const confidence = confidenceOf(decoded, parameters.confidenceWeights);
    return { ...decoded, ...write(decoded.tokens), confidence };
  };

  return {
    parameters,
    decode,
    hear: async ({ sound, language: wanted }) => {
      const { samples } = resample(sound, EARS_RATE_HZ);
      const utterances: Utterance[] = [];
      for (const { start, end } of splitSpeech({ samples, sampleRateHz: EARS_RATE_HZ })) {
        const heard = await decode(samples.slice(start, end), wanted);
        if (heard.text === "") continue;
        const { text, language: spoken, confidence } = heard;
        utterances.push({ text, language: spoken, confidence, startS: start / EARS_RATE_HZ, endS: end / EARS_RATE_HZ });
      }
      return utterances;
    },
  };
}

/** Sounds that no microphone gives are refused before they reach the network. */
export function checkSound({ samples, sampleRateHz }: Sound): string | undefined {
  if (samples.length === 0) return "no samples";
  if (!(sampleRateHz >= 4_000 && sampleRateHz <= 384_000)) return `${sampleRateHz} samples a second`;
  if (!samples.every(Number.isFinite)) return "samples that are no numbers";
  return undefined;
}
