import { createRandom, type Random } from "../../../src/domain/random.js";
import { ControllerError } from "../../../src/domain/errors.js";
import {
  CATALOGUE,
  createScene,
  type MovableKind,
  type SceneOptions,
  type SceneSpec,
} from "../../../sim/scenes/index.js";
import { isUnseenCombination, UNSEEN_COMBINATIONS, type Split } from "./splits.js";

const KITCHEN_SHARE = 0.6;

/**
 * The scene of a seed. Two or three things are required, drawn evenly over kinds and then over their colours, because the
 * scenes' own frequencies make some words rare. Training scenes never hold the unseen combinations; evaluation asks for them.
 */
export function trainingScene(split: Split, seed: number): SceneSpec {
  const random = createRandom(seed).fork("training-scene");
  const layout = random.chance(KITCHEN_SHARE) ? "kitchen" : "tabletop";
  const forbid = split === "evaluate" ? [] : UNSEEN_COMBINATIONS;
  const count = 4 + random.below(layout === "tabletop" ? 8 : 7);
  const require = drawRequired(split, random, 2 + random.below(2));
  try {
    return createScene(layout, seed, { require, forbid, count });
  } catch (error) {
    if (!(error instanceof ControllerError) || error.code !== "bad-input") throw error;
    return createScene(layout, seed, { forbid, count });
  }
}

function drawRequired(split: Split, random: Random, count: number): NonNullable<SceneOptions["require"]> {
  const kinds = Object.keys(CATALOGUE) as MovableKind[];
  const drawn = Array.from({ length: count }, () => {
    const kind = random.pick(kinds);
    return { kind, color: random.pick(CATALOGUE[kind].colors) };
  });
  if (split === "evaluate" && random.chance(0.5)) drawn[0] = random.pick(UNSEEN_COMBINATIONS);
  return split === "evaluate" ? drawn : drawn.filter(({ kind, color }) => !isUnseenCombination(kind, color));
}
