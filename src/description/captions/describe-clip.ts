import type { Scene } from "../../domain/scene.js";
import { sureThings } from "../known-things.js";
import { capitalised, type Language } from "../language.js";
import { captionSentence } from "./caption-sentence.js";
import type { SceneDescription } from "./describe-scene.js";
import { sceneChanges, tellChanges } from "./scene-changes.js";
import { sceneTags } from "./scene-tags.js";
import { tellEvents, type TimedEvent } from "./tell-events.js";

/** A longer list of changes is a protocol, no caption. */
const MOST_CHANGES: Readonly<Record<"sentence" | "paragraph", number>> = { sentence: 3, paragraph: 8 };

export interface ClipToDescribe {
  /** At least one, in order of time. */
  readonly moments: readonly { readonly timeMs: number; readonly scene: Scene }[];
  /** What a recording tells; empty for other clips. */
  readonly events: readonly TimedEvent[];
}

/** What happens in a clip: from what a recording tells where it does, else from what changes between its moments. */
export function describeClip(
  { moments, events }: ClipToDescribe,
  { form, language }: { readonly form: "sentence" | "paragraph" | "tags"; readonly language: Language },
): SceneDescription {
  const seen = moments.map(({ timeMs, scene }) => ({ timeMs, things: sureThings(scene) }));
  const first = seen[0]?.things ?? [];
  if (form === "tags") {
    const tagScores = sceneTags(
      seen.flatMap(({ things }) => things),
      language,
    );
    const tags = tagScores.map(({ tag }) => tag);
    return { text: tags.join(language === "en" ? ", " : "、") || "-", tags, tagScores };
  }
  const told = tellEvents(events, language);
  const changes = sceneChanges(seen, language).slice(0, MOST_CHANGES[form]);
  const changed =
    changes.length > 0
      ? tellChanges(changes, language)
      : language === "en"
        ? "Nothing that I know changes."
        : "没有看到认识的东西有变化。";
  const begin = captionSentence(first, language);
  const opening =
    language === "en" ? `At first: ${begin.charAt(0).toLowerCase()}${begin.slice(1)}` : `开始时：${begin}`;
  if (told === "") return { text: [opening, changed].join(language === "en" ? " " : "") };
  if (form === "sentence") return { text: told };
  return { text: [told, opening, capitalised(changed)].join(language === "en" ? " " : "") };
}
