import {
  defineSkill,
  fail,
  ok,
  soundFacts,
  soundRefSchema,
  z,
  type SkillContext,
  type SoundEvent,
  type SoundListener,
} from "../../src/skill-kit/index.js";

const NO_EVENTS = { en: "Nothing stands out.", zh: "没有听到特别的声音。" } as const;

export default defineSkill({
  name: "listen",
  description:
    "Tells what a sound is: a caption, an answer to a question, or the events in it. For spoken words use hear.",
  input: z.strictObject({
    sound: soundRefSchema.describe("A WAV file."),
    do: z.enum(["caption", "ask", "events"]).default("caption"),
    question: z.string().min(1).max(2_000).optional().describe("For ask."),
    labels: z
      .array(z.string().min(1).max(80))
      .min(1)
      .max(100)
      .optional()
      .describe("For events: what to listen for, such as dog barking. Default: the back end's own list."),
    language: z.enum(["en", "zh"]).default("en").describe("Of the answer."),
  }),
  output: z.strictObject({
    text: z.string().min(1),
    events: z
      .array(
        z.strictObject({
          label: z.string(),
          score: z.number().min(0).max(1).optional(),
          startS: z.number().min(0).optional(),
          endS: z.number().min(0).optional(),
        }),
      )
      .optional(),
    facts: z
      .strictObject({
        durationS: z.number(),
        loudnessDbfs: z.number().describe("Root mean square, decibels below full scale."),
        peakDbfs: z.number(),
        silentShare: z.number().min(0).max(1).describe("Part of the sound that is below -55 dBFS."),
      })
      .describe("Measured, whoever answers."),
  }),
  timeoutMs: 300_000,
  examples: [
    { sound: "door.wav" },
    { sound: "door.wav", do: "ask", question: "Is anybody speaking?" },
    { sound: "door.wav", do: "events", labels: ["door slam", "footsteps"] },
  ],

  async run({ sound: ref, do: task, question, labels, language }, context: SkillContext<SoundListener>) {
    const { backend, openSound, signal } = context;
    if (task === "ask" && question === undefined) return fail("no-question", 'Expected a question with do: "ask".');
    const opened = await openSound(ref);
    if (!opened.ok) return opened;
    const sound = opened.value;
    const facts = soundFacts(sound);
    const options = { language, signal };
    if (task === "events") {
      const heard = await backend.events(sound, { ...options, ...(labels === undefined ? {} : { labels }) });
      if (!heard.ok) return heard;
      const events = heard.value;
      return ok({ text: events.length === 0 ? NO_EVENTS[language] : events.map(inWords).join("\n"), events, facts });
    }
    const told =
      task === "ask" ? await backend.ask(sound, question ?? "", options) : await backend.caption(sound, options);
    return told.ok ? ok({ text: told.value, facts }) : told;
  },
});

function inWords({ label, score, startS, endS }: SoundEvent): string {
  const when = startS === undefined ? "" : `${startS.toFixed(1)}${endS === undefined ? "" : `–${endS.toFixed(1)}`} s  `;
  return `${when}${label}${score === undefined ? "" : `  ${score.toFixed(2)}`}`;
}
