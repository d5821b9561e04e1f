import type { Scene } from "../../domain/scene.js";
import { sureThings } from "../known-things.js";
import type { Language } from "../language.js";
import { captionParagraph } from "./caption-paragraph.js";
import { captionSentence } from "./caption-sentence.js";
import { sceneTags, type SceneTag } from "./scene-tags.js";

export interface SceneDescription {
  readonly text: string;
  readonly tags?: readonly string[];
  /** The same tags with probabilities, best first. */
  readonly tagScores?: readonly SceneTag[];
}

/** What is surely in a scene, in words. Nothing is named that might be something else. */
export function describeScene(
  scene: Scene,
  { form, language }: { readonly form: "sentence" | "paragraph" | "tags"; readonly language: Language },
): SceneDescription {
  const things = sureThings(scene);
  switch (form) {
    case "sentence":
      return { text: captionSentence(things, language) };
    case "paragraph":
      return { text: captionParagraph(things, language) };
    case "tags": {
      const tagScores = sceneTags(things, language);
      const tags = tagScores.map(({ tag }) => tag);
      const none = language === "en" ? "nothing known" : "没有认识的东西";
      return { text: tags.length === 0 ? none : tags.join(language === "en" ? ", " : "、"), tags, tagScores };
    }
  }
}
