import {
  defineSkill,
  fail,
  HEAD_CAMERA,
  ok,
  pictureRefSchema,
  z,
  type DepthReader,
  type SkillContext,
} from "../../src/skill-kit/index.js";

export default defineSkill({
  name: "depth",
  description:
    "Tells how far away everything in a picture is: a depth map in millimetres, colours, and points in space.",
  input: z.strictObject({
    picture: pictureRefSchema.prefault(HEAD_CAMERA).describe("Default: what the head camera sees."),
    colors: z.boolean().default(true).describe("Whether depth in colours, with a legend in metres, is kept (PNG)."),
    cloud: z.boolean().default(true).describe("Whether the points in space are kept (PLY, metres in the base frame)."),
  }),
  output: z.strictObject({
    source: z.enum(["sensor", "model", "oracle"]).describe("Measured, or estimated by a model."),
    by: z.string(),
    width: z.int().positive().describe("Of the depth map, pixels; it may be coarser than the picture."),
    height: z.int().positive(),
    nearestM: z.number().describe("Along the optical axis."),
    medianM: z.number(),
    farthestM: z.number(),
    known: z.number().min(0).max(1).describe("Share of pixels with a reading."),
    points: z.int().optional().describe("In the point cloud."),
    picture: z.string().describe("Which picture it was."),
    calibrated: z
      .boolean()
      .describe("False: points are as good as the assumption that the picture is from a camera like the robot's."),
  }),
  timeoutMs: 60_000,
  examples: [{}, { picture: "photo.jpg", cloud: false }],

  async run({ picture, colors, cloud }, context: SkillContext<DepthReader>) {
    const { backend, openPicture, keep, signal } = context;
    const opened = await openPicture(picture);
    if (!opened.ok) return opened;
    const { frame, origin, calibrated } = opened.value;
    const read = await backend.read(frame, { signal });
    if (!read.ok) return read;
    const { depth, by } = read.value;
    const known = depth.depthM.filter((metres) => metres > 0).sort();
    if (known.length === 0) return fail("no-depth", "There is not one reading in this picture.");
    const metresAt = (share: number): number => Number(known[Math.floor(share * (known.length - 1))].toFixed(3));
    await keep({ name: "depth.png", mediaType: "image/png", bytes: await backend.toMillimetres(depth) });
    if (colors) await keep({ name: "depth-colors.png", mediaType: "image/png", bytes: await backend.toColors(depth) });
    const points = cloud ? backend.toPoints(frame, depth) : undefined;
    if (points !== undefined) await keep({ name: "points.ply", mediaType: "application/x-ply", bytes: points.bytes });
    return ok({
      source: depth.source,
      by,
      width: depth.width,
      height: depth.height,
      nearestM: metresAt(0),
      medianM: metresAt(0.5),
      farthestM: metresAt(1),
      known: Number((known.length / depth.depthM.length).toFixed(4)),
      ...(points === undefined ? {} : { points: points.points }),
      picture: origin,
      calibrated,
    });
  },
});
