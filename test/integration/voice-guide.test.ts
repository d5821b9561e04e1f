import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { parseConsent, speakerConfigSchema, transcriberConfigSchema } from "../../src/adapters/speech/index.js";
import { launchSchema } from "../../src/app/launch/launch-schema.js";
import { speakersOf } from "../../src/app/launch/speech-schema.js";

const GUIDE = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/guide/voice.md"), "utf8");
const BLOCKS = [...GUIDE.matchAll(/```json\n([^]*?)```/g)].map(([, block]) => block);
const [[, CONSENT]] = [...GUIDE.matchAll(/```json consent\n([^]*?)```/g)];

const typesOf = (schema: typeof speakerConfigSchema | typeof transcriberConfigSchema): string[] =>
  schema.options.map(({ shape }) => shape.type.value);

it.each(BLOCKS)("reads the launch file in the guide to voices: %s", (block) => {
  expect(launchSchema.safeParse(JSON.parse(block)).error?.message).toBeUndefined();
});

it("shows every kind of ears and voice in the guide to voices, and names every field of them", () => {
  const speeches = BLOCKS.map((block) => launchSchema.parse(JSON.parse(block)).speech);
  const ears = new Set(speeches.map(({ transcriber }) => transcriber.type));
  const voices = speeches.flatMap(({ speaker }) => speakersOf(speaker));

  expect([...ears].sort()).toEqual(typesOf(transcriberConfigSchema).sort());
  expect([...new Set(voices.map(({ type }) => type))].sort()).toEqual(typesOf(speakerConfigSchema).sort());
  for (const { shape } of [...speakerConfigSchema.options, ...transcriberConfigSchema.options])
    for (const field of Object.keys(shape)) expect(GUIDE).toMatch(new RegExp(`[\`"]${field}[\`"]`));
});

it("takes the guide's consent for the guide's recording", () => {
  const consent = parseConsent(CONSENT, { path: "ann-consent.json", nowMs: Date.parse("2026-06-01") });
  const recordings = BLOCKS.flatMap((block) => speakersOf(launchSchema.parse(JSON.parse(block)).speech.speaker)).map(
    (speaker) => (speaker.type === "gpt-sovits" ? speaker.refAudioPath : undefined),
  );

  expect(recordings).toContain(consent.recording);
});
