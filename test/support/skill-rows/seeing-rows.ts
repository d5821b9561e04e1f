import { expect } from "vitest";
import sharp from "sharp";
import type { RowBench } from "./row-bench.js";
import { ROW_KEY } from "./row-bench.js";
import { MODEL_SERVERS } from "./row-servers.js";
import type { RowAnswer, SkillRow } from "./skill-row.js";

const transformers = ({ weights }: RowBench) => ({ modelDir: weights.transformers });
const picture = ({ file }: RowBench) => ({ picture: file("red.png") });
const kitchen = ({ file }: RowBench) => ({ picture: file("kitchen.png") });

/** The four kinds of servers with models that see do a skill's work, each by its key and with the picture. */
export const onModelServers = (skill: string, row: Pick<SkillRow, "inputs" | "check">): readonly SkillRow[] =>
  MODEL_SERVERS.map((backend) => ({
    skill,
    backend,
    entry: ({ models }) => ({
      baseUrl: models[backend].baseUrl,
      // Answers are kept by the model's name.
      model: `seer-${backend}`,
      apiKeyEnv: ROW_KEY,
      maxRetries: 0,
    }),
    inputs: row.inputs,
    async check(answer, bench) {
      const seen = bench.models[backend].requests.at(-1);
      expect(seen).toMatchObject({ model: `seer-${backend}`, key: "for nobody" });
      expect(seen?.turns[0].images).toHaveLength(1);
      await row.check(answer, bench);
    },
  }));

const says = (text: string | RegExp): SkillRow["check"] => {
  const value = typeof text === "string" ? text : (expect.stringMatching(text) as string);
  return ({ output }) => expect(output).toMatchObject({ text: value });
};

async function sizeOf(answer: RowAnswer, name: string) {
  const { width, height } = await sharp(answer.file(name)).metadata();
  return { width, height };
}
const isFound: SkillRow["check"] = async (answer) => {
  expect(answer.output).toMatchObject({ found: [{ status: "found", things: [{}] }] });
  expect(await sizeOf(answer, answer.artefacts[0].name)).toEqual({ width: 640, height: 480 });
};
const isFollowed =
  (label: string): SkillRow["check"] =>
  ({ output }) =>
    expect(output).toMatchObject({ status: "found", pictures: 2, tracks: [{ label }] });
const hasDepth =
  (source: string): SkillRow["check"] =>
  async (answer) => {
    const { output, artefacts } = answer;
    expect(output).toMatchObject({ source });
    const { width, height } = output as { readonly width: number; readonly height: number };
    expect(await sizeOf(answer, artefacts[0].name)).toEqual({ width, height });
  };

/** Phrases that the weights of a family know, in the red picture. */
const GROUNDERS = [
  { backend: "grounding-dino", phrase: "the red block", label: "red block", weights: "dino" },
  { backend: "owlv2", phrase: "the bag", label: "bag", weights: "owl" },
  { backend: "florence-2", phrase: "the red block", label: "red block", weights: "transformers" },
] as const;

export const SEEING_ROWS: readonly SkillRow[] = [
  { skill: "caption", backend: "onboard", inputs: (bench) => [kitchen(bench)], check: says(/yellow lemon/u) },
  {
    skill: "caption",
    backend: "florence-2",
    entry: transformers,
    inputs: (bench) => [picture(bench)],
    check: says("something red"),
  },
  {
    skill: "caption",
    backend: "chat",
    entry: transformers,
    inputs: (bench) => [picture(bench)],
    check: says("A picture."),
  },
  ...onModelServers("caption", { inputs: (bench) => [picture(bench)], check: says("A red square on black.") }),

  {
    skill: "ask",
    backend: "onboard",
    inputs: (bench) => [{ ...kitchen(bench), question: "Is there a yellow lemon?" }],
    check: ({ output }) => expect(output).toMatchObject({ value: true }),
  },
  {
    skill: "ask",
    backend: "chat",
    entry: transformers,
    inputs: (bench) => [{ ...picture(bench), question: "Is there anything red?" }],
    check: says("Yes."),
  },
  ...onModelServers("ask", {
    inputs: (bench) => [{ ...picture(bench), question: "What is this?" }],
    check: says("A red square on black."),
  }),

  {
    skill: "ground",
    backend: "onboard",
    inputs: (bench) => [{ ...kitchen(bench), phrases: "the green bag" }],
    check: isFound,
  },
  ...GROUNDERS.map(({ backend, phrase, weights }): SkillRow => ({
    skill: "ground",
    backend,
    entry: (bench) => ({ modelDir: bench.weights[weights] }),
    inputs: (bench) => [{ ...picture(bench), phrases: phrase }],
    check: isFound,
  })),

  {
    skill: "track",
    backend: "onboard",
    inputs: ({ file }) => [{ phrase: "the orange bottle", clip: file("kitchen.mp4"), everyS: 0.5 }],
    check(answer, bench) {
      expect(answer.file("track.mp4").toString("latin1", 4, 8)).toBe("ftyp");
      return isFollowed("orange bottle")(answer, bench);
    },
  },
  ...GROUNDERS.map(({ backend, phrase, label, weights }): SkillRow => ({
    skill: "track",
    backend,
    entry: (bench) => ({ modelDir: bench.weights[weights] }),
    inputs: ({ file }) => [{ phrase, clip: file("red.mp4"), everyS: 0.5, film: false }],
    check: isFollowed(label),
  })),

  // Only the robot's own camera measures: this row starts the simulator.
  { skill: "depth", backend: "camera", inputs: () => [{ cloud: false }], check: hasDepth("sensor") },
  {
    skill: "depth",
    backend: "onboard",
    inputs: (bench) => [{ ...kitchen(bench), cloud: false }],
    check: hasDepth("model"),
  },
  {
    skill: "depth",
    backend: "depth-anything-v2",
    entry: ({ weights }) => ({ modelDir: weights.depth }),
    inputs: (bench) => [picture(bench)],
    check: async (answer, bench) => {
      await hasDepth("model")(answer, bench);
      // Black is half a metre away, red two more.
      expect(answer.output).toMatchObject({ medianM: 0.5 });
    },
  },
];
