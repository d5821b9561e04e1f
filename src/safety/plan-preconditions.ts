import type { Action, Target } from "../domain/action.js";
import { fail, type Failure } from "../domain/result.js";
import type { Scene } from "../domain/scene.js";

/** What is in the hand before a step: true, false, or the thing as the scene names it. */
export type Hand = "empty" | "full";

export const handOf = (scene: Scene): Hand => (scene.held === undefined ? "empty" : "full");

/** Fails when a step needs another hand than it will find. */
export function checkHand(
  action: Action,
  hand: Hand,
  held: (target: Target) => boolean,
): Failure<"hand-full" | "hand-empty"> | undefined {
  switch (action.action) {
    case "grasp":
    case "open":
    case "close":
    case "push":
      return hand === "full" ? handFull(action.action) : undefined;
    case "move":
      return hand === "full" && !held(action.from) ? handFull("move something else") : undefined;
    case "place":
      return hand === "empty" ? fail("hand-empty", "Nothing is held that could be placed. Grasp it first.") : undefined;
    case "approach":
    case "release":
    case "look":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return undefined;
  }
}

const handFull = (what: string): Failure<"hand-full"> =>
  fail("hand-full", `The hand must be empty to ${what}. Place or release what is held first.`);

/** What is in the hand after a step that succeeds. */
export function handAfter(action: Action, hand: Hand): Hand {
  switch (action.action) {
    case "grasp":
      return "full";
    case "move":
    case "place":
    case "release":
      return "empty";
    case "approach":
    case "open":
    case "close":
    case "push":
    case "look":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return hand;
  }
}
