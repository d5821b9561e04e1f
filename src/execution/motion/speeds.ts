import type { Scene } from "../../domain/scene.js";

/** Every speed, force and clearance of the built-in motions, in one place. The guard's limits lie above them. */
export const SPEEDS = {
  /** Tool in free space, and on the last stretch towards things; with something in the hand. */
  freeMps: 0.5,
  nearMps: 0.15,
  /** The same where the way is tight or roughly measured: a palm that meets a rim at this speed presses, it does not hit. */
  gentleMps: 0.04,
  loadedMps: 0.3,
  pullMps: 0.15,
  /** Towards something that will stop the hand: slow enough for the arm to feel its way. */
  pressMps: 0.05,
  pushMps: 0.1,
  /** Joints on the way through free space; the tool's own speeds hold as well. */
  freeRadps: 1.3,
  loadedRadps: 0.8,
  /** Tool on joint-space ways. */
  freeSwingMps: 1,
  loadedSwingMps: 0.3,
  tightSwingMps: 0.15,
} as const;

export const FORCES = { graspN: 55, handleN: 60, openN: 20 } as const;

export const CLEARANCES = {
  /** Travel height above the highest thing seen, to the lowest point of hand or load. */
  travelM: 0.06,
  /** Where the last straight stretch down begins, above the pose. */
  approachM: 0.1,
  /** From the tool centre point up to the palm. */
  palmM: 0.043,
  /** From the tool centre point down to the fingertips, and a little more. */
  fingertipM: 0.012,
  /** The tool centre point never goes closer to what a thing stands on. */
  aboveSupportM: 0.012,
  /** Free room between an opened finger and the thing, both sides together. */
  openingM: 0.03,
  /** Height from which a thing is let go above the surface. */
  releaseM: 0.006,
} as const;

/** Room on all sides from which on the last stretch is gone at full speed. */
const ROOMY_M = 0.02;

/** Speed of the last straight stretch towards a thing or place. */
export const finalSpeedMps = (clearanceM: number, depthSource: Scene["depthSource"]): number =>
  clearanceM > ROOMY_M && depthSource !== "model" ? SPEEDS.nearMps : SPEEDS.gentleMps;
