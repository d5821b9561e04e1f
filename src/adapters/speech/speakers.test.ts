import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Speaker } from "../../ports/speaker.js";
import { createEspeakSpeaker } from "./create-espeak-speaker.js";
import { createFliteSpeaker } from "./create-flite-speaker.js";
import { joinSounds, phrasesOf } from "./phrases.js";
import { recordMicrophone } from "./record-microphone.js";

const idle = { signal: new AbortController().signal };

describe("phrasesOf", () => {
  it("cuts a long text behind its sentences and loses no word", () => {
    const text = Array.from({ length: 20 }, (_, i) => `This is sentence number ${i} of a report.`).join(" ");

    const phrases = phrasesOf(text);

    expect(phrases.join(" ")).toBe(text);
    for (const phrase of phrases) expect(phrase.length).toBeLessThanOrEqual(300);
    for (const phrase of phrases) expect(phrase).toMatch(/\.$/);
  });

  it("cuts a word without end, and gives nothing for nothing", () => {
    expect(phrasesOf("a".repeat(700)).map(({ length }) => length)).toEqual([300, 300, 100]);
    expect(phrasesOf(" \n\t ")).toEqual([]);
  });

  it("joins sounds in their order", () => {
    const part = (value: number) => ({ samples: new Float32Array([value]), sampleRateHz: 8_000 });

    expect([...joinSounds([part(0.25), part(0.5)]).samples]).toEqual([0.25, 0.5]);
    expect(joinSounds([]).samples.every((sample) => sample === 0)).toBe(true);
  });
});

describe("the flite speaker", () => {
  let speaker: Speaker;
  beforeAll(async () => {
    speaker = await createFliteSpeaker();
  });
  afterAll(() => speaker.close());

  it("speaks English in the asked voice", async () => {
    const [woman, man] = await Promise.all([
      speaker.speak("The drawer is open.", idle),
      speaker.speak("The drawer is open.", { ...idle, voice: "kal16" }),
    ]);

    if (!woman.ok || !man.ok) throw new Error("no sound");
    expect(woman.value.sampleRateHz).toBe(16_000);
    expect(woman.value.samples.length).toBeGreaterThan(12_000);
    expect(woman.value.samples).not.toEqual(man.value.samples);
    expect(Math.max(...woman.value.samples)).toBeGreaterThan(0.1);
  });

  it("speaks as fast as it is asked to, and says in which voice", async () => {
    const [usual, fast] = await Promise.all([
      speaker.speak("The drawer is open.", idle),
      speaker.speak("The drawer is open.", { ...idle, speed: 1.6 }),
    ]);

    if (!usual.ok || !fast.ok) throw new Error("no sound");
    expect(usual.value.samples.length / fast.value.samples.length).toBeGreaterThan(1.3);
    expect(usual.value.voice).toBe("slt");
  });

  it("takes text that looks like an option for text", async () => {
    expect(await speaker.speak("--help -o /etc/passwd", idle)).toMatchObject({ ok: true });
  });

  it("refuses other languages and unknown voices", async () => {
    expect(await speaker.speak("你好", { ...idle, language: "zh-CN" })).toMatchObject({ code: "unsupported-language" });
    expect(await speaker.speak("Hello", { ...idle, voice: "nobody" })).toMatchObject({ code: "unknown-voice" });
  });
});

