import { compileSchema } from "../../../adapters/json-schema/index.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { Answered, Answerer, AskRequest } from "../../../ports/answerer.js";
import type { BackendFailure } from "../../../ports/skill-backends.js";
import { findJson } from "../../../planning/model/tolerant-json.js";
import { askPrompt, schemaFor } from "./ask-prompts.js";
import { readCode, readHtmlTable } from "./read-answers.js";

export interface AskTurnForModel {
  readonly role: "user" | "assistant";
  readonly text: string;
  /** Only the first turn of a person has the pictures. */
  readonly withPictures: boolean;
}

/** One round with a model that sees: the turns so far to its words. */
export type SayToModel = (
  turns: readonly AskTurnForModel[],
  options: { readonly jsonSchema?: Readonly<Record<string, unknown>>; readonly signal: AbortSignal },
) => Promise<Result<string, BackendFailure>>;

/** Asks a language model; `open` makes the pictures ready for it. Answers in forms are checked, and asked for once more where they do not fit. */
export function createModelAnswerer(open: (request: AskRequest) => Promise<SayToModel> | SayToModel): Answerer {
  return {
    async answer(request, { signal }) {
      const say = await open(request);
      const turns = turnsOf(request);
      const schema = schemaFor(request);
      if (schema !== undefined) return answerInForm(request, { say, turns, schema, signal });
      const said = await say(turns, { signal });
      return said.ok ? readAnswer(request, said.value) : said;
    },
  };
}

function turnsOf(request: AskRequest): readonly AskTurnForModel[] {
  const before = request.history.flatMap(({ question, answer }, i): AskTurnForModel[] => [
    { role: "user", text: question, withPictures: i === 0 },
    { role: "assistant", text: answer, withPictures: false },
  ]);
  return [...before, { role: "user", text: askPrompt(request), withPictures: before.length === 0 }];
}

function readAnswer({ task }: AskRequest, text: string): Result<Answered, BackendFailure> {
  if (task === "chart-table") {
    const html = readHtmlTable(text);
    return html.ok ? ok({ text: "The table is in html.", html: html.value }) : html;
  }
  if (task === "diagram-code") {
    const code = readCode(text);
    return code.ok ? ok({ text: code.value.text, code: code.value }) : code;
  }
  return ok({ text });
}

interface FormOptions {
  readonly say: SayToModel;
  readonly turns: readonly AskTurnForModel[];
  readonly schema: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** One repair round: the model is told what is wrong, and its second answer is the last. */
async function answerInForm(
  request: AskRequest,
  { say, turns, schema, signal }: FormOptions,
): Promise<Result<Answered, BackendFailure | "bad-schema">> {
  const compiled = compileSchema(schema);
  if (!compiled.ok) return compiled;
  let asked = turns;
  let wrong = "";
  for (let round = 0; round < 2; round++) {
    const said = await say(asked, { jsonSchema: schema, signal });
    if (!said.ok) return said;
    const read = readJson(said.value);
    const errors = read.ok ? compiled.value(read.value) : [read.message];
    if (read.ok && errors.length === 0) return ok(filledIn(request, read.value));
    wrong = errors.slice(0, 8).join("; ");
    asked = [
      ...turns,
      { role: "assistant", text: said.value, withPictures: false },
      {
        role: "user",
        text: `That is not valid: ${wrong}. Answer again with the JSON value only.`,
        withPictures: false,
      },
    ];
  }
  return fail("bad-answer", `The model's answer does not fit the schema, twice: ${wrong}.`);
}

function filledIn({ task, schema, pictures, isClip }: AskRequest, json: unknown): Answered {
  const text = JSON.stringify(json);
  if (task !== "verify" || schema !== undefined) return { text, json };
  const { supported, atS, why } = json as { supported: boolean; atS: number | null; why: string };
  const last = pictures.at(-1)?.atS;
  const isMoment = supported && isClip && atS !== null && last !== undefined && atS >= 0 && atS <= last + 1;
  return { text: why === "" ? (supported ? "Yes." : "No.") : why, supported, ...(isMoment ? { atS } : {}) };
}

/** Strict JSON where it is that; else the first value in the text, as models write it. */
function readJson(text: string): Result<unknown, "bad-answer"> {
  const plain = text.trim().replace(/^```(?:json)?\s*|\s*```$/giu, "");
  try {
    return ok(JSON.parse(plain) as unknown);
  } catch {
    const [found] = findJson(text);
    return found === undefined
      ? fail("bad-answer", "it is no JSON")
      : ok(JSON.parse(JSON.stringify(found.value)) as unknown);
  }
}
