import { ok, type PictureFinder, type SkillContext } from "../../src/skill-kit/index.js";
import { chooseKeyFrames, type Sketched } from "./choose-key-frames.js";
import { everySFor, MOST_PICTURES, overClip } from "./sample-clip.js";
import type { FindInput } from "./skill.js";

/** A recording in a few pictures. */
export async function keyFrames(
  { recording, count, everyS }: Extract<FindInput, { do: "key-frames" }>,
  context: SkillContext<PictureFinder>,
) {
  const { backend, openClip, keep } = context;
  const clip = await openClip(recording);
  if (!clip.ok) return clip;
  let pictures: (Sketched & { readonly jpeg: Uint8Array })[] = [];
  let apartMs = 0;
  const ran = await overClip(clip.value, {
    everyS: everySFor(clip.value, everyS),
    context,
    async each({ frame, timeMs }) {
      if (timeMs < (pictures.at(-1)?.timeMs ?? -Infinity) + apartMs) return;
      pictures.push({ timeMs, sketch: backend.sketch(frame), jpeg: await backend.encode(frame) });
      if (pictures.length < MOST_PICTURES) return;
      // Its length was not known beforehand: every second picture goes, and the next ones come half as often.
      pictures = pictures.filter((_, at) => at % 2 === 0);
      apartMs = 2 * (pictures[1].timeMs - pictures[0].timeMs) * 0.499;
    },
  });
  if (!ran.ok) return ran;
  const frames = [];
  for (const [at, { timeMs, jpeg }] of chooseKeyFrames(pictures, count).entries()) {
    const file = `key-frame-${String(at + 1).padStart(2, "0")}.jpg`;
    await keep({ name: file, mediaType: "image/jpeg", bytes: jpeg });
    frames.push({ atS: Math.round(timeMs) / 1000, file });
  }
  return ok({
    did: "key-frames" as const,
    text: `${clip.value.origin} in ${frames.length} pictures, at ${frames.map(({ atS }) => `${atS} s`).join(", ")}.`,
    frames,
    lookedAt: ran.value,
  });
}
