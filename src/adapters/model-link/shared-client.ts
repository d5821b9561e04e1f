import { ControllerError } from "../../domain/errors.js";
import { ok } from "../../domain/result.js";
import type { ModelClient, ModelReply, ModelRequest } from "../../ports/model-client.js";
import { callWithRetries, type SendContext } from "./call-with-retries.js";
import { LinkFailure } from "./link-failure.js";
import type { LinkOptions } from "./link-options.js";
import type { Link } from "./open-link.js";

/** What a dialect adds: one answer to one request, or a `LinkFailure`. */
export type SendRequest = (request: ModelRequest, context: SendContext) => Promise<Omit<ModelReply, "attempts">>;

/** The part that all dialects share: time, retries, calling off, closing, and what counts as an answer. */
export function createSharedClient(
  identity: Pick<ModelClient, "name" | "model" | "leavesMachine">,
  parts: { link: Link; options: LinkOptions; send: SendRequest },
): ModelClient {
  const { link, options, send } = parts;
  const closed = new AbortController();

  return {
    ...identity,
    async complete(request, { signal }) {
      if (
        request.turns.at(-1)?.role !== "user" ||
        request.turns.some((turn) => turn.role !== "user" && turn.images?.length)
      ) {
        throw new ControllerError(
          "bad-input",
          "A model request ends with the user's turn, and only the user sends pictures.",
        );
      }

      const result = await callWithRetries(
        async (context) => {
          const reply = await send(request, context);
          if (reply.text.trim() === "" && reply.finish !== "length" && reply.finish !== "filtered") {
            const message = `${link.server} answered with no text. The model may not be made for chat, or only have "thought".`;
            throw new LinkFailure("bad-answer", message);
          }
          return reply;
        },
        { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
      );
      return result.ok ? ok({ ...result.value.value, attempts: result.value.attempts }) : result;
    },
    async close() {
      closed.abort();
    },
  };
}
