import { beforeAll, describe, expect, it } from "vitest";
import { tone } from "../../test/support/audio-files.js";
import { createFliteSpeaker } from "../adapters/speech/create-flite-speaker.js";
import { joinSounds } from "../domain/speech/join-sounds.js";
import type { Sound } from "../domain/speech/sound.js";
import { answerAboutSound, describeSound, soundEvents } from "./describe-sound.js";

const silence = (seconds: number): Sound => tone({ seconds, amplitude: 0 });
const beep = tone({ seconds: 2 });

let said: Sound;
beforeAll(async () => {
  const speaker = await createFliteSpeaker();
  const spoken = await speaker.speak("Somebody is at the door.", { signal: new AbortController().signal });
  await speaker.close();
  if (!spoken.ok) throw new Error(spoken.message);
  said = spoken.value;
});

describe("a sound in words, by rules", () => {
  it("is one sentence in English or Chinese", () => {
    expect(describeSound(beep, "en")).toBe(
      "A sound of 2.0 s: a tone, or tones, about -13 dBFS loud; 0 % of it is silent.",
    );
    expect(describeSound(said, "zh")).toMatch(/^一段 \d\.\d 秒的声音：说话声，响度约 -\d+ dBFS，其中 \d+% 是静音。$/);
    expect(describeSound(silence(1), "en")).toContain("silence");
  });

  it("is a list of what is heard when", () => {
    const both = joinSounds([silence(3), said, silence(3), beep, silence(3)]);
    const speechEndS = 3 + said.samples.length / said.sampleRateHz;

    const events = soundEvents(both, "en");

    expect(events.map(({ label }) => label)).toEqual(["speech", "a tone, or tones"]);
    expect(events[0].startS).toBeCloseTo(3, 0);
    expect(events[0].endS).toBeCloseTo(speechEndS, 0);
    expect(events[1].startS).toBeCloseTo(speechEndS + 3, 0);
    expect(soundEvents(beep, "zh")).toEqual([{ label: "音调", startS: 0, endS: 2 }]);
    expect(soundEvents(silence(2), "en")).toEqual([]);
  });

  it.each([
    ["How long is it?", "2.0 s"],
    ["how long does this recording last", "2.0 s"],
    ["有多长？", "2.0 s"],
    ["How loud is the sound?", "-13 dBFS"],
    ["Is anybody speaking?", "No."],
    ["Is it silent?", "No."],
    ["What is it?", "A sound of 2.0 s"],
  ])("answers %s", (question, answer) => {
    expect(answerAboutSound(beep, question, "en")).toContain(answer);
  });

  it("says yes where somebody speaks, in Chinese too", () => {
    expect(answerAboutSound(said, "Is someone talking?", "en")).toBe("Yes.");
    expect(answerAboutSound(said, "有人在说话吗？", "zh")).toBe("是。");
  });

  it.each(["How long is the pause?", "Is the man speaking French?", "Who is speaking?", "Why?"])(
    "does not pretend to know: %s",
    (question) => {
      expect(answerAboutSound(said, question, "en")).toBeUndefined();
    },
  );
});
