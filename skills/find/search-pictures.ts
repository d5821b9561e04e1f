import { ok, type FoundPicture, type PictureFinder, type SkillContext } from "../../src/skill-kit/index.js";
import type { FindInput } from "./skill.js";
import { agoS, isoTime } from "./time-words.js";

type Asked = Extract<FindInput, { do: "search" }>;

/** Pictures from memory that fit, each kept as a file. */
export async function searchPictures(
  { words, picture, limit, since, until }: Asked,
  context: SkillContext<PictureFinder>,
) {
  const { backend, openPicture, perceive, signal, nowMs, keep } = context;
  const opened = picture === undefined ? undefined : await openPicture(picture);
  if (opened?.ok === false) return opened;
  const found = await backend.search(
    {
      limit,
      ...(words === undefined ? {} : { words }),
      ...(opened === undefined
        ? {}
        : { picture: { ...opened.value, seenAtMs: nowMs(), perceive: () => perceive(opened.value.frame) } }),
      ...(since === undefined ? {} : { sinceMs: Date.parse(since) }),
      ...(until === undefined ? {} : { untilMs: Date.parse(until) }),
    },
    { signal },
  );
  if (!found.ok) return found;
  const hits = [];
  for (const [at, hit] of found.value.entries()) {
    const { picture: seen, score, by, jpeg } = hit;
    const name = `found-${at + 1}.jpg`;
    if (jpeg !== undefined) await keep({ name, mediaType: "image/jpeg", bytes: jpeg });
    hits.push({
      seenAt: isoTime(seen.seenAtMs),
      agoS: agoS(seen.seenAtMs, nowMs()),
      origin: seen.origin,
      caption: seen.caption,
      score,
      by: [...by],
      things: thingsOf(hit),
      ...(jpeg === undefined ? {} : { file: name }),
    });
  }
  const text =
    hits.length === 0
      ? "Nothing that is remembered fits."
      : hits.map(({ seenAt, origin, caption }) => `${seenAt}  ${origin}: ${caption.en}`).join("\n");
  return ok({ did: "search" as const, text, found: hits });
}

const thingsOf = ({ picture, places }: FoundPicture) =>
  picture.things.map(({ label, positionInBase }, at) => ({
    label,
    place: places[at],
    ...(picture.calibrated ? { positionInBase } : {}),
  }));
