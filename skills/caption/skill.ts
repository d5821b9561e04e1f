import {
  defineSkill,
  HEAD_CAMERA,
  ok,
  pictureRefSchema,
  z,
  type Captioner,
  type SkillContext,
} from "../../src/skill-kit/index.js";

export default defineSkill({
  name: "caption",
  description: "Tells what a picture, or what the robot sees now, shows: one sentence, a paragraph, or tags.",
  input: z.strictObject({
    picture: pictureRefSchema.prefault(HEAD_CAMERA).describe("Default: what the head camera sees."),
    form: z.enum(["sentence", "paragraph", "tags"]).default("sentence"),
    language: z.enum(["en", "zh"]).default("en"),
  }),
  output: z.strictObject({
    text: z.string().min(1),
    tags: z.array(z.string()).optional(),
    picture: z.string().describe("Which picture it was."),
  }),
  timeoutMs: 60_000,
  forPlanners: true,
  examples: [{}, { picture: "photo.jpg", form: "paragraph" }, { form: "tags", language: "zh" }],

  async run({ picture, form, language }, context: SkillContext<Captioner>) {
    const { backend, openPicture, perceive, signal } = context;
    const opened = await openPicture(picture);
    if (!opened.ok) return opened;
    const { frame, origin } = opened.value;
    const told = await backend.caption({ ...frame, perceive: () => perceive(frame) }, { form, language, signal });
    return told.ok ? ok({ ...told.value, picture: origin }) : told;
  },
});
