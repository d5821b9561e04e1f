import { expect, it, vi } from "vitest";
import { createFakeRuntime } from "../../../test/support/fake-runtime.js";
import type { Voice } from "../../app/voice.js";
import { unframeSound } from "../../domain/remote/framing.js";
import { fail, ok } from "../../domain/result.js";
import type { Outbox } from "./outbox.js";
import { createVoiceDesk, type VoiceDeskOptions } from "./voice-desk.js";

const WAV = Uint8Array.of(82, 73, 70, 70);

function start(speak: Voice["speak"]) {
  const sent: { topic: string; payload: Uint8Array }[] = [];
  const voice: Voice = { speak, hear: () => Promise.reject(new Error("Nobody speaks here.")), close: async () => {} };
  const outbox: Partial<Outbox> = { bytes: (topic, payload) => void sent.push({ topic, payload }) };
  // Speaking takes no more than these.
  const options: Partial<VoiceDeskOptions> = {
    voice,
    outbox: outbox as Outbox,
    runtime: createFakeRuntime(),
    nowMs: () => Date.parse("2026-03-01T12:00:00Z"),
  };
  const desk = createVoiceDesk(options as VoiceDeskOptions);
  return { desk, sent };
}

it("sends what is said with its words, its time and the speaker that it came from", async () => {
  const { desk, sent } = start(async () => ok({ wav: WAV, speaker: "melotts" }));

  desk.publish({ timeMs: 0, event: "say", text: "The drawer is open." });
  await vi.waitFor(() => expect(sent).toHaveLength(1));

  const { header, wav } = unframeSound(sent[0].payload)!;
  expect(sent[0].topic).toBe("speech");
  expect(JSON.parse(header)).toEqual({
    text: "The drawer is open.",
    at: "2026-03-01T12:00:00.000Z",
    speaker: "melotts",
  });
  expect(wav).toEqual(WAV);
});

it("sends nothing where nobody could speak, and goes on", async () => {
  const { desk, sent } = start(async (text) =>
    text === "完成" ? fail("unsupported-language", "English only.") : ok({ wav: WAV, speaker: "flite" }),
  );

  desk.publish({ timeMs: 0, event: "say", text: "完成" });
  desk.publish({ timeMs: 0, event: "say", text: "Done." });
  await vi.waitFor(() => expect(sent).toHaveLength(1));

  expect(JSON.parse(unframeSound(sent[0].payload)!.header)).toMatchObject({ text: "Done." });
});
