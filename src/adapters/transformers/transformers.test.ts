import { rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeGrounderContract } from "../../../test/contract/grounder-contract.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { writeModelFolder } from "../../../test/support/onnx/write-model-folder.js";
import { sharedAdapters } from "../../../test/support/shared-adapters.js";
import { tone } from "../../../test/support/audio-files.js";
import { checkAudio } from "../../domain/speech/check-audio.js";
import { joinSounds } from "../../domain/speech/join-sounds.js";
import { createClap } from "./create-clap.js";
import { createMusicgen } from "./create-musicgen.js";
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
  const second = (amplitude: number, sampleRateHz: number) => tone({ seconds: 1, amplitude, sampleRateHz });

  it("writes down speech at any rate, in the language that it is told", async () => {
    const whisper = keep(await createWhisper({ modelDir, specifier }));

    expect(whisper.leavesMachine).toBe(false);
    expect(await whisper.transcribe(second(0.5, 48_000), { signal, language: "zh-CN" })).toMatchObject({
      ok: true,
      value: { text: "Stop. (16000 zh)", language: "zh-CN" },
    });
  });

  it("never makes a sentence of silence, noise or nothing", async () => {
    const whisper = keep(await createWhisper({ modelDir, specifier }));

    expect(await whisper.transcribe(second(0, 16_000), { signal })).toMatchObject({ ok: false, code: "nothing-said" });
    expect(await whisper.transcribe(second(0.1, 16_000), { signal })).toMatchObject({
      ok: false,
      code: "nothing-said",
    });
    const empty = { samples: new Float32Array(0), sampleRateHz: 16_000 };
    expect(await whisper.transcribe(empty, { signal })).toMatchObject({ ok: false, code: "bad-sound" });
    const broken = { samples: Float32Array.from([Number.NaN]), sampleRateHz: 16_000 };
    expect(await whisper.transcribe(broken, { signal })).toMatchObject({ ok: false, code: "bad-sound" });
  });
});

describe("clap", () => {
  const english = { language: "en", signal } as const;

  it("says which labels every ten seconds are like, at its own rate, and skips silence", async () => {
    const clap = keep(await createClap({ modelDir, specifier }));
    const loud = tone({ seconds: 10, sampleRateHz: 16_000 });
    const sound = joinSounds([loud, tone({ seconds: 10, amplitude: 0 }), tone({ seconds: 5, amplitude: 0.1 })]);

    expect(await clap.events(sound, { ...english, labels: ["bell", "rain"] })).toEqual({
      ok: true,
      value: [
        { label: "bell", score: 0.8, startS: 0, endS: 10 },
        { label: "rain", score: 0.8, startS: 20, endS: 25 },
      ],
    });
  });

  it("compares a single label with something else, and never names that", async () => {
    const clap = keep(await createClap({ modelDir, specifier }));
    const quiet = tone({ seconds: 2, amplitude: 0.1 });

    expect(await clap.events(quiet, { ...english, labels: ["bell"] })).toEqual({ ok: true, value: [] });
  });

  it("has sounds of its own to listen for, with Chinese names, and takes others", async () => {
    const usual = keep(await createClap({ modelDir, specifier }));
    const own = keep(await createClap({ modelDir, specifier, labels: ["lathe", "saw"], threshold: 0.1 }));
    const sound = tone({ seconds: 1 });

    expect(await usual.events(sound, { language: "zh", signal })).toMatchObject({ value: [{ label: "说话声" }] });
    expect(await own.events(sound, english)).toMatchObject({ value: [{ label: "lathe" }, { label: "saw" }] });
  });

  it("writes no captions and answers nothing", async () => {
    const clap = keep(await createClap({ modelDir, specifier }));

    expect(await clap.caption(tone({ seconds: 1 }), english)).toMatchObject({ code: "unsupported" });
    expect(await clap.ask(tone({ seconds: 1 }), "What?", english)).toMatchObject({ code: "unsupported" });
  });
});

describe("musicgen", () => {
  const idle = { signal, onProgress: () => undefined };

  it("makes a WAV file of the asked length, the same for the same seed", async () => {
    const musicgen = keep(await createMusicgen({ modelDir, specifier }));
    const make = async (seed?: number) => {
      const wish = { prompt: "a waltz", durationS: 3, format: "wav", ...(seed === undefined ? {} : { seed }) } as const;
      const made = await musicgen.make(wish, idle);
      if (!made.ok) throw new Error(made.message);
      return made.value;
    };

    const [one, again, other, unasked] = [await make(1), await make(1), await make(2), await make()];

    expect(checkAudio(one.bytes, { durationS: 3 })).toMatchObject({ value: { durationS: 3, sampleRateHz: 32_000 } });
    expect(one).toEqual(again);
    expect(one.bytes).not.toEqual(other.bytes);
    expect([one.seed, unasked.seed]).toEqual([1, 0]);
  });

  it("refuses what it cannot make", async () => {
    const musicgen = keep(await createMusicgen({ modelDir, specifier }));

    expect(await musicgen.make({ prompt: "a", durationS: 40, format: "wav" }, idle)).toMatchObject({
      code: "unsupported",
    });
    expect(await musicgen.make({ prompt: "a", durationS: 4, format: "mp3" }, idle)).toMatchObject({
      code: "unsupported",
    });
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
