import type { Action } from "../../domain/action.js";
import { fail } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import type { Failure } from "../../domain/result.js";
import type { PlanFailure } from "../../ports/planner.js";
import { deproject } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Receipt } from "../../domain/receipt.js";
import type { ClauseContext } from "./context.js";
import { counterSpots } from "./spots.js";

/** Half width of a thing of unknown size, metres. */
export const DEFAULT_RADIUS_M = 0.035;

/** Where placing failed or was refused since the clause's last success, in metres. */
export function failedSpots(since: readonly Receipt[], scene: Scene): readonly Vec3[] {
  return since.flatMap(({ action, grade }) =>
    grade !== "verified" && (action.action === "place" || action.action === "move")
      ? [deproject(scene.view, action.to)]
      : [],
  );
}

export type HandWork =
  | { readonly kind: "steps"; readonly steps: readonly Action[] }
  | { readonly kind: "failure"; readonly failure: Failure<PlanFailure> };

/** Steps that leave the hand empty: none if it is, else the thing goes to the roomiest place on the counter. */
export function freeHand({ scene, progress }: ClauseContext): HandWork {
  if (scene.held === undefined) return { kind: "steps", steps: [] };
  const radiusM = radiusOf(scene.held.sizeM);
  const [spot] = counterSpots(scene, { radiusM, failed: failedSpots(progress.since, scene) });
  if (spot === undefined)
    return {
      kind: "failure",
      failure: fail(
        "unsupported",
        `The hand holds the ${scene.held.label}, and no free place to put it down is in sight.`,
      ),
    };
  return { kind: "steps", steps: [{ action: "place", to: { label: "counter", ...spot.point, placement: "on" } }] };
}

export const radiusOf = (sizeM: readonly [number, number, number] | undefined): number =>
  sizeM === undefined ? DEFAULT_RADIUS_M : (sizeM[0] + sizeM[1]) / 4;
