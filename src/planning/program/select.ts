import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import { fail } from "../../domain/result.js";
import { parsePhrase } from "../grammar/parse-instruction.js";
import { describeChoices } from "../reference/describe-choices.js";
import { narrowByExtreme } from "../reference/narrow.js";
import type { ReferringExpression } from "../reference/referring-expression.js";
import { candidates } from "../reference/resolve.js";
import { failure, stepsThenLook, type ClauseContext, type ClauseWork } from "./context.js";

export type Selection =
  | { readonly status: "found"; readonly detections: readonly Detection[]; readonly expression: ReferringExpression }
  | { readonly status: "none"; readonly expression: ReferringExpression }
  /** A question or a failure that has to come first. */
  | { readonly status: "blocked"; readonly work: ClauseWork };

/** Questions are constant for one phrase, so that an answer is found again however the scene has changed since. */
const FIRST_QUESTION = (text: string): string => `I see more than one "${text}". Which do you mean?`;
const SECOND_QUESTION = (text: string): string => `That still fits more than one "${text}". Which exactly?`;

const ANY_ANSWER =
  /^(?:any|either|whichever|any one|either one|anyone|随便|都可以|任意|哪个都行|随便哪个|都行)[.!。]?$/iu;
const ALL_ANSWER = /^(?:both|all|all of them|both of them|全部|都要|都|两个都要)[.!。]?$/iu;

/** Adds what an answer says to what was said before. */
function refine(e: ReferringExpression, answer: ReferringExpression): ReferringExpression {
  return {
    ...e,
    kinds: answer.kinds.length > 0 ? answer.kinds : e.kinds,
    colors: answer.colors.length > 0 ? answer.colors : e.colors,
    size: answer.size ?? e.size,
    state: answer.state ?? e.state,
    side: answer.side ?? e.side,
    extreme: answer.extreme ?? e.extreme,
    nearestTo: answer.nearestTo ?? e.nearestTo,
    ordinal: answer.ordinal ?? e.ordinal,
    relations: [...e.relations, ...answer.relations],
    quantifier: answer.quantifier === "all" ? e.quantifier : answer.quantifier,
  };
}

type Refined = { readonly expression: ReferringExpression } | { readonly unreadable: string };

function withAnswer(e: ReferringExpression, answer: string): Refined {
  const text = answer.trim();
  if (ANY_ANSWER.test(text)) return { expression: { ...e, quantifier: "any" } };
  if (ALL_ANSWER.test(text)) return { expression: { ...e, quantifier: "all" } };
  // "left" and 左边的 are phrases; "put it ..." is not an answer.
  const said = parsePhrase(text);
  return said.ok ? { expression: refine(e, said.value) } : { unreadable: said.message };
}

const answerTo = (question: string, { answers }: ClauseContext): string | undefined =>
  answers.findLast((given) => given.question === question)?.answer;

/**
 * The detections that the words mean, asking the person when several fit a single thing. `prefer` picks among several without
 * a question (an open drawer needs no opening): if some candidates pass, the others are out.
 */
export function select(
  wanted: ReferringExpression,
  context: ClauseContext,
  prefer: (detection: Detection) => boolean = () => true,
): Selection {
  let expression = wanted;
  for (const question of [FIRST_QUESTION(wanted.text), SECOND_QUESTION(wanted.text)]) {
    const things = preferred(expression, context.scene, prefer);
    if (things.length === 0) return { status: "none", expression };
    if (things.length === 1 || expression.quantifier === "all")
      return { status: "found", detections: things, expression };
    if (expression.quantifier === "any")
      return { status: "found", detections: narrowByExtreme(things, "nearest").slice(0, 1), expression };

    const answer = answerTo(question, context);
    if (answer === undefined) return ask(question, things, context.scene);
    const refined = withAnswer(expression, answer);
    if ("unreadable" in refined)
      return {
        status: "blocked",
        work: failure(
          fail("ambiguous", `Cannot tell which "${wanted.text}" the answer "${answer}" means: ${refined.unreadable}`, {
            choices: describeChoices(things, context.scene),
          }),
        ),
      };
    expression = refined.expression;
  }
  const things = preferred(expression, context.scene, prefer);
  if (things.length === 0) return { status: "none", expression };
  if (things.length === 1 || expression.quantifier !== "one")
    return { status: "found", detections: expression.quantifier === "any" ? things.slice(0, 1) : things, expression };
  const choices = describeChoices(things, context.scene);
  return {
    status: "blocked",
    work: failure(
      fail("ambiguous", `"${wanted.text}" still fits ${things.length} things: ${choices.join(", ")}.`, { choices }),
    ),
  };
}

function preferred(e: ReferringExpression, scene: Scene, prefer: (d: Detection) => boolean): readonly Detection[] {
  const things = candidates(e, scene, {});
  const better = things.filter(prefer);
  return better.length > 0 ? better : things;
}

function ask(question: string, things: readonly Detection[], scene: Scene): Selection {
  const choices = describeChoices(things, scene)
    .slice(0, 9)
    .map((choice) => choice.slice(0, 120));
  return {
    status: "blocked",
    work: stepsThenLook([{ action: "ask", question: question.slice(0, 500), choices }], scene),
  };
}
