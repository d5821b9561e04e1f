import type { Detection, ImagePoint } from "../../../domain/detection.js";
import type { Scene } from "../../../domain/scene.js";
import { isFreePlace, parseFreePlace, parsePhrase, pointAtPlace, resolve } from "../../../planning/index.js";

/** What a phrase was taken to mean in a scene. */
export type Pointing =
  | { readonly answer: "one"; readonly point: ImagePoint; readonly detection?: Detection }
  | { readonly answer: "many" | "none" | "unread"; readonly reason: string };

/** Reads the phrase and resolves it in the scene as a mission would, for a thing or for a free place. */
export function pointAtPhrase(phrase: string, scene: Scene): Pointing {
  if (isFreePlace(phrase)) return pointAtFreePlace(phrase, scene);
  const read = parsePhrase(phrase);
  if (!read.ok) return { answer: "unread", reason: read.message };
  const found = resolve(read.value, scene);
  switch (found.status) {
    case "one":
      return { answer: "one", point: found.detection.point, detection: found.detection };
    case "many":
      return { answer: "many", reason: found.detections.map(({ label }) => label).join(", ") };
    case "none":
      return { answer: "none", reason: "nothing fits" };
  }
}

function pointAtFreePlace(phrase: string, scene: Scene): Pointing {
  const read = parseFreePlace(phrase);
  if (!read.ok) return { answer: "unread", reason: read.message };
  const found = pointAtPlace(read.value, scene);
  if (found.ok) return { answer: "one", point: found.value.destination };
  return { answer: found.code === "ambiguous" ? "many" : "none", reason: found.message };
}
