import { describeScene } from "../description/index.js";
import type { Look } from "../ports/perception.js";
import type { RememberedPicture, RememberedThing } from "../ports/picture-memory.js";
import { sketchOf } from "./picture-sketch.js";

/** A look as it is remembered: what was in it, in words and numbers, without the pixels. */
export function rememberLook(
  { scene, frame }: Pick<Look, "scene" | "frame">,
  about: Pick<RememberedPicture, "seenAtMs" | "origin" | "calibrated"> & { readonly newId: () => string },
): RememberedPicture {
  const { newId, ...rest } = about;
  const stamp = new Date(about.seenAtMs).toISOString().replace(/[-:.]/gu, "");
  return {
    id: `${stamp}-${newId().replaceAll("-", "").slice(0, 12)}`,
    ...rest,
    caption: {
      en: describeScene(scene, { form: "sentence", language: "en" }).text,
      zh: describeScene(scene, { form: "sentence", language: "zh" }).text,
    },
    things: scene.detections.map(({ mask: _mask, ...thing }): RememberedThing => thing),
    sketch: sketchOf(frame),
  };
}
