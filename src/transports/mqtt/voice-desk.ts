import type { Desk } from "../../app/desk.js";
import type { Runtime } from "../../app/runtime.js";
import type { Voice } from "../../app/voice.js";
import type { HandeyeEvent } from "../../domain/event.js";
import { frameSound } from "../../domain/remote/framing.js";
import type { Letter } from "./inbox.js";
import type { Operations, Reply } from "./operations.js";
import type { Outbox } from "./outbox.js";

type AudioLetter = Extract<Letter, { kind: "audio" }>;

export interface VoiceDeskOptions {
  readonly voice: Voice;
  readonly runtime: Runtime;
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly nowMs: () => number;
  readonly operations: () => Operations;
  readonly answer: (letter: AudioLetter, reply: Reply) => void;
}

/** What is said over MQTT becomes commands and answers; what the robot has to say goes out as sound. */
export interface VoiceDesk {
  hear(letter: AudioLetter): void;
  publish(event: HandeyeEvent): void;
  close(): Promise<void>;
}

export function createVoiceDesk(options: VoiceDeskOptions): VoiceDesk {
  const { voice, runtime, desk, outbox, nowMs } = options;
  const closing = new AbortController();
  let saying: AbortController | undefined;

  async function understand(letter: AudioLetter): Promise<void> {
    const { message, operator, role } = letter;
    const { id, language, purpose, questionId } = message;
    const heard = await voice.hear(letter.wav, {
      signal: closing.signal,
      ...(language === undefined ? {} : { language }),
    });
    const at = new Date(nowMs()).toISOString();
    if (heard.kind === "stop") {
      runtime.stop();
      outbox.report("transcript", { id, operator, text: "stop", purpose: "stop", at });
      return;
    }
    const { result } = heard;
    if (!result.ok) {
      options.answer(letter, { accepted: false, code: result.code, message: result.message });
      return;
    }
    const { text, confidence } = result.value;
    const certainty = confidence === undefined ? {} : { confidence };
    outbox.report("transcript", { id, operator, text, purpose, at, ...certainty });
    if (purpose === "answer" && questionId !== undefined) {
      const isTaken = desk.reply(questionId, text);
      options.answer(letter, isTaken ? { accepted: true } : { accepted: false, code: "unknown-question" });
      return;
    }
    // Where every step needs a person's word, so do the words themselves.
    if (runtime.limits().approve !== "auto") {
      const said = await desk.answer(`Heard “${text}”. Carry it out?`, ["yes", "no"], {
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(runtime.launch.mission.approvalTimeoutS * 1000)]),
      });
      if (said === undefined || !/^\s*(y|yes|ok|是|好|可以)/i.test(said)) {
        options.answer(letter, { accepted: false, code: "not-confirmed", message: `“${text}” was not confirmed.` });
        return;
      }
    }
    options.answer(letter, options.operations().command({ id, instruction: text }, operator, role));
  }

  async function say(text: string): Promise<void> {
    saying?.abort();
    const mine = new AbortController();
    saying = mine;
    const spoken = await voice.speak(text, { signal: AbortSignal.any([mine.signal, closing.signal]) });
    if (!spoken.ok || mine.signal.aborted) return;
    const header = { text, at: new Date(nowMs()).toISOString(), speaker: spoken.value.speaker };
    outbox.bytes("speech", frameSound(header, spoken.value.wav));
  }

  return {
    hear(letter) {
      understand(letter).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        options.answer(letter, { accepted: false, code: "model-failed", message });
      });
    },
    publish(event) {
      const text = spokenText(event);
      // A robot that cannot speak still works; its words are on the page.
      if (text !== undefined) say(text).catch(() => undefined);
    },
    async close() {
      closing.abort();
      await voice.close();
    },
  };
}

/** What is said aloud. Success is spoken for a verified end, and for nothing else. */
export function spokenText(event: HandeyeEvent): string | undefined {
  switch (event.event) {
    case "say":
      return event.text;
    case "ask":
      return [event.question, event.choices.join(", ")].filter((part) => part !== "").join(" ");
    case "mission-end":
      if (event.outcome === "done" && event.grade === "verified") return `Done. ${event.message}`;
      // The answer to a question has been said already.
      if (event.outcome === "done" && event.grade === "observed") return undefined;
      if (event.outcome === "stopped") return "Stopped.";
      return `Not done. ${event.message}`;
    case "mission-start":
    case "state":
    case "scene":
    case "plan":
    case "plan-verdict":
    case "action-start":
    case "command":
    case "receipt":
    case "answer":
    case "note":
      return undefined;
  }
}
