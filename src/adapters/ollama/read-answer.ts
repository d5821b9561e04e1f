import type { ModelReply } from "../../ports/model-client.js";
import { errorWords, LinkFailure, parseJson } from "../model-link/index.js";

interface AnswerLine {
  readonly error?: unknown;
  readonly model?: unknown;
  readonly message?: { readonly content?: unknown };
  readonly done?: unknown;
  readonly done_reason?: unknown;
  readonly prompt_eval_count?: unknown;
  readonly eval_count?: unknown;
}

/**
 * Puts an answer together from its lines of JSON. An error can come in any line, long after status 200 was sent; an answer without a
 * line that says `done` was cut off.
 */
export async function readAnswer(
  pieces: AsyncIterable<string>,
  names: { server: string; model: string; clean: (text: string) => string },
): Promise<Omit<ModelReply, "attempts">> {
  const { server, clean } = names;
  let text = "";
  let begun = false;
  for await (const line of lines(pieces)) {
    const answer = parseJson(line) as AnswerLine | undefined;
    if (typeof answer !== "object" || answer === null) {
      throw new LinkFailure(
        "bad-answer",
        `Expected lines of JSON from ${server}, found "${clean(line)}". Check baseUrl.`,
      );
    }
    if (answer.error !== undefined) {
      const said = clean(errorWords(line));
      const message = `${server} broke off its answer: "${said}". Look at the server's own log.`;
      throw new LinkFailure("server-error", message, { passing: true, said });
    }
    if (typeof answer.message?.content === "string") {
      text += answer.message.content;
      begun = true;
    }
    if (answer.done === true) {
      return {
        text,
        finish: answer.done_reason === "stop" || answer.done_reason === "length" ? answer.done_reason : "other",
        ...(typeof answer.prompt_eval_count === "number" ? { inputTokens: answer.prompt_eval_count } : {}),
        ...(typeof answer.eval_count === "number" ? { outputTokens: answer.eval_count } : {}),
        model: typeof answer.model === "string" ? answer.model : names.model,
      };
    }
  }
  if (!begun) throw new LinkFailure("bad-answer", `${server} did not answer as Ollama does. Check type and baseUrl.`);
  throw new LinkFailure("link-lost", `${server} ended its answer before it was done. Look at the server's own log.`, {
    passing: true,
  });
}

async function* lines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of pieces) {
    const parts = `${rest}${piece}`.split("\n");
    rest = parts.pop() ?? "";
    yield* parts.filter((line) => line.trim() !== "");
  }
  if (rest.trim() !== "") yield rest;
}
