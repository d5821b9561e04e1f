import { existsSync, readdirSync } from "node:fs";
import { createDataset, createPictureStats, type Dataset, type Episode } from "../adapters/lerobot/index.js";
import { readRecording, type CompressedImage } from "../adapters/mcap/index.js";
import { decodePicture } from "../adapters/picture/decode-picture.js";
import { createVideoWriter, type VideoWriter } from "../adapters/video/index.js";
import { ControllerError } from "../domain/errors.js";
import { cameraOf, surveyRecording, type JointSample, type RecordedMission } from "./survey-recording.js";

export interface ExportOptions {
  readonly recordings: readonly string[];
  /** Has to be new or empty. */
  readonly folder: string;
  /** Rows a second; absent: as many as the first recording has pictures. */
  readonly fps?: number;
  /** Leaves out missions whose end was not verified. */
  readonly onlyVerified?: boolean;
  readonly onEpisode?: (episode: { readonly task: string; readonly frames: number; readonly success: boolean }) => void;
  /** Told of every mission that is left out, and why. */
  readonly onSkip?: (text: string) => void;
}

export interface Exported {
  readonly episodes: number;
  readonly frames: number;
  readonly fps: number;
}

/**
 * Recordings as a LeRobot data set (version 2.1): every mission an episode, its instruction the task. Rows come at a steady pace; the
 * state is the joints and the gripper, the action the state that came next. Throws `bad-input` and `recording-failed`.
 */
export async function exportRecordings(options: ExportOptions): Promise<Exported> {
  const { recordings, folder, onEpisode, onSkip = () => undefined } = options;
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new ControllerError("bad-input", `Expected a new or empty folder for the data set; ${folder} is not empty.`);
  }
  if (options.fps !== undefined && (!Number.isInteger(options.fps) || options.fps < 1)) {
    throw new ControllerError(
      "bad-input",
      `Expected a whole number of rows a second, 1 or more; found ${options.fps}.`,
    );
  }
  const found: { readonly path: string; readonly mission: RecordedMission }[] = [];
  for (const path of recordings) {
    for (const mission of await surveyRecording(path)) {
      const why = whyNot(mission, options);
      if (why === undefined) found.push({ path, mission });
      else onSkip(`${path}: "${mission.instruction}" is left out: ${why}`);
    }
  }
  if (found.length === 0) {
    throw new ControllerError(
      "recording-failed",
      `Expected a mission with pictures and joints in ${recordings.join(", ")}; found none. Record it with --record.`,
    );
  }
  const [{ mission: first }] = found;
  // A camera that is not in every episode cannot be a column.
  const cameras = Object.keys(first.pictures).filter((camera) =>
    found.every(({ mission }) => camera in mission.pictures),
  );
  const stateNames = first.joints[0].names;
  const fps = options.fps ?? paceOf(first.pictures[cameras[0]]);
  const dataset = createDataset({ folder, fps, robotType: first.robot, stateNames, cameras });
  for (const { path, mission } of found) {
    if (mission.joints[0].names.join() !== stateNames.join()) {
      onSkip(`${path}: "${mission.instruction}" is left out: its joints are not those of the first mission`);
      continue;
    }
    const times = ticksOf(mission, cameras, fps);
    const states = times.map((timeMs) => stateAt(mission.joints, timeMs));
    const actions = states.map((_, i) => states[Math.min(i + 1, states.length - 1)]);
    const videos = await writeVideos({ path, mission, cameras, times, fps, dataset });
    const { instruction: task, isVerified: success } = mission;
    dataset.addEpisode({ task, states, actions, success, videos });
    onEpisode?.({ task, frames: times.length, success });
  }
  return { ...dataset.close(), fps };
}

function whyNot(mission: RecordedMission, { onlyVerified }: ExportOptions): string | undefined {
  if (onlyVerified === true && !mission.isVerified) return "its end was not verified";
  if (Object.keys(mission.pictures).length === 0) return "there are no pictures of it";
  if (mission.joints.length === 0) return "its joints were not recorded";
  return undefined;
}

/** Pictures a second, whole: the median of the gaps, so that a pause does not count. */
function paceOf(times: readonly number[]): number {
  const gaps = times.slice(1).map((timeMs, i) => timeMs - times[i]);
  const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 200;
  return Math.max(1, Math.round(1000 / Math.max(1, median)));
}

/** Times of the rows: from the first moment of which every camera has a picture to the mission's end. */
function ticksOf({ pictures, endMs }: RecordedMission, cameras: readonly string[], fps: number): readonly number[] {
  const startMs = Math.max(...cameras.map((camera) => pictures[camera][0]));
  const count = Math.max(1, Math.floor(((endMs - startMs) * fps) / 1000) + 1);
  return Array.from({ length: count }, (_, i) => startMs + (i * 1000) / fps);
}

/** Between two samples on the line between them, before the first and after the last as these. */
function stateAt(samples: readonly JointSample[], timeMs: number): readonly number[] {
  const after = samples.findIndex((sample) => sample.timeMs >= timeMs);
  if (after === -1) return samples[samples.length - 1].positions;
  if (after === 0) return samples[0].positions;
  const [a, b] = [samples[after - 1], samples[after]];
  const share = (timeMs - a.timeMs) / (b.timeMs - a.timeMs || 1);
  return a.positions.map((position, i) => position + (b.positions[i] - position) * share);
}

interface VideoJob {
  readonly path: string;
  readonly mission: RecordedMission;
  readonly cameras: readonly string[];
  readonly times: readonly number[];
  readonly fps: number;
  readonly dataset: Dataset;
}

/** One picture at a time is in memory: each is written as often as there are rows for which it is the newest. */
async function writeVideos({ path, mission, cameras, times, fps, dataset }: VideoJob): Promise<Episode["videos"]> {
  const wanted = new Map(cameras.map((camera) => [camera, rowsByPicture(mission.pictures[camera], times)]));
  const writers = new Map<string, VideoWriter>();
  const stats = new Map(cameras.map((camera) => [camera, createPictureStats()]));
  try {
    for await (const { topic, timeMs, message } of readRecording(path)) {
      const camera = cameraOf(topic);
      const rows = camera === undefined ? undefined : wanted.get(camera)?.get(timeMs);
      if (camera === undefined || rows === undefined) continue;
      // A second picture of the same moment shows the same.
      wanted.get(camera)?.delete(timeMs);
      const { width, height, rgb } = await decodePicture((message as CompressedImage).data);
      let writer = writers.get(camera);
      if (writer === undefined) {
        writer = await createVideoWriter({ path: dataset.videoPath(camera), width, height, fps });
        writers.set(camera, writer);
      }
      stats.get(camera)?.add(rgb);
      await writer.add(rgb, { times: rows });
    }
  } finally {
    for (const writer of writers.values()) await writer.close();
  }
  return Object.fromEntries(
    [...writers].map(([camera, { width, height }]) => {
      const seen = stats.get(camera) ?? createPictureStats();
      return [camera, { width, height, stats: seen.stats() }];
    }),
  );
}

/** For the time of each picture the number of rows that it is the newest for; pictures for none are left out. */
function rowsByPicture(pictureTimes: readonly number[], times: readonly number[]): Map<number, number> {
  const rows = new Map<number, number>();
  let at = 0;
  for (const timeMs of times) {
    while (at + 1 < pictureTimes.length && pictureTimes[at + 1] <= timeMs) at += 1;
    rows.set(pictureTimes[at], (rows.get(pictureTimes[at]) ?? 0) + 1);
  }
  return rows;
}
