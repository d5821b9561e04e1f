import {
  fail,
  HEAD_CAMERA,
  ok,
  type PictureFinder,
  type RememberedPicture,
  type SkillContext,
} from "../../src/skill-kit/index.js";
import { everySFor, overClip } from "./sample-clip.js";
import { sameLook } from "./same-look.js";
import type { FindInput } from "./skill.js";
import { isoTime } from "./time-words.js";

/** Pictures of one recording that are remembered. */
const MOST_REMEMBERED = 200;

/** Adds a picture, or the pictures of a recording in which something has changed. */
export async function rememberNow(
  { picture, recording, takenAt, everyS }: Extract<FindInput, { do: "remember" }>,
  context: SkillContext<PictureFinder>,
) {
  const { backend, openPicture, openClip, perceive, signal, nowMs } = context;
  if (picture !== undefined && recording !== undefined) {
    return fail("two-sources", 'Expected "picture" or "recording"; found both.');
  }
  const beganMs = takenAt === undefined ? nowMs() : Date.parse(takenAt);
  const remembered: RememberedPicture[] = [];
  if (recording === undefined) {
    const opened = await openPicture(picture ?? HEAD_CAMERA);
    if (!opened.ok) return opened;
    const { frame } = opened.value;
    const added = await backend.remember(
      { ...opened.value, seenAtMs: beganMs, perceive: () => perceive(frame) },
      { signal },
    );
    if (!added.ok) return added;
    remembered.push(added.value);
  } else {
    const clip = await openClip(recording);
    if (!clip.ok) return clip;
    let last: readonly number[] | undefined;
    let failure: Awaited<ReturnType<PictureFinder["remember"]>> | undefined;
    const ran = await overClip(clip.value, {
      everyS: everySFor(clip.value, everyS ?? 2, MOST_REMEMBERED),
      context,
      async each({ frame, timeMs, calibrated }) {
        if (failure !== undefined || remembered.length >= MOST_REMEMBERED) return;
        const sketch = backend.sketch(frame);
        if (last !== undefined && sameLook(sketch, last)) return;
        last = sketch;
        const origin = `${clip.value.origin} at ${(timeMs / 1000).toFixed(1)} s`;
        const added = await backend.remember(
          { frame, calibrated, origin, seenAtMs: beganMs + timeMs, perceive: () => perceive(frame) },
          { signal },
        );
        if (added.ok) remembered.push(added.value);
        else failure = added;
      },
    });
    if (!ran.ok) return ran;
    if (failure?.ok === false) return failure;
  }
  return ok({
    did: "remember" as const,
    text: remembered.map(({ origin, caption }) => `${origin}: ${caption.en}`).join("\n"),
    remembered: remembered.map(({ id, seenAtMs, origin, caption }) => ({
      id,
      seenAt: isoTime(seenAtMs),
      origin,
      caption,
    })),
  });
}
