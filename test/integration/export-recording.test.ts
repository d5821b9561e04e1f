import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRecorder } from "../../src/adapters/mcap/index.js";
import { exportRecordings } from "../../src/app/export-recording.js";
import { aLook } from "../support/a-look.js";
import { readMp4 } from "../support/mp4.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recording = join(folder, "run.mcap");
const silent = join(folder, "no-joints.mcap");
const JOINTS = ["shoulder", "elbow"];
const WIDTH = 64;
const HEIGHT = 48;

/** A mission of `seconds` at five pictures a second; the first joint turns by 0.1 rad a second. */
async function record(path: string, missions: readonly { instruction: string; good: boolean }[], joints = JOINTS) {
  const recorder = await createRecorder({ path });
  const { robot } = aLook().scene;
  let startMs = 1000;
  for (const { instruction, good } of missions) {
    const names = { robot: "panda", planner: "grammar", perception: "oracle" };
    recorder.publish({ event: "mission-start", timeMs: startMs, instruction, ...names });
    for (let timeMs = startMs + 10; timeMs <= startMs + 2010; timeMs += 200) {
      // The third picture is lost, as pictures are.
      if (timeMs !== startMs + 410) {
        const rgb = new Uint8Array(WIDTH * HEIGHT * 3).fill(128);
        recorder.frame({ camera: "head", width: WIDTH, height: HEIGHT, rgb, capturedAtMs: timeMs });
      }
      if (joints.length > 0) {
        const gripper = { widthM: 0.05, inContact: false, moving: false };
        recorder.robot({ ...robot, timeMs, jointPositions: [(timeMs - startMs) / 10_000, 1], gripper }, joints);
      }
    }
    recorder.publish({
      event: "mission-end",
      timeMs: startMs + 2050,
      outcome: good ? "done" : "failed",
      grade: good ? "verified" : "failed",
      message: "",
      receipts: [],
    });
    startMs += 5000;
  }
  await recorder.close();
}

const lines = (path: string): unknown[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

const table = async (path: string): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: await asyncBufferFromFile(path) });

describe("export to LeRobot", { timeout: 60_000 }, () => {
  const out = join(folder, "set");

  beforeAll(async () => {
    await record(recording, [
      { instruction: "take the red mug", good: true },
      { instruction: "把绿色的包拿出来", good: false },
    ]);
    await record(silent, [{ instruction: "take the red mug", good: true }], []);
    await exportRecordings({ recordings: [recording], folder: out });
  }, 60_000);

  it("says in meta what there is", () => {
    expect(JSON.parse(readFileSync(join(out, "meta/info.json"), "utf8"))).toMatchObject({
      codebase_version: "v2.1",
      robot_type: "panda",
      total_episodes: 2,
      total_frames: 22,
      total_tasks: 2,
      total_videos: 2,
      fps: 5,
      splits: { train: "0:2" },
      features: {
        "observation.state": { dtype: "float32", shape: [3], names: ["shoulder", "elbow", "gripper"] },
        "observation.images.head": { dtype: "video", shape: [HEIGHT, WIDTH, 3] },
      },
    });
    expect(lines(join(out, "meta/tasks.jsonl"))).toEqual([
      { task_index: 0, task: "take the red mug" },
      { task_index: 1, task: "把绿色的包拿出来" },
    ]);
    expect(lines(join(out, "meta/episodes.jsonl"))).toEqual([
      { episode_index: 0, tasks: ["take the red mug"], length: 11 },
      { episode_index: 1, tasks: ["把绿色的包拿出来"], length: 11 },
    ]);
  });

  it("gives rows at a steady pace, the action being the state that comes next", async () => {
    const rows = await table(join(out, "data/chunk-000/episode_000001.parquet"));

    expect(rows).toHaveLength(11);
    expect(rows.map((row) => row["timestamp"])).toEqual(rows.map((_, i) => Math.fround(i / 5)));
    expect(rows.map((row) => row["index"])).toEqual(rows.map((_, i) => BigInt(11 + i)));
    expect(rows[3]).toMatchObject({ frame_index: 3n, episode_index: 1n, task_index: 1n, "next.done": false });
    expect(rows[3]["observation.state"]).toEqual([0.061, 1, 0.05].map(Math.fround));
    expect(rows[3]["action"]).toEqual(rows[4]["observation.state"]);
    expect(rows[10]).toMatchObject({ "next.done": true, "next.success": false });
    const first = await table(join(out, "data/chunk-000/episode_000000.parquet"));
    expect(first[10]).toMatchObject({ "next.done": true, "next.success": true });
  });

  it("gives as many pictures as rows, also where one was lost", () => {
    const video = readMp4(join(out, "videos/chunk-000/observation.images.head/episode_000000.mp4"));

    expect(video.frames).toBe(11);
    expect(video.durationS).toBeCloseTo(11 / 5, 1);
  });

  it("keeps statistics of every column, pictures by channel", () => {
    const [first] = lines(join(out, "meta/episodes_stats.jsonl")) as { stats: Record<string, { count: number[] }> }[];

    expect(first.stats["observation.state"]).toMatchObject({ count: [11] });
    expect(first.stats["next.done"]).toMatchObject({ max: [1], min: [0] });
    const { mean } = first.stats["observation.images.head"] as unknown as { mean: number[][][] };
    expect(mean.map(([[value]]) => value.toFixed(2))).toEqual(["0.50", "0.50", "0.50"]);
  });

  it("can leave out what was not verified, and says so", async () => {
    const skipped: string[] = [];
    const exported = await exportRecordings({
      recordings: [recording],
      folder: join(folder, "verified"),
      fps: 10,
      onlyVerified: true,
      onSkip: (text) => skipped.push(text),
    });

    expect(exported).toEqual({ episodes: 1, frames: 21, fps: 10 });
    expect(skipped).toEqual([expect.stringContaining("its end was not verified")]);
  });

  it("refuses a folder with things in it, a pace that is none, and recordings without joints", async () => {
    await expect(exportRecordings({ recordings: [recording], folder: out })).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining("is not empty"),
    });
    const fresh = join(folder, "fresh");
    await expect(exportRecordings({ recordings: [recording], folder: fresh, fps: 2.5 })).rejects.toThrow(/found 2.5/);
    await expect(exportRecordings({ recordings: [silent], folder: fresh })).rejects.toMatchObject({
      code: "recording-failed",
      message: expect.stringContaining("found none"),
    });
  });
});
