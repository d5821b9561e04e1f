import { join } from "node:path";
import { fail, ok } from "../../../domain/result.js";
import { languageOf } from "../../../description/index.js";
import type { Evaluator } from "../../../ports/evaluation.js";
import type { EvaluateEntry } from "../../launch/skills/evaluate-schema.js";
import type { BackendDeps, BackendKind, BackendTable, OpenedBackend } from "../backend-kind.js";
import { createOnboardAnswerer } from "../ask/onboard-answerer.js";
import { evaluationFiles } from "../evaluation-files.js";
import { imageFor, modelServerKinds, type AskModel } from "./model-server.js";
import { checkTransformers, orModelFailure, transformersOptions } from "./transformers.js";

type Answer = Pick<Evaluator, "examinee" | "answer">;

/** Who can be examined. */
export const evaluateBackends: BackendTable<EvaluateEntry, Evaluator> = {
  onboard: {
    description: "The on-board eyes, as they answer for ask; and the pointing suite.",
    example: { type: "onboard" },
    open: async (_config, deps) => ({
      port: { ...withFiles(onboard, deps), point: pointer(deps) },
      close: async () => undefined,
    }),
  },
  chat: {
    description: "SmolVLM, Qwen2-VL and other chat models that see, by the optional package @huggingface/transformers.",
    example: { type: "chat", modelDir: "smolvlm-256m-instruct" },
    check: checkTransformers,
    async open(config, deps) {
      const { createChatReader } = await import("../../../adapters/transformers/index.js");
      const reader = await createChatReader(transformersOptions(config, deps));
      const answer: Answer = {
        examinee: reader.name,
        answer: (picture, question, { signal }) => orModelFailure(() => reader.ask(picture, question, { signal })),
      };
      return { port: withFiles(answer, deps), close: () => reader.close() };
    },
  },
  ...serverKinds(),
};

/** Joined with the files here, because only `open` knows where they are. */
function serverKinds() {
  const kinds = modelServerKinds(byModel);
  const joined = <Config>(kind: BackendKind<Config, Answer>): BackendKind<Config, Evaluator> => ({
    ...kind,
    async open(config, deps): Promise<OpenedBackend<Evaluator>> {
      const opened = await kind.open(config, deps);
      return { port: withFiles(opened.port, deps), close: () => opened.close() };
    },
  });
  return {
    "openai-compatible": joined(kinds["openai-compatible"]),
    ollama: joined(kinds.ollama),
    google: joined(kinds.google),
    anthropic: joined(kinds.anthropic),
  };
}

const withFiles = (answer: Answer, { keepDir }: BackendDeps): Evaluator => ({
  ...evaluationFiles({ keepDir: join(keepDir, "answers") }),
  ...answer,
});

const onboard: Answer = {
  examinee: "onboard",
  async answer(picture, question, options) {
    const bare = question.replace(FORM, "").trim();
    const pictures = [{ ...picture, origin: "picture" }];
    const language = languageOf(bare);
    const request = { question: bare, task: "question", pictures, isClip: false, history: [], language } as const;
    const answered = await createOnboardAnswerer().answer(request, options);
    if (!answered.ok) return fail(answered.code === "bad-schema" ? "unsupported" : answered.code, answered.message);
    const { value, text } = answered.value;
    return ok(typeof value === "boolean" ? (value ? "Yes" : "No") : text);
  },
};

/** Benchmarks say behind the question how it is to be answered. */
const FORM = /please answer yes or no\.?|answer the question using a single word or phrase\.?/giu;

function byModel({ ask, client }: AskModel): Answer {
  return {
    examinee: client.model,
    answer: async (picture, question, { signal }) =>
      ask(
        {
          system: "You answer questions about pictures.",
          turns: [{ role: "user", text: question, images: [await imageFor(picture)] }],
        },
        { signal },
      ),
  };
}

/** Loads the simulator only when somebody points. */
function pointer({ launch, stage }: BackendDeps): NonNullable<Evaluator["point"]> {
  return async (order) => {
    const [{ runPointing }, eyes] = await Promise.all([import("../../bench/pointing/run-pointing.js"), stage.eyes()]);
    const { row } = await runPointing(order, launch, { eyes });
    const { group, instruction, success, falseClaim, cause } = row;
    return ok({ group, phrase: instruction, success, falseClaim, cause });
  };
}
