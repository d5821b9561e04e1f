import {
  fail,
  ok,
  type ClipPicture,
  type OpenedClip,
  type Result,
  type SkillContext,
} from "../../src/skill-kit/index.js";

/** More pictures of one clip are not looked at; a longer clip is looked at less often. */
export const MOST_PICTURES = 600;

/** Seconds between pictures so that a clip of known length gives no more than `most`. */
export const everySFor = (clip: OpenedClip, wanted: number | undefined, most = MOST_PICTURES): number =>
  Math.max(wanted ?? 0.5, (clip.durationS ?? 0) / most);

/** Runs over a clip's pictures, telling how far it has come. Fails where there is none. */
export async function overClip(
  clip: OpenedClip,
  options: {
    readonly everyS: number;
    readonly context: Pick<SkillContext, "signal" | "progress">;
    readonly each: (picture: ClipPicture) => Promise<void>;
  },
): Promise<Result<number, "empty-clip" | "aborted">> {
  const { everyS, context, each } = options;
  let count = 0;
  for await (const picture of clip.pictures({ everyS })) {
    if (context.signal.aborted) break;
    await each(picture);
    count++;
    const fraction = clip.durationS === undefined ? 0 : Math.min(1, picture.timeMs / 1000 / clip.durationS);
    context.progress({ fraction, message: `${(picture.timeMs / 1000).toFixed(1)} s` });
  }
  if (context.signal.aborted) return fail("aborted", "It was called off.");
  return count === 0 ? fail("empty-clip", `${clip.origin} has no pictures.`) : ok(count);
}
