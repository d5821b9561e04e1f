import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { columnStats, type ColumnStats } from "./column-stats.js";
import { writeTable } from "./write-table.js";

export interface DatasetOptions {
  /** Made when it is missing. */
  readonly folder: string;
  /** Rows, and pictures of every video, a second. */
  readonly fps: number;
  readonly robotType: string;
  /** Names of the elements of a state; actions have the same. */
  readonly stateNames: readonly string[];
  readonly cameras: readonly string[];
}

export interface Episode {
  readonly task: string;
  /** One a row. */
  readonly states: readonly (readonly number[])[];
  readonly actions: readonly (readonly number[])[];
  /** Whether the episode's end was a success. */
  readonly success: boolean;
  /** By camera; the videos are at `videoPath` and have as many pictures as there are rows. */
  readonly videos: Readonly<
    Record<string, { readonly width: number; readonly height: number; readonly stats: ColumnStats }>
  >;
}

/** A LeRobot data set in the making, version 2.1: one Parquet file and one MP4 for each camera an episode, and `meta/`. */
export interface Dataset {
  /** Where the video of the episode that comes next belongs. */
  videoPath(camera: string): string;
  addEpisode(episode: Episode): void;
  /** Writes `meta/info.json`, without which the folder is no data set. */
  close(): { readonly episodes: number; readonly frames: number };
}

const VERSION = "v2.1";
const CHUNK_SIZE = 1000;
const DATA_PATH = "data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet";
const VIDEO_PATH = "videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4";
export const imageKey = (camera: string): string => `observation.images.${camera}`;

export function createDataset({ folder, fps, robotType, stateNames, cameras }: DatasetOptions): Dataset {
  const tasks = new Map<string, number>();
  const sizes = new Map<string, { readonly width: number; readonly height: number }>();
  let episodes = 0;
  let frames = 0;

  const fill = (template: string, episode: number, key = ""): string =>
    join(
      folder,
      template
        .replace("{episode_chunk:03d}", String(Math.floor(episode / CHUNK_SIZE)).padStart(3, "0"))
        .replace("{episode_index:06d}", String(episode).padStart(6, "0"))
        .replace("{video_key}", key),
    );
  const meta = (name: string): string => join(folder, "meta", name);
  const addLine = (name: string, value: unknown): void => appendFileSync(meta(name), `${JSON.stringify(value)}\n`);
  mkdirSync(join(folder, "meta"), { recursive: true });

  function taskIndexOf(task: string): number {
    const known = tasks.get(task);
    if (known !== undefined) return known;
    const index = tasks.size;
    tasks.set(task, index);
    addLine("tasks.jsonl", { task_index: index, task });
    return index;
  }

  return {
    videoPath: (camera) => fill(VIDEO_PATH, episodes, imageKey(camera)),
    addEpisode({ task, states, actions, success, videos }) {
      const length = states.length;
      const taskIndex = taskIndexOf(task);
      const last = length - 1;
      const columns = {
        "observation.state": { type: "floats", values: states },
        action: { type: "floats", values: actions },
        timestamp: { type: "float", values: states.map((_, i) => i / fps) },
        frame_index: { type: "int", values: states.map((_, i) => i) },
        episode_index: { type: "int", values: states.map(() => episodes) },
        index: { type: "int", values: states.map((_, i) => frames + i) },
        task_index: { type: "int", values: states.map(() => taskIndex) },
        "next.done": { type: "bool", values: states.map((_, i) => i === last) },
        "next.success": { type: "bool", values: states.map((_, i) => i === last && success) },
      } as const;
      const path = fill(DATA_PATH, episodes);
      mkdirSync(dirname(path), { recursive: true });
      writeTable(path, columns);

      const stats: Record<string, ColumnStats> = {};
      for (const [name, column] of Object.entries(columns)) {
        stats[name] =
          column.type === "floats" ? columnStats(column.values) : columnStats(column.values.map((x) => [Number(x)]));
      }
      for (const [camera, video] of Object.entries(videos)) {
        sizes.set(camera, video);
        stats[imageKey(camera)] = video.stats;
      }
      addLine("episodes.jsonl", { episode_index: episodes, tasks: [task], length });
      addLine("episodes_stats.jsonl", { episode_index: episodes, stats });
      episodes += 1;
      frames += length;
    },
    close() {
      const vector = { dtype: "float32", shape: [stateNames.length], names: stateNames };
      const scalar = (dtype: string): object => ({ dtype, shape: [1], names: null });
      const info = {
        codebase_version: VERSION,
        robot_type: robotType,
        total_episodes: episodes,
        total_frames: frames,
        total_tasks: tasks.size,
        total_videos: episodes * cameras.length,
        total_chunks: Math.ceil(episodes / CHUNK_SIZE),
        chunks_size: CHUNK_SIZE,
        fps,
        splits: { train: `0:${episodes}` },
        data_path: DATA_PATH,
        video_path: VIDEO_PATH,
        features: {
          "observation.state": vector,
          action: vector,
          ...Object.fromEntries(cameras.map((camera) => [imageKey(camera), videoFeature(sizes.get(camera), fps)])),
          timestamp: scalar("float32"),
          frame_index: scalar("int64"),
          episode_index: scalar("int64"),
          index: scalar("int64"),
          task_index: scalar("int64"),
          "next.done": scalar("bool"),
          "next.success": scalar("bool"),
        },
      };
      writeFileSync(meta("info.json"), `${JSON.stringify(info, undefined, 2)}\n`);
      return { episodes, frames };
    },
  };
}

const videoFeature = ({ width, height } = { width: 0, height: 0 }, fps: number): object => ({
  dtype: "video",
  shape: [height, width, 3],
  names: ["height", "width", "channels"],
  info: {
    "video.fps": fps,
    "video.height": height,
    "video.width": width,
    "video.channels": 3,
    "video.codec": "h264",
    "video.pix_fmt": "yuv420p",
    "video.is_depth_map": false,
    has_audio: false,
  },
});
