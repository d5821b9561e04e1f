import { ok, type PictureFinder, type SkillContext } from "../../src/skill-kit/index.js";
import type { FindInput } from "./skill.js";
import { agoS, agoWords, isoTime } from "./time-words.js";

const FILE = "last-seen.jpg";

/** When and where a thing was seen last. */
export async function lastSeen(
  { phrase }: Extract<FindInput, { do: "last-seen" }>,
  { backend, signal, nowMs, keep }: SkillContext<PictureFinder>,
) {
  const seen = await backend.lastSeen(phrase, { signal });
  if (!seen.ok) return seen;
  const { picture, thing, place, alike, jpeg } = seen.value;
  if (jpeg !== undefined) await keep({ name: FILE, mediaType: "image/jpeg", bytes: jpeg });
  const seconds = agoS(picture.seenAtMs, nowMs());
  return ok({
    did: "last-seen" as const,
    text: `The ${thing.label} was last seen ${place.en}, ${agoWords(seconds)} (${picture.origin}).`,
    label: thing.label,
    place,
    ...(picture.calibrated ? { positionInBase: thing.positionInBase } : {}),
    seenAt: isoTime(picture.seenAtMs),
    agoS: seconds,
    origin: picture.origin,
    alike,
    ...(jpeg === undefined ? {} : { file: FILE }),
  });
}
