import { describeScene } from "../../../description/index.js";
import { ok } from "../../../domain/result.js";
import type { PictureReader } from "../../../ports/picture-reader.js";
import type { Captioner } from "../../../ports/skill-backends.js";
import type { CaptionEntry } from "../../launch/skills/caption-schema.js";
import type { BackendTable, OpenedBackend } from "../backend-kind.js";
import { imageFor, modelServerKinds, type AskModel } from "./model-server.js";
import { checkTransformers, orModelFailure, transformersOptions } from "./transformers.js";

/** Who can write captions. */
export const captionBackends: BackendTable<CaptionEntry, Captioner> = {
  onboard: {
    description: "Says what the on-board eyes find, where, and how things lie to each other.",
    example: { type: "onboard" },
    open: async () => ({ port: onboardCaptioner(), close: async () => undefined }),
  },
  "florence-2": {
    description: "Florence-2, by the optional package @huggingface/transformers.",
    example: { type: "florence-2", modelDir: "florence-2-base-ft" },
    check: checkTransformers,
    async open(config, deps) {
      const { createFlorence2Reader } = await import("../../../adapters/transformers/index.js");
      return byReader(await createFlorence2Reader(transformersOptions(config, deps)));
    },
  },
  chat: {
    description: "SmolVLM, Qwen2-VL and other chat models that see, by the optional package @huggingface/transformers.",
    example: { type: "chat", modelDir: "smolvlm-256m-instruct" },
    check: checkTransformers,
    async open(config, deps) {
      const { createChatReader } = await import("../../../adapters/transformers/index.js");
      return byReader(await createChatReader(transformersOptions(config, deps)));
    },
  },
  ...modelServerKinds(modelCaptioner),
};

const onboardCaptioner = (): Captioner => ({
  async caption(picture, { form, language }) {
    return ok(describeScene((await picture.perceive()).scene, { form, language }));
  },
});

function byReader(reader: PictureReader): OpenedBackend<Captioner> {
  return {
    port: {
      caption: (picture, { form, language, signal }) =>
        orModelFailure(async () => {
          const text =
            form === "sentence" && language === "en"
              ? await reader.caption(picture, { signal })
              : await reader.ask(picture, wish(form, language), { signal });
          return form === "tags" ? { text, tags: tagsOf(text) } : { text };
        }),
    },
    close: () => reader.close(),
  };
}

function modelCaptioner({ ask }: AskModel): Captioner {
  return {
    async caption(picture, { form, language, signal }) {
      const images = [await imageFor(picture)];
      const answer = await ask(
        {
          system: "You describe pictures. Name only what can be seen.",
          turns: [{ role: "user", text: wish(form, language), images }],
        },
        { signal },
      );
      if (!answer.ok) return answer;
      return ok(form === "tags" ? { text: answer.value, tags: tagsOf(answer.value) } : { text: answer.value });
    },
  };
}

const WISHES = {
  sentence: "Describe this picture in one sentence.",
  paragraph: "Describe this picture in a paragraph of three to six sentences.",
  tags: "List what this picture shows as short tags, separated by commas, nothing else.",
} as const;

const wish = (form: keyof typeof WISHES, language: "en" | "zh"): string =>
  `${WISHES[form]}${language === "zh" ? " Answer in Chinese." : ""}`;

const tagsOf = (text: string): readonly string[] =>
  [...new Set(text.split(/[,，、\n;]/u).map((tag) => tag.replace(/^[\s\-*•\d.]+|[\s.。]+$/gu, "")))].filter(
    (tag) => tag !== "",
  );
