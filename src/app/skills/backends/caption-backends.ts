import { describeClip, describeScene } from "../../../description/index.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { PictureReader } from "../../../ports/picture-reader.js";
import type { BackendFailure, Captioner, Telling } from "../../../ports/skill-backends.js";
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
  caption: async (picture, { form, language }) =>
    ok(describeScene((await picture.perceive()).scene, { form, language })),
  async captionClip(moments, { form, language, events, signal }) {
    const seen = [];
    for (const { timeMs, perceive } of moments) {
      if (signal.aborted) return fail("timeout", "It was called off.");
      seen.push({ timeMs, scene: (await perceive()).scene });
    }
    return ok(describeClip({ moments: seen, events }, { form, language }));
  },
});

/** Readers look at one picture at a time: a clip is told as what its first, middle and last moment show. */
function byReader(reader: PictureReader): OpenedBackend<Captioner> {
  const read: Captioner["caption"] = (picture, { form, language, signal }) =>
    orModelFailure(async () => {
      const text =
        form === "sentence" && language === "en"
          ? await reader.caption(picture, { signal })
          : await reader.ask(picture, wish(form, language), { signal });
      return form === "tags" ? tagged(text) : { text };
    });
  return {
    port: {
      caption: read,
      async captionClip(moments, { form, language, signal }) {
        const chosen = [...new Set([moments[0], moments[moments.length >> 1], moments[moments.length - 1]])];
        const told: string[] = [];
        for (const moment of chosen) {
          const one = await read(moment, { form: form === "tags" ? "tags" : "sentence", language, signal });
          if (!one.ok) return one;
          const seconds = (moment.timeMs / 1000).toFixed(1);
          told.push(form === "tags" ? one.value.text : `${seconds} s: ${one.value.text}`);
        }
        return ok(form === "tags" ? tagged(told.join(", ")) : { text: told.join(language === "en" ? " " : "") });
      },
    },
    close: () => reader.close(),
  };
}

function modelCaptioner({ ask }: AskModel): Captioner {
  const told = (answer: Result<string, BackendFailure>, form: keyof typeof WISHES): Result<Telling, BackendFailure> =>
    answer.ok ? ok(form === "tags" ? tagged(answer.value) : { text: answer.value }) : answer;
  const system = "You describe pictures. Name only what can be seen.";
  return {
    async caption(picture, { form, language, signal }) {
      const images = [await imageFor(picture)];
      return told(
        await ask({ system, turns: [{ role: "user", text: wish(form, language), images }] }, { signal }),
        form,
      );
    },
    async captionClip(moments, { form, language, signal }) {
      const images = await Promise.all(moments.map(imageFor));
      const times = moments.map(({ timeMs }) => `${(timeMs / 1000).toFixed(1)} s`).join(", ");
      const text = `These are ${moments.length} moments of one clip, in order, at ${times}. ${clipWish(form, language)}`;
      return told(await ask({ system, turns: [{ role: "user", text, images }] }, { signal }), form);
    },
  };
}

const WISHES = {
  sentence: "Describe this picture in one sentence.",
  paragraph: "Describe this picture in a paragraph of three to six sentences.",
  tags: "List what this picture shows as short tags, separated by commas, nothing else.",
} as const;
const CLIP_WISHES = {
  sentence: "Tell in one sentence what happens.",
  paragraph: "Tell in a paragraph of three to six sentences what happens, in order.",
  tags: "List what the clip shows as short tags, separated by commas, nothing else.",
} as const;

const inLanguage = (language: "en" | "zh"): string => (language === "zh" ? " Answer in Chinese." : "");
const wish = (form: keyof typeof WISHES, language: "en" | "zh"): string => `${WISHES[form]}${inLanguage(language)}`;
const clipWish = (form: keyof typeof WISHES, language: "en" | "zh"): string =>
  `${CLIP_WISHES[form]}${inLanguage(language)}`;

const tagged = (text: string): Telling => ({ text, tags: tagsOf(text) });

const tagsOf = (text: string): readonly string[] =>
  [...new Set(text.split(/[,，、\n;]/u).map((tag) => tag.replace(/^[\s\-*•\d.]+|[\s.。]+$/gu, "")))].filter(
    (tag) => tag !== "",
  );
