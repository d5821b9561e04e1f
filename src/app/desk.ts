import { createHash } from "node:crypto";
import type { Answer, ApprovalAnswer } from "../execution/index.js";
import type { ApprovalCard, Approve } from "./create-approvals.js";

/** A card on the desk: what is asked, under a name, and bound to exactly one action. */
export interface DeskCard extends ApprovalCard {
  readonly id: string;
  /** SHA-256 of the action and of the frame that it was planned on: an answer for another action does not count. */
  readonly digest: string;
}

export interface DeskQuestion {
  readonly id: string;
  readonly question: string;
  readonly choices: readonly string[];
}

export type Desk = ReturnType<typeof createDesk>;

export interface DeskListener {
  readonly card?: (card: DeskCard) => void;
  readonly question?: (question: DeskQuestion) => void;
  /** A card or a question that nobody needs to answer any more, and how it ended. */
  readonly closed?: (id: string, how: ApprovalAnswer | "answered") => void;
}

export type DecideVerdict = "taken" | "unknown-request" | "wrong-digest" | "own-request";

/**
 * Where the mission's questions and approvals wait for people, whatever way these are connected. It knows nothing of networks:
 * transports show what lies on it and bring answers.
 */
export function createDesk({ newId }: { readonly newId: () => string }) {
  const listeners = new Set<DeskListener>();
  const cards = new Map<string, { card: DeskCard; settle: (answer: ApprovalAnswer) => void }>();
  const questions = new Map<string, { question: DeskQuestion; settle: (text: string | undefined) => void }>();
  /** Who asked for the mission that runs: they cannot approve its steps where that is not theirs to do. */
  let barred: string | undefined;

  const tell = (announce: (listener: DeskListener) => void): void =>
    listeners.forEach((listener) => announce(listener));

  const approve: Approve = (given, { signal }) =>
    new Promise((resolve) => {
      const card: DeskCard = { ...given, id: newId(), digest: digestOf(given) };
      const settle = (answer: ApprovalAnswer): void => {
        if (!cards.delete(card.id)) return;
        signal.removeEventListener("abort", expire);
        tell((listener) => listener.closed?.(card.id, answer));
        resolve(answer);
      };
      const expire = (): void => settle("expired");
      cards.set(card.id, { card, settle });
      signal.addEventListener("abort", expire, { once: true });
      if (signal.aborted) return expire();
      tell((listener) => listener.card?.(card));
    });

  const answer: Answer = (text, choices, { signal }) =>
    new Promise((resolve) => {
      const question: DeskQuestion = { id: newId(), question: text, choices };
      const settle = (said: string | undefined): void => {
        if (!questions.delete(question.id)) return;
        signal.removeEventListener("abort", leave);
        tell((listener) => listener.closed?.(question.id, said === undefined ? "expired" : "answered"));
        resolve(said);
      };
      const leave = (): void => settle(undefined);
      questions.set(question.id, { question, settle });
      signal.addEventListener("abort", leave, { once: true });
      if (signal.aborted) return leave();
      tell((listener) => listener.question?.(question));
    });

  return {
    /** For the runtime's options. */
    approve,
    answer,
    /** Reads the desk from now on, beginning with what lies on it. Returns the function that ends it. */
    listen(listener: DeskListener): () => void {
      listeners.add(listener);
      for (const { card } of cards.values()) listener.card?.(card);
      for (const { question } of questions.values()) listener.question?.(question);
      return () => void listeners.delete(listener);
    },
    /** Somebody whose own approvals do not count for the mission that runs, such as a program that asked for it. */
    bar(who: string | undefined): void {
      barred = who;
    },
    decide(id: string, digest: string, decision: "approved" | "denied", by: string): DecideVerdict {
      const waiting = cards.get(id);
      if (waiting === undefined) return "unknown-request";
      if (waiting.card.digest !== digest) return "wrong-digest";
      if (decision === "approved" && by === barred) return "own-request";
      waiting.settle(decision);
      return "taken";
    },
    reply(id: string, text: string): boolean {
      const waiting = questions.get(id);
      waiting?.settle(text);
      return waiting !== undefined;
    },
    /** The question that is open, for an answer that does not name one. */
    get openQuestion(): DeskQuestion | undefined {
      return [...questions.values()].at(-1)?.question;
    },
  };
}

const digestOf = ({ action, scene }: ApprovalCard): string =>
  createHash("sha256")
    .update(JSON.stringify([action, scene.view.camera, scene.view.sequence]))
    .digest("hex");
