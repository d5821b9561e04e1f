import type { Destination } from "../../domain/action.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Scene } from "../../domain/scene.js";
import type { PlanFailure } from "../../ports/planner.js";
import { findDestination } from "./destination.js";
import type { Place } from "./program.js";

const NOTHING_DONE = { settled: false, count: 0, end: 0, since: [], achieved: [] } as const;

/** Where something would be put that is to go to the place, without moving anything; metres in the base frame beside it. */
export function pointAtPlace(
  place: Place,
  scene: Scene,
): Result<{ readonly destination: Destination; readonly positionInBase: Vec3 }, PlanFailure> {
  const found = findDestination(place, { scene, answers: [], history: [], progress: NOTHING_DONE }, undefined);
  if (found.kind === "ready") return ok({ destination: found.destination, positionInBase: found.position });
  const { work } = found;
  if (work.kind === "failure") return work.failure;
  const step = work.kind === "steps" ? work.steps[0] : undefined;
  if (step?.action === "ask") return fail("ambiguous", step.question);
  const reason = step?.action === "give-up" ? step.reason : `I see no free place ${place.text}.`;
  return fail("not-visible", reason);
}
