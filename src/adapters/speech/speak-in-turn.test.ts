import { describe, expect, it } from "vitest";
import { ControllerError } from "../../domain/errors.js";
import { fail, ok } from "../../domain/result.js";
import type { Speaker, SpeechFailure } from "../../ports/speaker.js";
import { speakInTurn } from "./speak-in-turn.js";

const idle = { signal: new AbortController().signal };

interface Fake extends Speaker {
  failure: SpeechFailure | undefined;
  readonly asked: { text: string; voice?: string }[];
  isClosed: boolean;
}

function fake(name: string, languages = ["en", "zh"]): Fake {
  const speaker: Fake = {
    name,
    leavesMachine: name === "cloud",
    failure: undefined,
    asked: [],
    isClosed: false,
    speak: async (text, { language = "en", voice }) => {
      speaker.asked.push({ text, ...(voice === undefined ? {} : { voice }) });
      if (speaker.failure !== undefined) return fail(speaker.failure, `${name} is down.`);
      if (!languages.includes(language)) return fail("unsupported-language", `${name} speaks ${languages.join()}.`);
      return ok({ samples: new Float32Array(8), sampleRateHz: 8_000 });
    },
    close: async () => void (speaker.isClosed = true),
  };
  return speaker;
}

function inTurn(...speakers: [Speaker, ...Speaker[]]) {
  const notes: string[] = [];
  const time = { nowMs: 0 };
  const speaker = speakInTurn(speakers, {
    nowMs: () => time.nowMs,
    onNote: (level, text) => notes.push(`${level}: ${text}`),
    restMs: 60_000,
  });
  const servedBy = async (text: string, language = "en"): Promise<string | undefined> => {
    const result = await speaker.speak(text, { ...idle, language });
    return result.ok ? result.value.servedBy : result.code;
  };
  return { speaker, notes, time, servedBy };
}

describe("speakers in turn", () => {
  it("let the first speak while it can, and say nothing about it", async () => {
    const { servedBy, notes, speaker } = inTurn(fake("flite"), fake("cloud"));

    expect(await servedBy("Hello.")).toBe("flite");
    expect(notes).toEqual([]);
    expect(speaker).toMatchObject({ name: "flite, cloud", leavesMachine: true });
  });

  it("pass on what is in a language that the first does not speak, with one note for all of it", async () => {
    const { servedBy, notes } = inTurn(fake("flite", ["en"]), fake("espeak-ng"));

    expect(await servedBy("你好", "zh")).toBe("espeak-ng");
    expect(await servedBy("Hello.")).toBe("flite");
    expect(await servedBy("再见", "zh")).toBe("espeak-ng");
    expect(notes).toEqual(['info: espeak-ng speaks "zh" from now on. flite: flite speaks en.']);
  });

  it("stay silent, with one note, where nobody speaks the language", async () => {
    const { servedBy, notes } = inTurn(fake("flite", ["en"]));

    expect(await servedBy("你好", "zh")).toBe("unsupported-language");
    expect(await servedBy("再见", "zh-CN")).toBe("unsupported-language");
    expect(await servedBy("Hello.")).toBe("flite");
    expect(notes).toEqual(['warning: Nobody speaks "zh"; it stays unsaid. flite: flite speaks en.']);
  });

  it("do not ask one that failed before its rest is over, and go back to it then", async () => {
    const cloud = fake("cloud");
    const { servedBy, notes, time } = inTurn(cloud, fake("flite"));
    cloud.failure = "timeout";

    expect(await servedBy("One.")).toBe("flite");
    expect(await servedBy("Two.")).toBe("flite");
    cloud.failure = undefined;
    time.nowMs = 60_000;
    expect(await servedBy("Three.")).toBe("cloud");

    expect(cloud.asked.map(({ text }) => text)).toEqual(["One.", "Three."]);
    expect(notes).toEqual([
      'info: flite speaks "en" from now on. cloud: cloud is down.',
      'info: cloud speaks "en" from now on.',
    ]);
  });

  it("ask even one at rest when nobody else can, and tell when the voice comes back", async () => {
    const only = fake("cloud");
    const { servedBy, notes } = inTurn(only);
    only.failure = "link-lost";

    expect(await servedBy("One.")).toBe("link-lost");
    only.failure = undefined;
    expect(await servedBy("Two.")).toBe("cloud");
    expect(notes).toEqual([
      'warning: Nobody speaks "en"; it stays unsaid. cloud: cloud is down.',
      'info: cloud speaks "en" from now on.',
    ]);
  });

  it("name a voice to the first only, and number two of one kind", async () => {
    const [first, second] = [fake("melotts"), fake("melotts")];
    first.failure = "unknown-voice";
    const { speaker } = inTurn(first, second);

    const result = await speaker.speak("Hello.", { ...idle, voice: "EN-BR" });

    expect(result).toMatchObject({ ok: true, value: { servedBy: "melotts 2" } });
    expect([first.asked, second.asked]).toEqual([[{ text: "Hello.", voice: "EN-BR" }], [{ text: "Hello." }]]);
  });

  it("go on after one that dies, but not after being called off", async () => {
    const dying = (code: "worker-died" | "aborted"): Speaker => ({
      ...fake("dying"),
      speak: () => Promise.reject(new ControllerError(code, "It ended.")),
    });

    expect(await inTurn(dying("worker-died"), fake("flite")).servedBy("Hello.")).toBe("flite");
    await expect(inTurn(dying("aborted"), fake("flite")).servedBy("Hello.")).rejects.toMatchObject({ code: "aborted" });
  });

  it("close together", async () => {
    const all = [fake("a"), fake("b")] as const;
    await inTurn(...all).speaker.close();

    expect(all.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });
});
