import {
  defineSkill,
  HEAD_CAMERA,
  ok,
  pictureRefSchema,
  z,
  type LocatedThing,
  type Locator,
  type SkillContext,
} from "../../src/skill-kit/index.js";

const share = z.number();
const vector = z.tuple([z.number(), z.number(), z.number()]);

const thingSchema = z.strictObject({
  label: z.string(),
  score: z.number().min(0).max(1),
  box: z
    .strictObject({ x0: share, y0: share, x1: share, y1: share })
    .describe("Corners, 0 to 1 over the picture: (x0, y0) top left."),
  point: z
    .strictObject({ x: share, y: share, z: z.number() })
    .describe("A point on it: x and y 0 to 1 over the picture, z metres along the optical axis."),
  positionInBase: vector.describe("The same point, metres in the base frame."),
  sizeM: vector.describe("Length, width and height of an upright box round it, metres."),
  mask: z.string().optional().describe("Name of the file with its mask."),
});

export default defineSkill({
  name: "ground",
  description:
    "Finds what words mean in a picture: box, point with depth, position in metres and, if asked for, a mask for each thing.",
  input: z.strictObject({
    phrases: z
      .union([z.string().min(1).max(200), z.array(z.string().min(1).max(200)).min(1).max(16)])
      .describe('What to find, English or Chinese: "the mug left of the sink", or several phrases.'),
    picture: pictureRefSchema.prefault(HEAD_CAMERA).describe("Default: what the head camera sees."),
    masks: z.boolean().default(false).describe("Whether masks are kept as PNG files."),
    draw: z.boolean().default(true).describe("Whether the picture with boxes is kept as a PNG file."),
  }),
  output: z.strictObject({
    found: z.array(
      z.strictObject({
        phrase: z.string(),
        status: z
          .enum(["found", "absent", "ambiguous"])
          .describe("ambiguous: one thing is meant and several fit; found with several: all of them are meant."),
        things: z.array(thingSchema),
      }),
    ),
    picture: z.string().describe("Which picture it was."),
    calibrated: z
      .boolean()
      .describe("False: metres are as good as the assumption that the picture is from a camera like the robot's."),
  }),
  timeoutMs: 60_000,
  forPlanners: true,
  examples: [
    { phrases: "the red mug" },
    { phrases: ["左边的抽屉", "水槽里的苹果"], picture: "photo.jpg", masks: true },
  ],

  async run({ phrases, picture, masks, draw }, context: SkillContext<Locator>) {
    const { backend, openPicture, keep, signal } = context;
    const opened = await openPicture(picture);
    if (!opened.ok) return opened;
    const { frame, origin, calibrated } = opened.value;
    const asked = typeof phrases === "string" ? [phrases] : phrases;
    const located = await backend.locate(frame, { phrases: asked, masks, signal });
    if (!located.ok) return located;
    let count = 0;
    const found = [];
    for (const { phrase, status, things } of located.value) {
      const told = [];
      for (const thing of things) {
        const name = thing.mask === undefined ? undefined : `mask-${++count}.png`;
        if (name !== undefined) {
          await keep({ name, mediaType: "image/png", bytes: await backend.drawMask(frame, thing) });
        }
        told.push(toOutput(thing, name));
      }
      found.push({ phrase, status, things: told });
    }
    if (draw) {
      await keep({ name: "ground.png", mediaType: "image/png", bytes: await backend.draw(frame, located.value) });
    }
    return ok({ found, picture: origin, calibrated });
  },
});

const short = (value: number): number => Number(value.toFixed(4));
const shortVector = (vectorM: LocatedThing["positionInBase"]): [number, number, number] => [
  short(vectorM[0]),
  short(vectorM[1]),
  short(vectorM[2]),
];

const toOutput = (
  { label, score, box, point, positionInBase, sizeM }: LocatedThing,
  mask: string | undefined,
): z.input<typeof thingSchema> => ({
  label,
  score: short(score),
  box: { x0: short(box.x0), y0: short(box.y0), x1: short(box.x1), y1: short(box.y1) },
  point: { x: short(point.x), y: short(point.y), z: short(point.z) },
  positionInBase: shortVector(positionInBase),
  sizeM: shortVector(sizeM),
  ...(mask === undefined ? {} : { mask }),
});