describe("the espeak-ng speaker", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "handeye-espeak-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A program in espeak-ng's place. */
  function program(name: string, script: string): string {
    const path = join(folder, name);
    writeFileSync(path, `#!${process.execPath}\n${script}`);
    chmodSync(path, 0o755);
    return path;
  }
  const WAV = `const head = Buffer.from("524946460000000057415645666d7420100000000100010022560000445600000200100064617461", "hex");
    const send = (count) => process.stdout.write(Buffer.concat([head, Buffer.from([255,255,255,255]), Buffer.alloc(count * 2, 1)]));`;

  it("gives the text on the input, never as an argument, and reads the sound", async () => {
    const echo = program(
      "echo.cjs",
      `${WAV} let text = ""; process.stdin.on("data", (d) => text += d).on("end", () =>
        process.argv.includes("--stdin") && !process.argv.join(" ").includes("rm") ? send(1000 * text.length) : process.exit(3));`,
    );

    const result = await createEspeakSpeaker({ program: echo }).speak("--rm", idle);

    expect(result).toMatchObject({ ok: true, value: { sampleRateHz: 22_050 } });
    expect(result.ok && result.value.samples.length).toBe(4_000);
  });

  it("lists its languages when another is asked for", async () => {
    const list = program(
      "list.cjs",
      `if (process.argv.includes("--voices")) console.log("Pty Language Age/Gender VoiceName\\n 5  af  --/M  Afrikaans\\n 5  cmn  --/M  Mandarin");
       else { console.error("Error: The specified espeak-ng voice does not exist."); process.exit(1); }`,
    );

    expect(await createEspeakSpeaker({ program: list }).speak("Hi", { ...idle, language: "tlh" })).toMatchObject({
      code: "unsupported-language",
      message: expect.stringContaining("It speaks: af, cmn."),
    });
  });

  it("goes faster in words a minute, within what the program takes", async () => {
    const tell = program("tempo.cjs", `${WAV} send(Number(process.argv[process.argv.indexOf("-s") + 1]))`);
    const speaker = createEspeakSpeaker({ program: tell, wordsPerMinute: 300 });

    const lengths = await Promise.all([1, 1.2, 2].map((speed) => speaker.speak("Hi", { ...idle, speed })));

    expect(lengths.map((each) => each.ok && each.value.samples.length)).toEqual([300, 360, 450]);
  });

  it("chooses the voice by the language", async () => {
    const tell = program("tell.cjs", `${WAV} send(process.argv[process.argv.indexOf("-v") + 1] === "cmn" ? 7 : 1)`);

    const result = await createEspeakSpeaker({ program: tell }).speak("你好", { ...idle, language: "zh-CN" });

    expect(result.ok && result.value.samples.length).toBe(7);
  });

  it.each([
    [
      "a voice that there is not",
      `console.error("Error: The specified espeak-ng voice does not exist."); process.exit(1)`,
      "unknown-voice",
    ],
    ["an error", `console.error("Segmentation fault"); process.exit(1)`, "model-failed"],
    ["something that is no sound", `process.stdout.write("hello")`, "model-failed"],
  ])("reports %s", async (name, script, code) => {
    const broken = program(`${name.replaceAll(" ", "-")}.cjs`, script);

    expect(await createEspeakSpeaker({ program: broken }).speak("Hello", idle)).toMatchObject({ ok: false, code });
  });

  it("says what to install where there is no espeak-ng", async () => {
    const result = await createEspeakSpeaker({ program: join(folder, "none") }).speak("Hello", idle);

    expect(result).toMatchObject({ ok: false, code: "unsupported" });
    expect(!result.ok && result.message).toContain("Install");
  });

  it("refuses a voice that could be an option", async () => {
    expect(await createEspeakSpeaker().speak("Hello", { ...idle, voice: "-w" })).toMatchObject({
      code: "unknown-voice",
    });
  });
});

describe("recordMicrophone", () => {
  const recorder = (script: string) => ({ program: process.execPath, args: ["-e", script] });
  const PCM = `const part = (seconds, loud) => Buffer.concat(Array.from({ length: seconds * 16000 }, (_, i) => {
    const b = Buffer.alloc(2); b.writeInt16LE(Math.round(loud * 9000 * Math.sin(i / 3) * (0.5 + 0.5 * Math.sin(i / 300)) + 9 * Math.sin(i * i))); return b; }));`;

  it("ends by itself when it has been quiet after speech", async () => {
    const result = await recordMicrophone({
      ...idle,
      programs: [
        recorder(
          `${PCM} process.stdout.write(Buffer.concat([part(1, 0), part(1, 1), part(3, 0)])); setInterval(() => {}, 1e6)`,
        ),
      ],
    });

    expect(result.ok && result.value.samples.length).toBe(5 * 16_000);
  });

  it("tries the next program, and says what is missing where none works", async () => {
    const missing = { program: "/nonexistent/arecord", args: [] };
    const broken = recorder(`console.error("no such device"); process.exit(1)`);

    const result = await recordMicrophone({ ...idle, programs: [missing, broken] });

    expect(result).toMatchObject({ ok: false, code: "unsupported" });
    expect(!result.ok && result.message).toMatch(/not installed.*no such device.*--listen FILE\.wav/s);
  });
});
