import type { Scene } from "../domain/scene.js";

export interface SceneDescription {
  readonly text: string;
  readonly tags?: readonly string[];
}

/** What is in a scene, in words. */
export function describeScene(
  { detections }: Scene,
  { form, language }: { readonly form: "sentence" | "paragraph" | "tags"; readonly language: "en" | "zh" },
): SceneDescription {
  const tags = [...new Set(detections.map(({ label }) => label))];
  if (language === "zh") return { text: tags.join("、"), tags };
  return form === "tags" ? { text: tags.join(", "), tags } : { text: `There is ${tags.join(", ")}.` };
}
