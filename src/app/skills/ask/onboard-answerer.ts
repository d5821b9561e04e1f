import { answerScene, converse, parseStatement, type SceneAnswer } from "../../../description/index.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { Scene } from "../../../domain/scene.js";
import type { Answered, Answerer, AskedPicture, AskRequest } from "../../../ports/answerer.js";
import type { BackendFailure } from "../../../ports/skill-backends.js";

/** Answers from what the eyes find and measure. What it cannot read or settle is `unsupported`, for the next back end. */
export function createOnboardAnswerer(): Answerer {
  return {
    async answer(request, { signal }) {
      const { task, schema } = request;
      if (schema !== undefined) return cannot("answers in forms need a language model that sees");
      if (task !== "question" && task !== "verify") return cannot(`"${task}" needs a language model that sees`);
      if (task === "verify") return verify(request, signal);
      const answers: SceneAnswer[] = [];
      for (const picture of request.pictures) {
        if (signal.aborted) return fail("timeout", "It was called off.");
        const answer = answerOne(request, (await picture.perceive()).scene);
        if (!answer.ok) return answer;
        answers.push(answer.value);
      }
      return ok(together(answers, request));
    },
  };
}

const cannot = (why: string): Result<never, BackendFailure> =>
  fail("unsupported", `The on-board eyes cannot do this: ${why}. Set one up in skills.ask.backends.`);

function answerOne({ question, history, language }: AskRequest, scene: Scene): Result<SceneAnswer, BackendFailure> {
  const answer = converse(question, scene, { history, language });
  return answer.ok ? answer : fail("unsupported", answer.message);
}

/** One answer for several pictures: once where all say the same, else each with where it is from. */
function together(answers: readonly SceneAnswer[], request: AskRequest): Answered {
  const [first] = answers;
  const confidence = rounded(Math.min(...answers.map((answer) => answer.confidence)));
  const isSame = answers.every(({ text, value }) => text === first.text && value === first.value);
  if (isSame) return { text: first.text, confidence, ...(first.value === undefined ? {} : { value: first.value }) };
  const told = answers.map(({ text }, i) => `${placeOf(request.pictures[i], i, request)}${text}`);
  const seen = answers.findIndex(({ value }) => value === true);
  const isYesNo = answers.every(({ value }) => typeof value === "boolean");
  const at = seen < 0 ? undefined : request.pictures[seen].atS;
  return {
    text: told.join(request.language === "en" ? " " : ""),
    confidence,
    ...(isYesNo ? { value: seen >= 0 } : {}),
    ...(isYesNo && at !== undefined ? { atS: at } : {}),
  };
}

function placeOf({ origin, atS }: AskedPicture, index: number, { language, isClip }: AskRequest): string {
  if (isClip && atS !== undefined) return language === "en" ? `At ${atS.toFixed(1)} s: ` : `第${atS.toFixed(1)}秒：`;
  return language === "en" ? `Picture ${index + 1} (${origin}): ` : `第${index + 1}张（${origin}）：`;
}

/** Whether the statement holds in one of the pictures, and in which first. */
async function verify(request: AskRequest, signal: AbortSignal): Promise<Result<Answered, BackendFailure>> {
  const { question: statement, pictures, language } = request;
  const read = parseStatement(statement);
  if (!read.ok) return fail("unsupported", read.message);
  let confidence = 1;
  for (const picture of pictures) {
    if (signal.aborted) return fail("timeout", "It was called off.");
    const answer = answerScene(read.value, (await picture.perceive()).scene, { language });
    if (!answer.ok) return fail("unsupported", answer.message);
    const { value } = answer.value;
    if (typeof value !== "boolean" && value !== undefined) {
      return fail("unsupported", "This statement is not one that is true or false in a picture.");
    }
    if (value === true) return ok(supportedAt(picture, answer.value, language));
    confidence = Math.min(confidence, answer.value.confidence);
  }
  const text = language === "en" ? "No picture shows that." : "没有画面能证明这一点。";
  return ok({ text, supported: false, confidence: rounded(confidence) });
}

function supportedAt({ atS }: AskedPicture, { text, confidence }: SceneAnswer, language: "en" | "zh"): Answered {
  const when = atS === undefined ? "" : language === "en" ? `At ${atS.toFixed(1)} s: ` : `第${atS.toFixed(1)}秒：`;
  return {
    text: `${when}${text}`,
    supported: true,
    confidence: rounded(confidence),
    ...(atS === undefined ? {} : { atS }),
  };
}

const rounded = (value: number): number => Number(value.toFixed(3));
