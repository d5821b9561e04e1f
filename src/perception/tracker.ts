import type { Detection } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import type { Pose2d } from "../domain/geometry/pose.js";
import { project } from "../domain/geometry/project.js";
import { distance, type Vec3 } from "../domain/geometry/vec3.js";
import { kindOf, type Measurement } from "./measure.js";
import { depthAt, type CameraView } from "./surface-points.js";

/** One look, measured, as the tracker needs it. */
export interface TrackInput {
  readonly view: CameraView;
  readonly depth: DepthMap;
  readonly sequence: number;
  readonly capturedAtMs: number;
  readonly basePoseInOdom: Pose2d;
  readonly measurements: readonly Measurement[];
}

export interface Tracker {
  /** Gives ids to what is seen and adds what was seen lately and is only out of view or hidden now. */
  update(input: TrackInput): readonly Detection[];
  reset(): void;
}

interface Track {
  readonly detection: Detection;
  /** The base's pose when it was last seen: the base may drive on, things stay in odometry. */
  readonly basePose: Pose2d;
  readonly seenAtMs: number;
  readonly missedLooks: number;
}

/** Farthest that a thing is taken for the same between two looks, metres; big places are measured less steadily. */
const SAME_PLACE_M = 0.06;
const SAME_BIG_PLACE_M = 0.15;
/** Looks after which an unseen thing is forgotten. */
const MAX_MISSED_LOOKS = 6;
/** Depth in front of where a thing should be that counts as hiding it. */
const HIDDEN_BY_M = 0.03;

/** Follows things from look to look by place and words. Ids count up from d1 and are never given twice until `reset`. */
export function createTracker(): Tracker {
  let tracks: readonly Track[] = [];
  let nextId = 1;

  return {
    update(input) {
      const known = tracks.map((track) => moveToBase(track, input.basePoseInOdom));
      const matches = match(known, input.measurements);
      const seen = input.measurements.map((measurement, i): Track => {
        const id = matches.get(i)?.detection.id ?? `d${nextId++}`;
        const detection = { ...measurement, id, seenInFrame: input.sequence, ageS: 0 };
        return { detection, basePose: input.basePoseInOdom, seenAtMs: input.capturedAtMs, missedLooks: 0 };
      });
      const matched = new Set(matches.values());
      const unseen = known
        .filter((track) => !matched.has(track) && track.missedLooks < MAX_MISSED_LOOKS)
        .map((track) => ({ ...track, missedLooks: track.missedLooks + 1 }));
      tracks = [...seen, ...unseen];
      const remembered = unseen
        .filter((track) => isOutOfSight(input, track.detection.positionInBase))
        .map((track) => remember(track, input));
      return [...seen.map((track) => track.detection), ...remembered];
    },
    reset() {
      tracks = [];
      nextId = 1;
    },
  };
}

/** Pairs by place first; then, where one thing and one track of the same words are left, takes it for moved. */
function match(tracks: readonly Track[], measurements: readonly Measurement[]): Map<number, Track> {
  const pairs = tracks
    .flatMap((track) =>
      measurements.map((measurement, index) => ({ track, index, cost: cost(track.detection, measurement) })),
    )
    .filter((pair) => pair.cost < Infinity)
    .sort((a, b) => a.cost - b.cost);
  const found = new Map<number, Track>();
  const taken = new Set<Track>();
  for (const { track, index } of pairs) {
    if (found.has(index) || taken.has(track)) continue;
    found.set(index, track);
    taken.add(track);
  }
  const openTracks = tracks.filter((track) => !taken.has(track));
  const openIndices = measurements.map((_, i) => i).filter((i) => !found.has(i));
  for (const index of openIndices) {
    const { label } = measurements[index];
    const sameTracks = openTracks.filter((track) => track.detection.label === label);
    const sameThings = openIndices.filter((i) => measurements[i].label === label);
    if (sameTracks.length === 1 && sameThings.length === 1) found.set(index, sameTracks[0]);
  }
  return found;
}

/** Metres between the two, more where the words differ; Infinity when they cannot be the same thing. */
function cost(before: Detection, now: Measurement): number {
  const apart = distance(before.extentInBase.center, now.extentInBase.center);
  const size = Math.max(...before.extentInBase.sizeM, ...now.extentInBase.sizeM);
  if (apart > (size > 0.2 ? SAME_BIG_PLACE_M : SAME_PLACE_M)) return Infinity;
  if (before.label === now.label) return apart;
  // A drawer and its handle stand as close together as two readings of one mug, and are never each other.
  const [kind, kindNow] = [kindOf(before), kindOf(now)];
  const fixed = ["drawer", "handle", "sink", "shelf", "zone", "bowl"];
  if (kind !== kindNow && (fixed.includes(kind ?? "") || fixed.includes(kindNow ?? ""))) return Infinity;
  return apart + (kind === kindNow ? 0.02 : 0.04);
}

/** Outside the picture, or something nearer stands in the line of sight. In plain view and not found means gone. */
function isOutOfSight(input: TrackInput, position: Vec3): boolean {
  const at = project(input.view, position);
  if (at.z <= 0 || at.x < 0 || at.x >= 1 || at.y < 0 || at.y >= 1) return true;
  const metres = depthAt(input.view, input.depth, at.x * input.view.width, at.y * input.view.height);
  return metres > 0 && metres < at.z - HIDDEN_BY_M;
}

function remember(track: Track, input: TrackInput): Detection {
  const at = project(input.view, track.detection.positionInBase);
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return {
    ...track.detection,
    point: { x: clamp(at.x), y: clamp(at.y), z: Math.max(0, at.z) },
    ageS: Math.max(0, input.capturedAtMs - track.seenAtMs) / 1000,
  };
}

/** The track's places, given in the base frame of then, in the base frame of now. */
function moveToBase(track: Track, now: Pose2d): Track {
  const then = track.basePose;
  const turn = then.yawRad - now.yawRad;
  const dx = then.xM - now.xM;
  const dy = then.yM - now.yM;
  if (Math.abs(turn) < 1e-9 && Math.abs(dx) < 1e-9 && Math.abs(dy) < 1e-9) return track;
  const c = Math.cos(turn);
  const s = Math.sin(turn);
  const shiftX = Math.cos(now.yawRad) * dx + Math.sin(now.yawRad) * dy;
  const shiftY = -Math.sin(now.yawRad) * dx + Math.cos(now.yawRad) * dy;
  const move = ([x, y, z]: Vec3): Vec3 => [c * x - s * y + shiftX, s * x + c * y + shiftY, z];
  const { detection } = track;
  return {
    ...track,
    basePose: now,
    detection: {
      ...detection,
      positionInBase: move(detection.positionInBase),
      extentInBase: {
        ...detection.extentInBase,
        center: move(detection.extentInBase.center),
        yawRad: detection.extentInBase.yawRad + turn,
      },
    },
  };
}
