import { fail, ok, type ClipPicture, type PictureFinder, type SkillContext } from "../../src/skill-kit/index.js";
import { everySFor, overClip } from "./sample-clip.js";
import { sameLook } from "./same-look.js";
import type { FindInput } from "./skill.js";

const FILE = "moment.jpg";
/** Below this nothing in the recording fits the words. */
const LEAST_SCORE = 0.1;

/** The picture of a recording that fits words best; of several that fit equally, the first. */
export async function findMoment(
  { recording, words, everyS }: Extract<FindInput, { do: "moment" }>,
  context: SkillContext<PictureFinder>,
) {
  const { backend, openClip, perceive, signal, keep } = context;
  const clip = await openClip(recording);
  if (!clip.ok) return clip;
  let best: { readonly picture: ClipPicture; readonly score: number; readonly evidence: string } | undefined;
  let last: readonly number[] | undefined;
  let failure: Awaited<ReturnType<PictureFinder["fit"]>> | undefined;
  const ran = await overClip(clip.value, {
    everyS: everySFor(clip.value, everyS),
    context,
    async each(picture) {
      if (failure !== undefined) return;
      const sketch = backend.sketch(picture.frame);
      // Nothing has changed since the last one that was looked at properly.
      if (last !== undefined && sameLook(sketch, last)) return;
      last = sketch;
      const { frame, calibrated, timeMs } = picture;
      const fit = await backend.fit(
        { frame, calibrated, origin: clip.value.origin, seenAtMs: timeMs, perceive: () => perceive(frame) },
        words,
        { signal },
      );
      if (!fit.ok) failure = fit;
      else if (fit.value.score > (best?.score ?? LEAST_SCORE)) best = { picture, ...fit.value };
    },
  });
  if (!ran.ok) return ran;
  if (failure?.ok === false) return failure;
  if (best === undefined) return fail("not-in-recording", `Nothing in ${clip.value.origin} fits "${words}".`);
  const { picture, score, evidence } = best;
  await keep({ name: FILE, mediaType: "image/jpeg", bytes: await backend.encode(picture.frame) });
  const atS = Math.round(picture.timeMs) / 1000;
  return ok({
    did: "moment" as const,
    text: `"${words}" fits best at ${atS} s (${evidence}).`,
    atS,
    score,
    evidence,
    lookedAt: ran.value,
    file: FILE,
  });
}
