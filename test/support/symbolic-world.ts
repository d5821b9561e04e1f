import { isMoving, type Action } from "../../src/domain/action.js";
import { deproject } from "../../src/domain/geometry/project.js";
import type { FailureCode, Receipt } from "../../src/domain/receipt.js";
import type { Scene } from "../../src/domain/scene.js";
import type { Color, DrawerState, Kind } from "../../src/domain/vocabulary.js";
import type { Planner, PlanRequest } from "../../src/ports/planner.js";
import { HEAD_VIEW, scene as newScene } from "./scene-builder.js";

export type DrawerSide = "left" | "right";

interface WorldThing {
  readonly id: string;
  readonly kind: Kind;
  readonly color: Color;
  readonly x: number;
  readonly y: number;
  readonly bottomM: number;
  readonly within?: DrawerSide;
}

const DRAWER_Y: Readonly<Record<DrawerSide, number>> = { left: -0.2, right: -0.48 };

/** What a mission run against the symbolic world came to. */
export interface SymbolicRun {
  /** `grasp red mug`, `move red apple -> sink` ...: the moving steps and the words, in order. */
  readonly log: readonly string[];
  readonly outcome: "done" | "give-up" | "asked" | "failed" | "too-long";
  readonly text: string;
  readonly history: readonly Receipt[];
}

/** A kitchen of symbols in which every step succeeds unless told otherwise: a mission loop without physics or pictures. */
export class SymbolicWorld {
  #things: WorldThing[] = [];
  #held: WorldThing | undefined;
  #drawers: Record<DrawerSide, DrawerState>;

  constructor(drawers: Partial<Record<DrawerSide, DrawerState>> = {}) {
    this.#drawers = { left: drawers.left ?? "closed", right: drawers.right ?? "closed" };
  }

  add(color: Color, kind: Kind, x: number, y: number, bottomM = 0.72): this {
    this.#things.push({ id: `${color}-${kind}`, kind, color, x, y, bottomM });
    return this;
  }

  hide(color: Color, kind: Kind, within: DrawerSide): this {
    this.#things.push({ id: `${color}-${kind}`, kind, color, x: 0.5, y: DRAWER_Y[within], bottomM: 0.79, within });
    return this;
  }

  drawer(side: DrawerSide): DrawerState {
    return this.#drawers[side];
  }

  scene(): Scene {
    const builder = newScene().drawer("left", this.#drawers.left).drawer("right", this.#drawers.right).sink().shelf();
    for (const { id, kind, color, x, y, bottomM, within } of this.#things) {
      if (within === undefined || this.#drawers[within] === "open") builder.add(kind, x, y, { id, color, bottomM });
    }
    builder.counterSpots();
    return this.#held === undefined ? builder.build() : builder.holding(this.#held.color, this.#held.kind).build();
  }

  /** Carries a step out, as a robot that never misses would. */
  apply(action: Action): void {
    switch (action.action) {
      case "grasp":
        this.#held = this.#things.find(({ id }) => id === action.target.detectionId);
        this.#things = this.#things.filter((thing) => thing !== this.#held);
        return;
      case "move":
      case "place": {
        const thing =
          action.action === "place" ? this.#held : this.#things.find(({ id }) => id === action.from.detectionId);
        if (thing === undefined) throw new Error(`Nothing to put down for ${action.action} ${action.to.label}.`);
        if (action.action === "move" && this.#held !== undefined) throw new Error("The hand is full.");
        this.#held = undefined;
        const [x, y, bottomM] = deproject(HEAD_VIEW, action.to);
        const within = (["left", "right"] as const).find((side) => action.to.detectionId === `${side}-drawer`);
        if (within !== undefined && this.#drawers[within] !== "open") throw new Error("The drawer is not open.");
        const { id, kind, color } = thing;
        this.#things = [
          ...this.#things.filter((other) => other !== thing),
          { id, kind, color, x, y, bottomM, ...(within && { within }) },
        ];
        return;
      }
      case "open":
      case "close": {
        if (action.action === "open" && this.#held !== undefined) throw new Error("The hand is full.");
        const side = action.target.detectionId === "left-drawer" ? "left" : "right";
        this.#drawers[side] = action.action === "open" ? "open" : "closed";
        return;
      }
      case "release":
      case "approach":
      case "push":
      case "look":
      case "wait":
      case "say":
      case "ask":
      case "done":
      case "give-up":
    }
  }

  /** Plans, carries out the first moving step, looks again: as a mission does. */
  async run(
    planner: Planner,
    instruction: string,
    options: {
      answers?: readonly string[];
      failWith?: (action: Action, attempt: number) => FailureCode | undefined;
    } = {},
  ): Promise<SymbolicRun> {
    const history: Receipt[] = [];
    const answers: PlanRequest["answers"][number][] = [];
    const log: string[] = [];
    const attempts = new Map<string, number>();
    const end = (outcome: SymbolicRun["outcome"], text: string): SymbolicRun => ({ log, outcome, text, history });

    for (let round = 0; round < 30; round++) {
      const plan = await planner.plan(
        { instruction, scene: this.scene(), history, answers },
        { signal: new AbortController().signal },
      );
      if (!plan.ok) return end("failed", `${plan.code}: ${plan.message}`);
      for (const action of plan.value.steps) {
        if (action.action === "done") return end("done", action.evidence);
        if (action.action === "give-up") return end("give-up", action.reason);
        if (action.action === "ask") {
          const answer = options.answers?.[answers.length];
          if (answer === undefined) return end("asked", `${action.question} ${action.choices.join(" | ")}`);
          answers.push({ question: action.question, answer });
          break;
        }
        log.push(summaryOf(action));
        const attempt = (attempts.get(summaryOf(action)) ?? 0) + 1;
        attempts.set(summaryOf(action), attempt);
        const code = isMoving(action) ? options.failWith?.(action, attempt) : undefined;
        if (code === undefined) this.apply(action);
        history.push({
          step: history.length + 1,
          action,
          grade: code === undefined ? "verified" : "failed",
          code,
          evidence: {},
        });
        if (isMoving(action)) break;
      }
    }
    return end("too-long", "");
  }
}

function summaryOf(action: Action): string {
  if ("from" in action) return `${action.action} ${action.from.label} -> ${action.to.label}`;
  if ("to" in action) return `${action.action} -> ${action.to.label}`;
  if ("target" in action) return `${action.action} ${action.target.label}`;
  if (action.action === "look" && typeof action.at === "string") return `look ${action.at}`;
  return action.action === "say" ? `say ${action.text}` : action.action;
}
