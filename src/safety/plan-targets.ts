import type { Action, Destination, Target } from "../domain/action.js";
import type { Detection } from "../domain/detection.js";
import { deproject } from "../domain/geometry/project.js";
import { pointBoxDistance } from "../domain/kinematics/box-distance.js";
import type { Scene } from "../domain/scene.js";
import { covers } from "./labels.js";

/** A target with the part it plays: the thing that is handled, or where to. */
export type Pointed =
  { readonly role: "thing"; readonly target: Target } | { readonly role: "place"; readonly target: Destination };

/** Everything that an action points at, in the order in which the robot gets there. */
export function targetsOf(action: Action): readonly Pointed[] {
  switch (action.action) {
    case "approach":
    case "grasp":
    case "open":
    case "close":
      return [{ role: "thing", target: action.target }];
    case "move":
    case "push":
      return [
        { role: "thing", target: action.from },
        { role: "place", target: action.to },
      ];
    case "place":
      return [{ role: "place", target: action.to }];
    case "look":
      return typeof action.at === "string" ? [] : [{ role: "thing", target: action.at }];
    case "release":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return [];
  }
}

/** How far beside its measured body a point still counts as on a thing, metres. */
const ON_IT_M = 0.02;

/** The detection that a target means: by id, else the one whose body is at the pointed-at place. */
export function detectionAt(target: Target, scene: Scene): Detection | undefined {
  if (target.detectionId !== undefined) return scene.detections.find(({ id }) => id === target.detectionId);
  const point = deproject(scene.view, target);
  let nearest: Detection | undefined;
  let least = ON_IT_M;
  for (const detection of scene.detections) {
    const distance = pointBoxDistance(point, detection.extentInBase);
    if (distance <= least) {
      least = distance;
      nearest = detection;
    }
  }
  return nearest;
}

/** True when a target means what is in the hand. */
export function isHeld(target: Target, scene: Scene): boolean {
  if (scene.held === undefined) return false;
  if (target.detectionId !== undefined) {
    const detection = scene.detections.find(({ id }) => id === target.detectionId);
    return detection?.held === true;
  }
  return covers(target.label, scene.held.label) || covers(scene.held.label, target.label);
}
