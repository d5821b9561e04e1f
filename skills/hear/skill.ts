import {
  defineSkill,
  durationOf,
  fail,
  ok,
  soundRefSchema,
  splitSpeech,
  z,
  type Failure,
  type SkillContext,
  type Sound,
  type SoundHearer,
} from "../../src/skill-kit/index.js";

/** More than three hours is no recording of one occasion, and fills a robot's memory. */
const LONGEST_S = 3 * 3600;
/** A sound up to this is given to the back end as it is; a longer one is cut at its pauses. */
const WHOLE_S = 30;
const PIECE_S = 28;

const segmentSchema = z.strictObject({
  startS: z.number().min(0),
  endS: z.number().min(0),
  text: z.string(),
  confidence: z.number().min(0).max(1).optional(),
});
type Segment = z.infer<typeof segmentSchema>;

export default defineSkill({
  name: "hear",
  description: "Writes down what is said in a sound.",
  input: z.strictObject({
    sound: soundRefSchema.describe("A WAV file of up to three hours."),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Expected a language, such as en, zh or zh-HK.")
      .optional()
      .describe("BCP 47. Default: the back end finds it out."),
  }),
  output: z.strictObject({
    text: z.string().min(1),
    language: z.string().optional(),
    confidence: z.number().min(0).max(1).optional().describe("Of the least sure segment, where the back end tells it."),
    durationS: z.number().positive(),
    segments: z.array(segmentSchema).describe("One for a short sound, else one for each stretch between pauses."),
    unclear: z
      .array(z.strictObject({ startS: z.number(), endS: z.number() }))
      .optional()
      .describe("Where somebody spoke and nothing was understood."),
    note: z.string().optional().describe("What to know about whoever wrote it down."),
  }),
  timeoutMs: 3_600_000,
  examples: [{ sound: "order.wav" }, { sound: "interview.wav", language: "zh" }],

  async run({ sound: ref, language }, context: SkillContext<SoundHearer>) {
    const { backend, openSound, progress, signal } = context;
    const opened = await openSound(ref);
    if (!opened.ok) return opened;
    const sound = opened.value;
    const durationS = durationOf(sound);
    if (durationS > LONGEST_S) {
      return fail("too-large", `The sound lasts ${Math.round(durationS / 60)} minutes; at most 180 are heard. Cut it.`);
    }
    const pieces =
      durationS <= WHOLE_S
        ? [{ start: 0, end: sound.samples.length }]
        : splitSpeech(sound, { longestS: PIECE_S }).map(({ start, end }) => ({ start, end }));
    const segments: Segment[] = [];
    const unclear: { startS: number; endS: number }[] = [];
    const languages: string[] = [];
    let refused: Failure<"not-understood" | "nothing-said"> | undefined;
    for (const [index, { start, end }] of pieces.entries()) {
      const place = { startS: start / sound.sampleRateHz, endS: end / sound.sampleRateHz };
      const heard = await backend.transcribe(part(sound, start, end), {
        signal,
        ...(language === undefined ? {} : { language }),
      });
      if (heard.ok) {
        const { text, confidence, language: spoken } = heard.value;
        segments.push({ ...place, text, ...(confidence === undefined ? {} : { confidence }) });
        if (spoken !== undefined) languages.push(spoken);
      } else if (heard.code === "not-understood" || heard.code === "nothing-said") {
        // One stretch that is only noise, or too unclear, does not spoil the others.
        if (heard.code === "not-understood" || refused === undefined) refused = { ...heard, code: heard.code };
        if (heard.code === "not-understood") unclear.push(place);
      } else return heard;
      if (pieces.length > 1)
        progress({ fraction: (index + 1) / pieces.length, message: `${minutes(place.endS)} heard` });
    }
    if (segments.length === 0)
      return refused ?? fail("nothing-said", "Nothing was said: only silence or steady noise.");
    const sure = segments.flatMap(({ confidence }) => confidence ?? []);
    return ok({
      text: segments.map(({ text }) => text).join(durationS <= WHOLE_S ? " " : "\n"),
      durationS,
      segments,
      ...(languages.length === 0 ? {} : { language: mostCommon(languages) }),
      ...(sure.length === 0 ? {} : { confidence: Math.min(...sure) }),
      ...(unclear.length === 0 ? {} : { unclear }),
      ...(backend.note === undefined ? {} : { note: backend.note }),
    });
  },
});

const part = ({ samples, sampleRateHz }: Sound, start: number, end: number): Sound => ({
  samples: start === 0 && end === samples.length ? samples : samples.slice(start, end),
  sampleRateHz,
});

const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function mostCommon(languages: readonly string[]): string {
  const count = (language: string): number => languages.filter((each) => each === language).length;
  return languages.reduce((best, each) => (count(each) > count(best) ? each : best));
}
