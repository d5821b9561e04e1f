import {
  defineSkill,
  fail,
  ok,
  pictureRefSchema,
  z,
  type ContentModerator,
  type SkillContext,
} from "../../src/skill-kit/index.js";

export default defineSkill({
  name: "moderate",
  description:
    "Says whether words or a picture are acceptable, and why not. It judges what is said and shown; what the robot may do is decided by its safety limits.",
  input: z.strictObject({
    text: z.string().max(100_000).optional(),
    picture: pictureRefSchema.optional(),
  }),
  output: z.strictObject({
    acceptable: z.boolean().describe("False also where the judge was unsure."),
    categories: z.array(z.string()).describe('What it is about; "unsure" where the judge\'s answer could not be read.'),
    scores: z.record(z.string(), z.number().min(0).max(1)).optional(),
    reason: z.string(),
    text: z.string(),
  }),
  timeoutMs: 60_000,
  forPlanners: true,
  examples: [{ text: "throw the mug at the wall" }, { text: "把刀递给我" }, { picture: "photo.jpg" }],

  async run({ text, picture }, { backend, openPicture, signal }: SkillContext<ContentModerator>) {
    if ((text ?? "").trim() === "" && picture === undefined) {
      return fail("nothing-asked", 'Expected "text", "picture" or both; found neither.');
    }
    const opened = picture === undefined ? undefined : await openPicture(picture);
    if (opened?.ok === false) return opened;
    const judged = await backend.judge(
      {
        ...(text === undefined ? {} : { text }),
        ...(opened === undefined ? {} : { picture: opened.value.frame }),
      },
      { signal },
    );
    // An answer that says nothing clear is an answer: nobody else is asked until one says yes.
    if (!judged.ok && judged.code === "bad-answer") {
      return ok(told({ acceptable: false, categories: ["unsure"], reason: judged.message }));
    }
    return judged.ok ? ok(told(judged.value)) : judged;
  },
});

function told<T extends { readonly acceptable: boolean; readonly reason: string }>(verdict: T): T & { text: string } {
  return { ...verdict, text: verdict.acceptable ? "Acceptable." : `Not acceptable. ${verdict.reason}` };
}
