import type { Action } from "../../domain/action.js";
import type { OverlayReport } from "../../domain/remote/reports.js";
import type { Scene } from "../../domain/scene.js";

const round = (value: number): number => Number(value.toFixed(4));
const rounded = ([x, y, z]: readonly [number, number, number]): [number, number, number] => [
  round(x),
  round(y),
  round(z),
];

/** What was seen, and where the plan leads, without masks: small enough for every look. */
export function overlayReport(scene: Scene, steps: readonly Action[]): OverlayReport {
  const { view } = scene;
  const { position, orientation } = view.poseInBase;
  return {
    sequence: view.sequence,
    camera: view.camera,
    view: {
      width: view.width,
      height: view.height,
      intrinsics: { ...view.intrinsics },
      poseInBase: { position: rounded(position), orientation: [...orientation] },
    },
    base: { ...scene.robot.basePoseInOdom },
    things: scene.detections.map((thing) => ({
      id: thing.id,
      label: thing.label,
      score: round(thing.score),
      box: { x0: round(thing.box.x0), y0: round(thing.box.y0), x1: round(thing.box.x1), y1: round(thing.box.y1) },
      point: { x: round(thing.point.x), y: round(thing.point.y), z: round(thing.point.z) },
      positionInBase: rounded(thing.positionInBase),
      sizeM: rounded(thing.extentInBase.sizeM),
      ageS: round(thing.ageS),
      ...(thing.held === true ? { held: true } : {}),
    })),
    path: steps.flatMap(placesOf),
  };
}

type Place = OverlayReport["path"][number];

/** The places of an action in the order in which the hand comes by. */
function placesOf(action: Action): Place[] {
  const place = ({ x, y, z, label }: Place): Place => ({ x: round(x), y: round(y), z: round(z), label });
  switch (action.action) {
    case "approach":
    case "grasp":
    case "open":
    case "close":
      return [place(action.target)];
    case "move":
    case "push":
      return [place(action.from), place(action.to)];
    case "place":
      return [place(action.to)];
    case "release":
    case "look":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return [];
  }
}
