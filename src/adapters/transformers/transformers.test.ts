import { rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeGrounderContract } from "../../../test/contract/grounder-contract.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { writeModelFolder } from "../../../test/support/onnx/write-model-folder.js";
import { sharedAdapters } from "../../../test/support/shared-adapters.js";
import { createChatReader, createFlorence2, createFlorence2Reader } from "./create-florence.js";
import { createWhisper } from "./create-whisper.js";

const specifier = pathToFileURL(resolve(import.meta.dirname, "../../../test/support/transformers-stand-in.ts")).href;
const red = paintFrame({ squares: [{ x: 160, y: 120, side: 96, rgb: [255, 0, 0] }] });
const { signal } = new AbortController();

let modelDir: string;
beforeAll(async () => {
  modelDir = await writeModelFolder({ "config.json": "{}", "preprocessor_config.json": "{}" });
});
afterAll(() => rm(modelDir, { recursive: true }));

const opened: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(thing: T): T => {
  opened.push(thing);
  return thing;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.close()));
});

const share = sharedAdapters();
describeGrounderContract("florence-2, stand-in for the package", async () => ({
  grounder: await share("florence", () => createFlorence2({ modelDir, specifier, vocabulary: ["red thing"] })),
  frame: red,
  emptyFrame: paintFrame(),
}));

describe("florence-2", () => {
  it("grounds phrases with boxes in the middle of their bins, and writes captions", async () => {
    const florence = keep(await createFlorence2({ modelDir, specifier, score: 0.4 }));
    const reader = keep(await createFlorence2Reader({ modelDir, specifier }));

    const found = await florence.ground(red, { phrases: ["green bag", "red block"] });

    expect(found).toMatchObject([{ label: "red block", phrase: "red block", score: 0.4 }]);
    expect(found[0].box.x0 * 640).toBeCloseTo(160, 0);
    expect(found[0].box.y1 * 480).toBeCloseTo(216, 0);
    expect(await reader.caption(red, { signal })).toBe("something red");
    await expect(reader.ask(red, "why?", { signal })).rejects.toMatchObject({ code: "model-failed" });
  });
});

describe("chat models with eyes", () => {
  it("answer questions, without repeating them", async () => {
    const reader = keep(await createChatReader({ modelDir, specifier }));

    expect(await reader.ask(red, "Is there anything red?", { signal })).toBe("Yes.");
    expect(await reader.ask(paintFrame(), "Is there anything red?", { signal })).toBe("No.");
    expect(await reader.caption(red, { signal })).toBe("A picture.");
  });
});

describe("whisper", () => {
  const tone = (amplitude: number, sampleRateHz: number) => ({
    samples: Float32Array.from(
      { length: sampleRateHz },
      (_, i) => amplitude * Math.sin((i / sampleRateHz) * 2 * Math.PI * 440),
    ),
    sampleRateHz,
  });

  it("writes down speech at any rate, in the language that it is told", async () => {
    const whisper = keep(await createWhisper({ modelDir, specifier }));

    expect(whisper.leavesMachine).toBe(false);
    expect(await whisper.transcribe(tone(0.5, 48_000), { signal, language: "zh-CN" })).toMatchObject({
      ok: true,
      value: { text: "Stop. (16000 zh)", language: "zh-CN" },
    });
  });

  it("never makes a sentence of silence, noise or nothing", async () => {
    const whisper = keep(await createWhisper({ modelDir, specifier }));

    expect(await whisper.transcribe(tone(0, 16_000), { signal })).toMatchObject({ ok: false, code: "nothing-said" });
    expect(await whisper.transcribe(tone(0.1, 16_000), { signal })).toMatchObject({ ok: false, code: "nothing-said" });
    const empty = { samples: new Float32Array(0), sampleRateHz: 16_000 };
    expect(await whisper.transcribe(empty, { signal })).toMatchObject({ ok: false, code: "bad-sound" });
    const broken = { samples: Float32Array.from([Number.NaN]), sampleRateHz: 16_000 };
    expect(await whisper.transcribe(broken, { signal })).toMatchObject({ ok: false, code: "bad-sound" });
  });
});

describe("what is not there", () => {
  it("is the package: the error says how to install it", async () => {
    await expect(createFlorence2({ modelDir, specifier: "@huggingface/not-installed" })).rejects.toMatchObject({
      code: "model-missing",
      message: expect.stringContaining("npm install @huggingface/transformers"),
    });
  });

  it("is a file of a local folder, and nothing is fetched in its place", async () => {
    const partial = await writeModelFolder({ "config.json": "{}" });
    try {
      await expect(createFlorence2({ modelDir: partial, specifier })).rejects.toMatchObject({
        code: "model-missing",
        message: expect.stringMatching(/file was not found locally/),
      });
      await writeFile(join(partial, "config.json"), "[]");
      await expect(createFlorence2({ modelDir: partial, specifier })).rejects.toMatchObject({ code: "model-damaged" });
    } finally {
      await rm(partial, { recursive: true });
    }
    await expect(createFlorence2({ modelDir: "/nowhere", specifier })).rejects.toMatchObject({ code: "model-missing" });
  });

  it("is the hub when offline, and only then is it not asked", async () => {
    const model = "someone/florence";

    await expect(createFlorence2({ model, offline: true, specifier })).rejects.toThrow(/not found locally/);
    await expect(createFlorence2({ model, specifier })).rejects.toThrow(/reaches no hub/);
  });

  it("is a device: the next of the list is taken, and it is said", async () => {
    const fallbacks: string[] = [];
    const onFallback = ({ from, to, reason }: { from: string; to: string; reason: string }) =>
      fallbacks.push(`${from} to ${to}: ${reason}`);
    keep(await createFlorence2({ modelDir, specifier, providers: ["cuda", "cpu"], onFallback }));

    expect(fallbacks).toEqual([expect.stringMatching(/cuda to cpu: Unsupported device/)]);
    await expect(createFlorence2({ modelDir, specifier, providers: ["cuda"] })).rejects.toMatchObject({
      code: "model-failed",
      details: { reason: "providers" },
    });
  });
});
