import {
  clipRefSchema,
  defineSkill,
  fail,
  pictureRefSchema,
  z,
  type PictureFinder,
  type SkillContext,
} from "../../src/skill-kit/index.js";
import { findMoment } from "./find-moment.js";
import { keyFrames } from "./key-frames.js";
import { lastSeen } from "./last-seen.js";
import { rememberNow } from "./remember-now.js";
import { searchPictures } from "./search-pictures.js";

const wordsSchema = z.string().trim().min(1).max(300);
const timeSchema = z.iso.datetime({ offset: true });
const everyS = z.number().min(0.1).max(3600).optional().describe("Seconds between the pictures that are looked at.");

const inputSchema = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("search").describe("Pictures that were seen, by words, by a picture, or by both."),
    words: wordsSchema.optional().describe("English or Chinese."),
    picture: pictureRefSchema.optional().describe("Something that looks like what is searched for."),
    limit: z.int().min(1).max(50).default(5),
    since: timeSchema.optional().describe("Only pictures seen from then on, ISO 8601."),
    until: timeSchema.optional().describe("Only pictures seen until then, ISO 8601."),
  }),
  z.strictObject({
    do: z.literal("last-seen").describe("When and where a thing was seen last."),
    phrase: wordsSchema.describe('"my red mug", "where is the green bag?", 绿色的袋子在哪里'),
  }),
  z.strictObject({
    do: z.literal("moment").describe("When a recording shows something."),
    recording: clipRefSchema,
    words: wordsSchema,
    everyS,
  }),
  z.strictObject({
    do: z.literal("key-frames").describe("A recording in a few pictures, which are kept as files."),
    recording: clipRefSchema,
    count: z.int().min(1).max(50).default(6),
    everyS,
  }),
  z.strictObject({
    do: z.literal("remember").describe("Adds a picture or a recording to what can be found."),
    picture: pictureRefSchema.optional().describe("Default: what the head camera sees, where no recording is named."),
    recording: clipRefSchema.optional(),
    takenAt: timeSchema.optional().describe("When it was taken, or when the recording began; default: now."),
    everyS,
  }),
]);
export type FindInput = z.output<typeof inputSchema>;

const position = z
  .tuple([z.number(), z.number(), z.number()])
  .describe("Metres in the base frame: x ahead, y left, z up.");
const placeSchema = z.strictObject({ en: z.string(), zh: z.string() });

const outputSchema = z.discriminatedUnion("did", [
  z.strictObject({
    did: z.literal("search"),
    text: z.string(),
    found: z.array(
      z.strictObject({
        seenAt: z.string(),
        agoS: z.number(),
        origin: z.string(),
        caption: placeSchema,
        score: z.number().describe("Comparable within one answer only."),
        by: z.array(z.enum(["words", "things", "look", "vectors"])).describe("Which comparisons found it."),
        things: z.array(z.strictObject({ label: z.string(), place: placeSchema, positionInBase: position.optional() })),
        file: z.string().optional().describe("Name of the picture among the files of this answer."),
      }),
    ),
  }),
  z.strictObject({
    did: z.literal("last-seen"),
    text: z.string(),
    label: z.string(),
    place: placeSchema,
    positionInBase: position.optional().describe("Absent where the picture's camera was not calibrated."),
    seenAt: z.string(),
    agoS: z.number(),
    origin: z.string(),
    alike: z.number().describe("How many things in that picture fit the words."),
    file: z.string().optional(),
  }),
  z.strictObject({
    did: z.literal("moment"),
    text: z.string(),
    atS: z.number().describe("Seconds from the recording's start."),
    score: z.number(),
    evidence: z.string(),
    lookedAt: z.number().describe("Pictures that were looked at."),
    file: z.string(),
  }),
  z.strictObject({
    did: z.literal("key-frames"),
    text: z.string(),
    frames: z.array(z.strictObject({ atS: z.number(), file: z.string() })),
    lookedAt: z.number(),
  }),
  z.strictObject({
    did: z.literal("remember"),
    text: z.string(),
    remembered: z.array(
      z.strictObject({ id: z.string(), seenAt: z.string(), origin: z.string(), caption: placeSchema }),
    ),
  }),
]);

export default defineSkill({
  name: "find",
  description:
    "Searches what the robot has seen, by words or by a picture; says when and where a thing was seen last; finds a moment in a recording or sums one up in pictures.",
  input: inputSchema,
  output: outputSchema,
  timeoutMs: 600_000,
  examples: [
    { do: "last-seen", phrase: "where did I last see my mug?" },
    { do: "search", words: "红色的杯子", limit: 3 },
    { do: "search", picture: "photo.jpg" },
    { do: "moment", recording: "run.mcap", words: "the open drawer" },
    { do: "key-frames", recording: "run.mcap", count: 4 },
    { do: "remember" },
  ],

  async run(input, context: SkillContext<PictureFinder>) {
    switch (input.do) {
      case "search":
        if (input.words === undefined && input.picture === undefined) {
          return fail("nothing-asked", 'Expected "words", "picture" or both; found neither.');
        }
        return searchPictures(input, context);
      case "last-seen":
        return lastSeen(input, context);
      case "moment":
        return findMoment(input, context);
      case "key-frames":
        return keyFrames(input, context);
      case "remember":
        return rememberNow(input, context);
    }
  },
});
