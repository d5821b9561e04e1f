import { fail, ok } from "../../../domain/result.js";
import type { Answerer, AskRequest } from "../../../ports/answerer.js";
import type { PictureReader } from "../../../ports/picture-reader.js";
import type { AskEntry } from "../../launch/skills/ask-schema.js";
import { ASK_SYSTEM } from "../ask/ask-prompts.js";
import { createModelAnswerer, type AskTurnForModel } from "../ask/model-answerer.js";
import { createOnboardAnswerer } from "../ask/onboard-answerer.js";
import type { BackendTable } from "../backend-kind.js";
import { imageFor, modelServerKinds, type AskModel } from "./model-server.js";
import { checkTransformers, orModelFailure, transformersOptions } from "./transformers.js";

/** Who can answer questions about pictures. */
export const askBackends: BackendTable<AskEntry, Answerer> = {
  onboard: {
    description:
      "Answers from what the on-board eyes find and measure: presence, counts, colours, places, relations, sizes, distances, drawers.",
    example: { type: "onboard" },
    open: async () => ({ port: createOnboardAnswerer(), close: async () => undefined }),
  },
  chat: {
    description: "SmolVLM, Qwen2-VL and other chat models that see, by the optional package @huggingface/transformers.",
    example: { type: "chat", modelDir: "smolvlm-256m-instruct" },
    check: checkTransformers,
    async open(config, deps) {
      const { createChatReader } = await import("../../../adapters/transformers/index.js");
      const reader = await createChatReader(transformersOptions(config, deps));
      return { port: readerAnswerer(reader), close: () => reader.close() };
    },
  },
  ...modelServerKinds(serverAnswerer),
};

/** Small models look at one picture at a time, and get earlier turns as text. */
function readerAnswerer(reader: PictureReader): Answerer {
  const one = createModelAnswerer(
    ({ pictures: [picture] }) =>
      (turns, { signal }) =>
        orModelFailure(() => reader.ask(picture, asText(turns), { signal })),
  );
  return {
    async answer(request, options) {
      if (request.pictures.length === 1) return one.answer(request, options);
      if (request.task === "verify") return firstSupported(one, request, options.signal);
      return fail(
        "unsupported",
        `${reader.name} looks at one picture at a time; ${request.pictures.length} were given.`,
      );
    },
  };
}

async function firstSupported(one: Answerer, request: AskRequest, signal: AbortSignal) {
  let last: Awaited<ReturnType<Answerer["answer"]>> = fail("bad-answer", "There was no picture.");
  for (const picture of request.pictures) {
    last = await one.answer({ ...request, pictures: [picture], isClip: false }, { signal });
    if (!last.ok) return last;
    if (last.value.supported === true)
      return ok({ ...last.value, ...(picture.atS === undefined ? {} : { atS: picture.atS }) });
  }
  return last;
}

const asText = (turns: readonly AskTurnForModel[]): string =>
  turns.length === 1
    ? turns[0].text
    : turns.map(({ role, text }) => `${role === "user" ? "Question" : "Answer"}: ${text}`).join("\n");

function serverAnswerer({ ask }: AskModel): Answerer {
  return createModelAnswerer(async ({ pictures }) => {
    const images = await Promise.all(pictures.map(imageFor));
    return (turns, { jsonSchema, signal }) =>
      ask(
        {
          system: ASK_SYSTEM,
          turns: turns.map(({ role, text, withPictures }) => ({ role, text, ...(withPictures ? { images } : {}) })),
          ...(jsonSchema === undefined ? {} : { jsonSchema }),
        },
        { signal },
      );
  });
}
