import {
  clipRefSchema,
  defineSkill,
  fail,
  ok,
  z,
  type ClipPicture,
  type FollowedThing,
  type Follower,
  type OpenedClip,
  type SkillContext,
} from "../../src/skill-kit/index.js";

const share = z.number();
const pointSchema = z.strictObject({
  timeMs: z.number().min(0).describe("From the clip's start."),
  visible: z.boolean().describe("False while it is hidden or out of view; the position is then the last known one."),
  box: z.strictObject({ x0: share, y0: share, x1: share, y1: share }).optional().describe("0 to 1 over the picture."),
  point: z.strictObject({ x: share, y: share, z: z.number() }).optional().describe("x, y 0 to 1; z metres."),
  positionInBase: z.tuple([z.number(), z.number(), z.number()]).optional().describe("Metres."),
});

export default defineSkill({
  name: "track",
  description: "Follows a described thing through a clip, a recording or what a camera sees for some seconds.",
  input: z.strictObject({
    phrase: z.string().min(1).max(200).describe('What to follow, English or Chinese: "the red mug".'),
    clip: clipRefSchema.prefault({ camera: "head", forS: 5 }).describe("Default: the head camera for 5 s from now."),
    everyS: z.number().min(0.05).max(60).default(0.2).describe("Seconds between the pictures that are looked at."),
    film: z.boolean().default(true).describe("Whether the pictures with the thing marked are kept as a film (MP4)."),
  }),
  output: z.strictObject({
    status: z
      .enum(["found", "absent", "ambiguous"])
      .describe("ambiguous: one thing is meant and several fit, in every picture."),
    tracks: z.array(z.strictObject({ id: z.string(), label: z.string(), points: z.array(pointSchema) })),
    pictures: z.int().min(0).describe("How many were looked at."),
    clip: z.string().describe("Which clip it was."),
    calibrated: z
      .boolean()
      .describe("False: metres are as good as the assumption that the clip is from a camera like the robot's."),
  }),
  timeoutMs: 600_000,
  examples: [{ phrase: "the green bag" }, { phrase: "红色的杯子", clip: "run.mcap", everyS: 0.5 }],

  async run({ phrase, clip, everyS, film }, context: SkillContext<Follower>) {
    const { openClip, backend, keepFile, signal } = context;
    const opened = await openClip(clip);
    if (!opened.ok) return opened;
    const { origin, durationS } = opened.value;
    const seen = { calibrated: true };
    const follow = (path?: string): ReturnType<Follower["follow"]> =>
      backend.follow(noted(opened.value, everyS, seen), {
        phrase,
        ...(path === undefined ? {} : { film: { path, fps: Math.max(1, Math.min(30, Math.round(1 / everyS))) } }),
        onPicture: (timeMs) => tell(timeMs, durationS, context),
        signal,
      });
    let following: Awaited<ReturnType<Follower["follow"]>> | undefined;
    if (film) {
      try {
        await keepFile({
          name: "track.mp4",
          mediaType: "video/mp4",
          write: async (path) => void (following = await follow(path)),
        });
      } catch (error) {
        // Without a picture, or after a failure, there is no film to keep, and that is told below.
        if (following === undefined || (following.ok && following.value.pictures > 0)) throw error;
      }
    }
    following ??= await follow();
    if (!following.ok) return following;
    const { status, tracks, pictures } = following.value;
    if (pictures === 0) return fail("bad-clip", `${origin} has no pictures.`);
    const told = tracks.map(({ id, label, points }) => ({ id, label, points: points.map(rounded) }));
    return ok({ status, tracks: told, pictures, clip: origin, calibrated: seen.calibrated });
  },
});

async function* noted(clip: OpenedClip, everyS: number, seen: { calibrated: boolean }): AsyncGenerator<ClipPicture> {
  for await (const picture of clip.pictures({ everyS })) {
    if (!picture.calibrated) seen.calibrated = false;
    yield picture;
  }
}

function tell(timeMs: number, durationS: number | undefined, { progress }: SkillContext<Follower>): void {
  const fraction = durationS === undefined || durationS === 0 ? 0 : Math.min(1, timeMs / 1000 / durationS);
  progress({ fraction, message: `${(timeMs / 1000).toFixed(1)} s` });
}

const short = (value: number): number => Number(value.toFixed(4));

function rounded({ timeMs, visible, box, point, positionInBase: p }: FollowedThing["points"][number]) {
  return {
    timeMs: Math.round(timeMs),
    visible,
    ...(box === undefined
      ? {}
      : { box: { x0: short(box.x0), y0: short(box.y0), x1: short(box.x1), y1: short(box.y1) } }),
    ...(point === undefined ? {} : { point: { x: short(point.x), y: short(point.y), z: short(point.z) } }),
    ...(p === undefined ? {} : { positionInBase: [short(p[0]), short(p[1]), short(p[2])] as [number, number, number] }),
  };
}
