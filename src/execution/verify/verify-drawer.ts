import { dot, subtract, type Vec3 } from "../../domain/geometry/vec3.js";
import type { Detection } from "../../domain/detection.js";
import type { Effect } from "../effect.js";
import { freshDetections, kindOf } from "../same-thing.js";
import { framesOf, notVerified, verified, type Looks, type Verdict } from "./verdict.js";

type Drawer = Extract<Effect, { kind: "opened" | "closed" }>;

/** A handle that has come this far towards the robot belongs to an opened drawer. */
const OPENED_BY_M = 0.08;
/** A drawer that the hand has pushed home has come at least this far: by less, nothing was closed. */
const CLOSED_BY_M = 0.02;
/** Without having felt its end, the handle must have gone most of the hand's way; with it, the hand may have slid along the bar. */
const CLOSED_PART = 0.7;
/** How far beside or above its track a handle may be seen and still be the same one. */
const OFF_TRACK_M = 0.07;
const SURE = 0.6;

/**
 * The handle has moved along its track by what opening or closing takes, and the drawer's looks do not say otherwise; or,
 * where the handle is not found again, the drawer's looks say clearly open or closed and they did not before.
 */
export function verifyDrawer(effect: Drawer, looks: Looks): Verdict {
  const evidence = { frames: framesOf(looks), gripperWidthM: looks.after.scene.robot.gripper.widthM };
  const detections = freshDetections(looks.after.scene);
  const handle = onTrack(effect, detections, "handle");
  const drawer = detections.find((d) => d.id === effect.detectionId) ?? onTrack(effect, detections, "drawer");
  const wanted = effect.kind === "opened" ? "open" : "closed";
  const opposite = effect.kind === "opened" ? "closed" : "open";
  const code = effect.kind === "opened" ? "not-opened" : "not-closed";
  const state = drawer?.attributes?.state?.[0];
  const saysOpposite = state !== undefined && state[0] === opposite && state[1] >= SURE;

  if (handle !== undefined) {
    const movedM = along(effect, handle.positionInBase);
    const cm = Math.round(Math.abs(movedM) * 100);
    const seen = { ...evidence, seenAt: handle.positionInBase };
    const closedBy =
      effect.metEnd && state !== undefined ? CLOSED_BY_M : Math.max(CLOSED_BY_M, effect.travelledM * CLOSED_PART);
    const moved =
      effect.kind === "opened"
        ? movedM >= OPENED_BY_M
        : -movedM >= closedBy && (state === undefined || state[0] === "closed");
    if (moved && !saysOpposite) {
      const way = movedM > 0 ? "towards the robot" : "back";
      return verified({ ...seen, note: `the handle is seen ${cm} cm further ${way}` });
    }
    if (moved || Math.abs(movedM) < 0.03) {
      return notVerified(code, `The ${effect.label} does not look ${wanted}: its handle moved by ${cm} cm.`, seen);
    }
    return notVerified(code, `The ${effect.label} moved only ${cm} cm.`, seen);
  }
  if (
    drawer !== undefined &&
    state !== undefined &&
    state[0] === wanted &&
    state[1] >= SURE &&
    !wasAlready(effect, looks)
  ) {
    return verified({ ...evidence, seenAt: drawer.positionInBase, note: `the ${effect.label} looks ${wanted}` });
  }
  return notVerified(
    "not-verified",
    `Neither the handle nor the state of the ${effect.label} is seen clearly.`,
    evidence,
  );
}

function wasAlready(effect: Drawer, { before }: Looks): boolean {
  const was = before.scene.detections.find((d) => d.id === effect.detectionId)?.attributes?.state?.[0]?.[0];
  return was === (effect.kind === "opened" ? "open" : "closed");
}

/** Displacement from the handle's old place along the opening direction, metres. */
const along = (effect: Drawer, position: Vec3): number => dot(subtract(position, effect.handleAt), effect.opening);

/** The nearest detection of a kind on the line along which the drawer slides. */
function onTrack(effect: Drawer, detections: readonly Detection[], kind: string): Detection | undefined {
  const offTrack = (d: Detection): number => {
    const offset = subtract(d.positionInBase, effect.handleAt);
    const forward = dot(offset, effect.opening);
    return Math.hypot(
      offset[0] - forward * effect.opening[0],
      offset[1] - forward * effect.opening[1],
      kind === "handle" ? offset[2] - forward * effect.opening[2] : 0,
    );
  };
  return detections
    .filter((d) => kindOf(d) === kind && offTrack(d) < OFF_TRACK_M && Math.abs(along(effect, d.positionInBase)) < 0.3)
    .sort((a, b) => offTrack(a) - offTrack(b))[0];
}
