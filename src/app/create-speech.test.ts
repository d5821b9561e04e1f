import { describe, expect, it } from "vitest";
import { createSpeaker, createTranscriber } from "./create-speech.js";
import { launchSchema, type Launch } from "./launch/launch-schema.js";

const launch = (speech: object, more: object = {}): Launch =>
  launchSchema.parse({ robot: { type: "sim" }, speech, ...more });
const SERVER = { type: "openai-compatible", baseUrl: "https://api.example.com/v1" };

describe("ears and voice of a launch file", () => {
  it("are on board when nothing is said about them", () => {
    const { speech } = launchSchema.parse({ robot: { type: "sim" } });

    expect(speech).toMatchObject({ transcriber: { type: "onboard" }, speaker: { type: "flite", voice: "slt" } });
  });

  it("send nothing off the machine when offline is set", async () => {
    await expect(createTranscriber(launch({ transcriber: SERVER }, { offline: true }))).rejects.toMatchObject({
      code: "bad-launch-file",
    });
    await expect(createSpeaker(launch({ speaker: SERVER }, { offline: true }))).rejects.toMatchObject({
      code: "bad-launch-file",
    });
    const local = { ...SERVER, baseUrl: "http://127.0.0.1:8000/v1" };
    expect(await createTranscriber(launch({ transcriber: local }, { offline: true }))).toMatchObject({
      leavesMachine: false,
    });
  });

  it("take their key from the variable that is named, and say so when it is not set", async () => {
    const wanted = launch({ transcriber: { ...SERVER, apiKeyEnv: "EARS_KEY" } });

    await expect(createTranscriber(wanted, { env: {} })).rejects.toThrow(/EARS_KEY, which is not set/);
    expect(await createTranscriber(wanted, { env: { EARS_KEY: "k" } })).toMatchObject({ leavesMachine: true });
  });

  it("speak with espeak-ng where it is asked for", async () => {
    expect(await createSpeaker(launch({ speaker: { type: "espeak-ng" } }))).toMatchObject({ name: "espeak-ng" });
  });
});
