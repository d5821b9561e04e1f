import { EVENT_TOPIC, JOINTS_TOPIC, readRecording } from "../adapters/mcap/index.js";
import type { HandeyeEvent } from "../domain/event.js";

/** A moment's joints, in the order of the names; the last is the gripper's width in metres. */
export interface JointSample {
  readonly timeMs: number;
  readonly names: readonly string[];
  readonly positions: readonly number[];
}

/** One mission of a recording, and what there is of it besides pictures. */
export interface RecordedMission {
  readonly instruction: string;
  readonly robot: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly isVerified: boolean;
  readonly joints: readonly JointSample[];
  /** By camera: when its pictures were taken. */
  readonly pictures: Readonly<Record<string, readonly number[]>>;
}

interface JointStates {
  readonly joints: readonly { readonly name: string; readonly position: number }[];
}

/** The camera's name when a topic carries its pictures, and not something about them. */
export const cameraOf = (topic: string): string | undefined => /^\/camera\/([^/]+)$/.exec(topic)?.[1];

/** Reads a recording once for what missions it holds. One that has no end in it counts up to its last message. */
export async function surveyRecording(path: string): Promise<readonly RecordedMission[]> {
  const joints: JointSample[] = [];
  const pictures: Record<string, number[]> = {};
  const missions: Omit<RecordedMission, "joints" | "pictures">[] = [];
  let current: Omit<RecordedMission, "joints" | "pictures"> | undefined;
  let lastMs = 0;

  for await (const { topic, timeMs, message } of readRecording(path)) {
    lastMs = Math.max(lastMs, timeMs);
    const camera = cameraOf(topic);
    if (camera !== undefined) (pictures[camera] ??= []).push(timeMs);
    if (topic === JOINTS_TOPIC) {
      const states = (message as JointStates).joints;
      joints.push({ timeMs, names: states.map(({ name }) => name), positions: states.map(({ position }) => position) });
    }
    if (topic !== EVENT_TOPIC) continue;
    const event = message as HandeyeEvent;
    if (event.event === "mission-start") {
      const { instruction, robot } = event;
      current = { instruction, robot, startMs: timeMs, endMs: timeMs, isVerified: false };
    }
    if (event.event === "mission-end" && current !== undefined) {
      const isVerified = event.outcome === "done" && event.grade === "verified";
      missions.push({ ...current, endMs: timeMs, isVerified });
      current = undefined;
    }
  }
  if (current !== undefined) missions.push({ ...current, endMs: lastMs });

  joints.sort((a, b) => a.timeMs - b.timeMs);
  return missions.map((mission) => {
    const within = (timeMs: number): boolean => timeMs >= mission.startMs && timeMs <= mission.endMs;
    return {
      ...mission,
      joints: joints.filter(({ timeMs }) => within(timeMs)),
      pictures: Object.fromEntries(
        Object.entries(pictures)
          .map(([camera, times]) => [camera, times.filter(within).sort((a, b) => a - b)] as const)
          .filter(([, times]) => times.length > 0),
      ),
    };
  });
}
