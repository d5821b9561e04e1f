import type { Box, Grounding } from "../../domain/detection.js";
import type { Grounder } from "../../ports/grounder.js";
import type { RgbPicture } from "../../ports/model-client.js";
import type { PictureReader } from "../../ports/picture-reader.js";
import { phraseOf } from "./florence-answer.js";
import { askText, openTransformers, type TransformersOptions } from "./open-transformers.js";

export interface Florence2Options extends TransformersOptions {
  /** Looked for in every picture, besides the phrases that are asked for. */
  readonly vocabulary?: readonly string[];
  /** Written down as every thing's score: the model gives none. */
  readonly score?: number;
}

/**
 * Florence-2 as a grounder. It answers for every phrase, also for what is not in the picture, and has no scores: let another
 * model weigh its answers, or name only what is there.
 */
export async function createFlorence2(options: Florence2Options): Promise<Grounder> {
  const { vocabulary = [], score = 0.5 } = options;
  const link = await openTransformers("florence-2", options);
  return {
    name: "florence-2",
    async ground({ rgb, width, height }, { phrases, signal }) {
      const asked = [...new Set([...phrases, ...vocabulary])];
      if (asked.length === 0) return [];
      const answer = await link.ask({ type: "ground", picture: { rgb, width, height }, phrases: asked }, { signal });
      if (answer.type !== "boxes") return [];
      return answer.boxes.flatMap(({ label, box }): Grounding[] => {
        const phrase = phraseOf(label, asked);
        return phrase === undefined ? [] : [{ label: phrase, phrase, box, score }];
      });
    },
    close: () => link.close(),
  };
}

/** Florence-2 as a writer of captions. */
export const createFlorence2Reader = (options: TransformersOptions): Promise<PictureReader> =>
  createReader("florence-2", options);

/** Reads the text in pictures, line by line, and where it stands. */
export interface TextLocator {
  readonly name: string;
  /** Rejects with `model-failed` when inference breaks, `aborted` when it is called off. */
  locate(picture: RgbPicture, options: { signal: AbortSignal }): Promise<readonly { text: string; box: Box }[]>;
  close(): Promise<void>;
}

/** Florence-2 as a reader of text (OCR with regions). */
export async function createFlorence2TextReader(options: TransformersOptions): Promise<TextLocator> {
  const link = await openTransformers("florence-2", options);
  return {
    name: "florence-2",
    async locate({ rgb, width, height }, { signal }) {
      const answer = await link.ask({ type: "locate-text", picture: { rgb, width, height } }, { signal });
      return answer.type === "boxes" ? answer.boxes.map(({ label, box }) => ({ text: label, box })) : [];
    },
    close: () => link.close(),
  };
}

/** SmolVLM, Qwen2-VL and other chat models that see: captions, and answers to questions. */
export const createChatReader = (options: TransformersOptions): Promise<PictureReader> => createReader("chat", options);

async function createReader(task: "florence-2" | "chat", options: TransformersOptions): Promise<PictureReader> {
  const link = await openTransformers(task, options);
  return {
    name: task === "chat" ? (options.model ?? options.modelDir ?? task) : task,
    caption: ({ rgb, width, height }, { signal }) =>
      askText(link, { type: "caption", picture: { rgb, width, height } }, signal),
    ask: ({ rgb, width, height }, question, { signal }) =>
      askText(link, { type: "ask", picture: { rgb, width, height }, question }, signal),
    close: () => link.close(),
  };
}
