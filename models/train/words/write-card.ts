import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { modelCardSchema } from "../../../src/domain/model-card.js";
import { PIECE_LABELS, PIECE_ROLES, PIECE_STARTS } from "../../../src/ports/words-reader.js";
import { FIRST_HELD_OUT_SEED } from "./make-sample.js";

interface Training {
  readonly steps: number;
  readonly sentences: number;
  readonly parameters: number;
  readonly characters: readonly string[];
}

interface Measured {
  readonly parameters: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, unknown>>;
}

/** `models/words/model.json` from the weights beside it and the figures that `evaluate.ts` measured on them. */
export function makeCard(folder: string, { parameters, figures }: Measured, training: Training): unknown {
  const path = "words.onnx";
  const bytes = readFileSync(join(folder, path));
  const perCharacter = (name: string, count: number, meaning: string) => ({
    name,
    shape: [1, "length", count],
    meaning,
  });
  return {
    name: "words",
    task: "The characters of an English or Chinese instruction in; what each piece of it is, whose it is and what it begins out.",
    source:
      "Trained from scratch by this project on sentences that it composes of its own verbs, frames and templates (models/train/words). No recordings, no text of others.",
    licence: "Apache-2.0",
    files: [{ path, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength }],
    inputs: [
      {
        name: "characters",
        shape: [1, "length"],
        meaning:
          "int64; 65 + place in labels.characters, for others 1 + code unit modulo 64; lower case, NFKC, single spaces, at most 256",
      },
    ],
    outputs: [
      perCharacter("piece", PIECE_LABELS.length, "logits over labels.piece"),
      perCharacter("role", PIECE_ROLES.length, "logits over labels.role; meaningless where the piece is none"),
      perCharacter("start", PIECE_STARTS.length, "logits over labels.start, read at a piece's first character"),
      { name: "readable", shape: [1], meaning: "logit: this is an instruction for a robot like this" },
    ],
    labels: { piece: PIECE_LABELS, role: PIECE_ROLES, start: PIECE_STARTS, characters: training.characters },
    parameters,
    figures,
    training: {
      steps: training.steps,
      sentences: training.sentences,
      parameters: training.parameters,
      data: "models/train/words/generate.ts: half English, half Chinese; 60 % of the commands composed of verb, frame and order, the rest from templates; 10 % with conditions, a third with recogniser's errors, 7 % no instruction. The last two thirds of the steps saw sentences with asides in front and between, too",
      seedsNeverUsed: `${FIRST_HELD_OUT_SEED} and above`,
      templatesNeverTrained:
        "those with ! in english/templates.ts and chinese/templates.ts (figures.templatesNeverTrained: other verbs, too) and in the two held-out.ts (figures.otherTemplatesNeverTrained: usual verbs, other frames); what is composed is checked against both. figures.templatesNeverTrainedNorRead: a third set, written last (held-out-last.ts)",
      recipe:
        "Characters gathered into words, four layers of attention over those. AdamW, peak 2e-3, cosine over counted steps, averaged weights, bfloat16, one thread; float16 weights in the file",
    },
    limits: [
      "Learnt from sentences of this project: those built otherwise are read less well, see figures.templatesNeverTrained and figures.otherTemplatesNeverTrained; the same people wrote all of them. Rules that mend readings were written with the failures of the first two in sight, so the third set, figures.templatesNeverTrainedNorRead, is the one to trust.",
      "Things that the lexicon does not have are found as such and reported, never guessed at.",
      "No conditions but a drawer's state and whether something is there, no negations, no order turned round (before ...): a rule refuses them before anything moves.",
      "A place inside a place (the bag in the drawer left of the sink) is read as two places of the bag.",
      "Recogniser's errors are imitated by lists of likely confusions; no recogniser was used.",
      "figures.noInstruction repeats kinds of sentences that were trained on, with other seeds; other chatter may pass.",
      "Other languages in Latin letters are refused by what the network learnt of a few of their sentences; not all will be.",
    ],
  };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: "models/words" },
      figures: { type: "string", default: ".data/words/figures.json" },
      training: { type: "string", default: ".data/words/training.json" },
    },
  });
  const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
  const card = makeCard(values.models, read(values.figures) as Measured, read(values.training) as Training);
  writeFileSync(join(values.models, "model.json"), `${JSON.stringify(modelCardSchema.parse(card), undefined, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) main();
