import { converse, isQuestion, languageOf } from "../description/index.js";
import { ControllerError } from "../domain/errors.js";
import type { EventBody } from "../domain/event.js";
import type { MissionResult } from "../domain/mission.js";
import type { HeldThing } from "../domain/scene.js";
import type { Perception } from "../ports/perception.js";
import { raceAbort, timeLimit, type Timers } from "../execution/index.js";
import { phrasesOf } from "./phrases-of.js";

export interface QuestionsOptions {
  readonly perception: Perception;
  readonly timers: Timers;
  readonly emit: (event: EventBody) => void;
  readonly held: () => HeldThing | undefined;
  /** For `mission-start`. */
  readonly names: Readonly<{ robot: string; planner: string; perception: string; seed?: number }>;
}

export interface Questions {
  /** What came as an instruction, where it surely is a question; undefined for everything else. */
  answer(text: string, options?: { readonly signal?: AbortSignal }): Promise<MissionResult> | undefined;
  /** When no question is being answered any more. */
  settled(): Promise<void>;
  /** Calls off what is being answered. */
  close(): Promise<void>;
}

const LOOK_TIMEOUT_MS = 60_000;

/**
 * Answers questions that are said or typed where instructions go, from one fresh look. Nothing is planned and nothing moves, so a robot
 * that is stopped or disarmed answers, too. The end claims no deed: `done` with the grade `observed`, and no receipts. Answers are made
 * of the robot's own few words, so there is nothing in them for a moderator to judge.
 */
export function createQuestions({ perception, timers, emit, held, names }: QuestionsOptions): Questions {
  const closing = new AbortController();
  let answering: Promise<unknown> = Promise.resolve();

  async function lookAndAnswer(text: string, signal: AbortSignal): Promise<MissionResult> {
    const look = await perception.look({ phrases: phrasesOf(text), held: held(), signal });
    signal.throwIfAborted();
    emit({ event: "scene", scene: look.scene });
    const answer = converse(text, look.scene, { history: [], language: languageOf(text) });
    if (!answer.ok) return ended("given-up", "unsupported", answer.message);
    emit({ event: "say", text: answer.value.text });
    return { outcome: "done", grade: "observed", message: answer.value.text, receipts: [] };
  }

  async function tell(text: string, given: AbortSignal | undefined): Promise<MissionResult> {
    const signals = [closing.signal, ...(given === undefined ? [] : [given])];
    const { signal, expired, cancel } = timeLimit(signals, LOOK_TIMEOUT_MS, timers);
    emit({ event: "mission-start", instruction: text, ...names });
    // Eyes may hang on; nobody waits for them.
    const result = await raceAbort(lookAndAnswer(text, signal), signal).catch((error: unknown): MissionResult => {
      if (expired()) {
        return ended(
          "failed",
          "timeout",
          "The look took too long; check the camera and the models with `handeye doctor`.",
        );
      }
      if (signal.aborted) return ended("stopped", "stopped", "The question was called off.");
      if (error instanceof ControllerError) return ended("failed", error.code, error.message);
      throw error;
    });
    cancel();
    emit({ event: "mission-end", ...result });
    return result;
  }

  return {
    answer(text, { signal } = {}) {
      if (!isQuestion(text)) return undefined;
      const told = answering.then(() => tell(text, signal));
      answering = told.catch(() => undefined);
      return told;
    },
    async settled() {
      await answering;
    },
    async close() {
      closing.abort();
      await answering;
    },
  };
}

const ended = (outcome: "given-up" | "failed" | "stopped", code: string, message: string): MissionResult => ({
  outcome,
  grade: outcome === "given-up" ? "refused" : "failed",
  code,
  message,
  receipts: [],
});
