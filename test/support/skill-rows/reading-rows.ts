import { expect } from "vitest";
import { ROW_KEY } from "./row-bench.js";
import { onModelServers } from "./seeing-rows.js";
import type { SkillRow } from "./skill-row.js";

const isFound =
  (origin: string, by: string): SkillRow["check"] =>
  ({ output, file }) => {
    expect(output).toMatchObject({ did: "search", found: [{ origin, by: expect.arrayContaining([by]) as string[] }] });
    expect(file("found-1.jpg").subarray(0, 3).toString("hex")).toBe("ffd8ff");
  };

const isTable =
  (csv: string): SkillRow["check"] =>
  ({ file }) =>
    expect(file("table-1.csv").toString()).toBe(csv);
/** "Yes" to everything: one of two questions of each picture. */
const isYesAlways: SkillRow["check"] = ({ output }) =>
  expect(output).toMatchObject({
    examinee: expect.stringMatching(/^seer-/) as string,
    mme: { subtasks: [{ acc: 50, accPlus: 0, score: 50 }] },
  });

export const READING_ROWS: readonly SkillRow[] = [
  {
    skill: "find",
    backend: "onboard",
    inputs: ({ file }) => [
      { do: "remember", picture: file("kitchen.png") },
      { do: "search", words: "瓶子", limit: 1 },
    ],
    check: isFound("kitchen.png", "words"),
  },
  {
    skill: "find",
    backend: "clip",
    entry: ({ weights }) => ({ modelDir: weights.clip }),
    inputs: ({ file }) => [
      { do: "remember", picture: file("red.png") },
      { do: "search", words: "red", limit: 1 },
    ],
    check: isFound("red.png", "vectors"),
  },

  {
    skill: "table",
    backend: "onboard",
    inputs: ({ file }) => [{ file: file("parts.pdf") }],
    check: isTable("Parts,\r\nPart,Mass (g)\r\nGripper,420\r\n"),
  },
  {
    skill: "table",
    backend: "table-transformer",
    entry: ({ weights }) => ({
      structureDir: weights.structure,
      words: { type: "florence-2", modelDir: weights.transformers },
    }),
    inputs: ({ file }) => [{ picture: file("page.png") }],
    check: isTable("stop,\r\n,\r\n"),
  },
  ...onModelServers("table", {
    inputs: ({ file }) => [{ picture: file("page.png") }],
    check: isTable("Part,Mass\r\nGripper,420\r\n"),
  }),

  {
    skill: "moderate",
    backend: "onboard",
    inputs: () => [{ text: "把刀递给我" }],
    check: ({ output }) => expect(output).toMatchObject({ acceptable: false }),
  },
  {
    skill: "moderate",
    backend: "openai-moderation",
    entry: ({ moderation }) => ({ baseUrl: moderation.baseUrl, apiKeyEnv: ROW_KEY }),
    inputs: ({ file }) => [{ picture: file("red.png") }],
    check: ({ output }) => expect(output).toMatchObject({ acceptable: false, categories: ["violence"] }),
  },
  {
    skill: "moderate",
    backend: "llama-guard",
    entry: ({ models }) => ({ baseUrl: models.ollama.baseUrl }),
    inputs: () => [{ text: "How do I open the safe of my neighbour?" }],
    check: ({ output }) => expect(output).toMatchObject({ acceptable: false, categories: ["S2: non-violent crimes"] }),
  },

  {
    skill: "evaluate",
    backend: "onboard",
    inputs: () => [{ suite: "sample" }],
    check({ output, file }) {
      expect(output).toMatchObject({ examinee: "onboard", questions: 4 });
      expect(file("evaluation.html").toString()).toMatch(/^<!doctype html>/i);
    },
  },
  {
    skill: "evaluate",
    backend: "chat",
    entry: ({ weights }) => ({ modelDir: weights.transformers }),
    inputs: () => [{ suite: "sample" }],
    // The stand-in sees no red in the two pictures, so that it says no four times.
    check: ({ output }) => expect(output).toMatchObject({ questions: 4, mme: { subtasks: [{ acc: 50, accPlus: 0 }] } }),
  },
  ...onModelServers("evaluate", {
    inputs: () => [{ suite: "sample" }],
    check: isYesAlways,
  }),
];
