import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { LanguageCounts } from "../../../src/adapters/ears/language.js";
import { modelCardSchema } from "../../../src/domain/model-card.js";

interface Training {
  readonly steps: number;
  readonly heard: number;
  readonly utterances: number;
  readonly parameters: number;
  readonly symbols: readonly string[];
}

interface SentenceTraining {
  readonly sentences: number;
  readonly passes: number;
  readonly parameters: number;
  readonly perplexity: Readonly<Record<string, number>>;
  readonly perplexityOfUnseenTemplates: Readonly<Record<string, number>>;
}

interface Stop {
  readonly bands: number;
  readonly channels: number;
  readonly dilations: readonly number[];
  readonly words: readonly string[];
  readonly parameters: number;
  /** What it answers to a tone that sweeps upwards, so that the reader of these weights can be checked. */
  readonly known: { readonly logits: readonly (readonly number[])[] };
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

/** `models/ears/model.json` from the files themselves and what was measured on them. */
function main(): void {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: "models/ears" },
      data: { type: "string", default: ".data/ears" },
    },
  });
  const training = read(join(values.data, "training.json")) as Training;
  const stop = read(join(values.data, "stop.json")) as Stop;
  const sentences = read(join(values.data, "sentences.json")) as SentenceTraining;
  const { figures, parameters } = read(join(values.data, "figures.json")) as {
    figures: Record<string, unknown>;
    parameters: Record<string, unknown>;
  };
  const watch = read(join(values.data, "stop-figures.json")) as {
    figures: Record<string, unknown>;
    parameters: Record<string, unknown>;
    spelled: readonly string[];
  };
  const { english, characters } = read(join(values.models, "language.json")) as LanguageCounts;
  const files = ["ears.onnx", "language.json", "sentences.onnx", "watch.onnx", "stop.bin", "held-out.json"].map(
    (path) => {
      const bytes = readFileSync(join(values.models, path));
      return { path, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
    },
  );
  const card = modelCardSchema.parse({
    name: "ears",
    task: "Spoken English and Chinese commands in; their sounds out, and words by what commands are like: a second network tells how likely a sentence is. A third, tiny one suspects stop and 停 in a stream, and a fourth, of the first one's kind, looks at what it suspects.",
    source:
      "Trained from scratch by this project on its own sentences, spoken by espeak-ng, flite and festival (models/train/ears). No recordings of people.",
    licence: "Apache-2.0",
    files,
    inputs: [
      {
        name: "sound",
        shape: [1, "samples"],
        file: "ears.onnx",
        meaning: "float32 in -1..1 at 16 kHz, at least 0.5 s; the log-mel spectrum is inside the graph",
      },
      {
        name: "sound",
        shape: [1, "samples"],
        file: "watch.onnx",
        meaning: "as of ears.onnx: the last 1.7 s of a stream",
      },
      {
        name: "words",
        shape: ["sentences", "length"],
        file: "sentences.onnx",
        meaning:
          "int64 tokens of language.json (English words, then syllables), each sentence followed by the end (their number), shorter ones filled up with -1",
      },
    ],
    outputs: [
      {
        name: "letters",
        shape: [1, "steps", training.symbols.length],
        file: "ears.onnx",
        meaning:
          "log probabilities over labels.letters every 20 ms, to be read as CTC with class 0 as the blank; Chinese as pinyin without tones, v for ü, in small letters; English as it sounds, in the other symbols (models/train/ears/sounds.py)",
      },
      {
        name: "letters",
        shape: [1, "steps", training.symbols.length],
        file: "watch.onnx",
        meaning: "as of ears.onnx",
      },
      {
        name: "likelihood",
        shape: ["sentences"],
        file: "sentences.onnx",
        meaning: "natural logarithm of how likely each sentence is, whatever was heard",
      },
    ],
    figures: {
      ...figures,
      sentences: { perplexity: sentences.perplexity, unseenTemplates: sentences.perplexityOfUnseenTemplates },
      stop: watch.figures,
    },
    limits: [
      "Good for synthetic voices and for tests of the whole way from sound to motion. It has never heard a person: expect little of it for people, and use a transcription server or a larger model for them.",
      "Voices that it was not trained on are heard worse, and how much worse depends on the voice: see figures of unseen-espeak, unseen-flite and unseen-festival, which is one voice of a kind of which it knows one English speaker.",
      `It writes the ${english.length} English words and ${Array.from(characters).length} Chinese characters of language.json, and takes every other word for one of them; the confidence is what tells.`,
      "What is not like a command is taken for one: of words in any order, half and more are wrong (wordsInAnyOrder of each group).",
      "Chinese was heard from espeak-ng's Mandarin alone. Characters of one sound are told apart by what commands are like.",
      "Noise was noise, echo, chords and other voices made by the training, at 7 dB and more; figures are at 20 dB.",
      "The watch for words to stop is a convenience beside the stop button, not a safety function: see figures.stop for what it misses, in known voices and in others, and figures.stop.delayS for the seconds from the end of the word to the decision. 听 and 停 sound alike but for the tone, and are told apart by the third network and by what is said around them.",
    ],
    labels: { letters: training.symbols, stop: stop.words, stopSpelled: watch.spelled },
    parameters: {
      ...parameters,
      stopBands: stop.bands,
      stopChannels: stop.channels,
      stopDilations: stop.dilations,
      ...watch.parameters,
    },
    known: { "a tone of 200 + 900 t Hz": stop.known.logits },
    training: {
      steps: training.steps,
      utterances: training.utterances,
      heard: training.heard,
      parameters: training.parameters,
      sentenceParameters: sentences.parameters,
      sentencePasses: sentences.passes,
      stopParameters: stop.parameters,
      data: "models/train/ears/make-texts.ts and speak.py: missions, controls, chatter and 13 % words in any order; a fifth by speakers of other languages with an accent; 3 % of what it hears is no speech",
      seedsNeverUsed: "850000 and above",
      voicesNeverUsed:
        "24 espeak-ng variants (6 of them for thresholds), 24 made-up ones (for thresholds), accents en-gb-scotland and en-us-nyc, flite rms, festival ked_diphone",
      recipe:
        "AdamW, peak 1.6e-3, cosine over counted steps, averaged weights, bfloat16, one thread; float16 weights in the files. The shipped weights had four schedules: 15,600 steps on half of the speech, 15,000 from 1.2e-3 on all of it, 20,000 from 1.2e-3 with more accents and other ways of saying (onward.py), and 18,000 from 1.2e-3 with four more blocks and more ways in which formants differ. watch.onnx is what it was before the last of them: it spells stop better in voices that it does not know",
    },
  });
  writeFileSync(join(values.models, "model.json"), `${JSON.stringify(card, null, 2)}\n`);
}

main();
