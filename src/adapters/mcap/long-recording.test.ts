import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { McapIndexedReader } from "@mcap/core";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook } from "../../../test/support/a-look.js";
import type { HandeyeEvent } from "../../domain/event.js";
import {
  annotationsTopic,
  createRecorder,
  depthTopic,
  EVENT_TOPIC,
  readRecording,
  recoverRecording,
  type CompressedImage,
  type RecordedMessage,
  type Recorder,
  type RecorderOptions,
} from "./index.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-long-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ROOT = resolve(import.meta.dirname, "../../..");

async function readAll(path: string): Promise<RecordedMessage[]> {
  const messages: RecordedMessage[] = [];
  for await (const message of readRecording(path)) messages.push(message);
  return messages;
}

/** Timers and time that a test moves. */
function byHand(): Required<Pick<RecorderOptions, "machine">> & { readonly tick: (ms: number) => void } {
  let nowMs = 0;
  let waiting: { atMs: number; callback: () => void }[] = [];
  return {
    machine: {
      nowMs: () => nowMs,
      after(ms, callback) {
        const entry = { atMs: nowMs + ms, callback };
        waiting.push(entry);
        return () => void (waiting = waiting.filter((other) => other !== entry));
      },
    },
    tick: (ms) => {
      nowMs += ms;
      const due = waiting.filter(({ atMs }) => atMs <= nowMs);
      waiting = waiting.filter(({ atMs }) => atMs > nowMs);
      for (const { callback } of due) callback();
    },
  };
}

const note = (timeMs: number, text: string): HandeyeEvent => ({ event: "note", level: "info", timeMs, text });
const start = (timeMs: number): HandeyeEvent => ({
  event: "mission-start",
  timeMs,
  instruction: "take the mug",
  robot: "sim",
  planner: "grammar",
  perception: "oracle",
});
const end = (timeMs: number): HandeyeEvent => ({
  event: "mission-end",
  timeMs,
  outcome: "done",
  grade: "verified",
  message: "done",
  receipts: [],
});

/** Waits until all that was given is written: the recorder's queue has no other end. */
async function settled(path: string, isThere: (messages: RecordedMessage[]) => boolean): Promise<void> {
  await expect.poll(async () => isThere(await readAll(path)), { timeout: 10_000, interval: 10 }).toBe(true);
}

describe("a recording that goes on", { timeout: 60_000 }, () => {
  it("writes what waits before half a second is over, though the chunk is not full", async () => {
    const path = join(folder, "quiet.mcap");
    const { machine, tick } = byHand();
    const recorder = await createRecorder({ path, machine });

    recorder.publish(note(1, "one"));
    // The timer is set when the message has come through the queue.
    await expect.poll(() => (tick(250), readAll(path)), { interval: 10 }).toHaveLength(2);

    await recorder.close();
  });

  it("loses at most half a second to kill -9, and is mended", async () => {
    const path = join(folder, "killed.mcap");
    const fixture = join(ROOT, "test/support/endless-recording.ts");
    const child = spawn(process.execPath, ["--import", "tsx", fixture, path], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let told = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
    await expect.poll(() => told.split("\n").length, { timeout: 50_000, interval: 20 }).toBeGreaterThan(80);
    child.kill("SIGKILL");
    await once(child, "close");

    const mended = await recoverRecording(path, join(folder, "mended.mcap"));
    const messages = await readAll(mended.path);

    const lastToldMs = Number(told.trim().split("\n").at(-1));
    expect(mended.cutOff).toBeDefined();
    expect(lastToldMs - (messages.at(-1)?.timeMs ?? 0)).toBeLessThan(500);
  });

  it("has an index that the library's own reader finds its way by", async () => {
    const path = join(folder, "indexed.mcap");
    const recorder = await createRecorder({ path });
    for (let i = 0; i < 2000; i++) recorder.publish(note(i, "x".repeat(300)));
    await recorder.close();

    const bytes = readFileSync(path);
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: () => Promise.resolve(BigInt(bytes.length)),
        read: (at, size) => Promise.resolve(Uint8Array.from(bytes.subarray(Number(at), Number(at + size)))),
      },
    });
    const found: number[] = [];
    const range = { startTime: 1_500_000_000n, endTime: 1_509_000_000n };
    for await (const { logTime } of reader.readMessages({ ...range, topics: [EVENT_TOPIC], validateCrcs: true }))
      found.push(Number(logTime / 1_000_000n));

    expect(reader.statistics?.messageCount).toBe(4000n);
    expect(reader.chunkIndexes.length).toBeGreaterThan(2);
    expect(found).toEqual([1500, 1501, 1502, 1503, 1504, 1505, 1506, 1507, 1508, 1509]);
  });

  it("begins a new file between missions when one is old enough", async () => {
    const path = join(folder, "turns.mcap");
    const { machine, tick } = byHand();
    const recorder = await createRecorder({ path, machine, rotate: { ms: 60_000 } });
    recorder.publish(start(0));
    await settled(path, (messages) => (tick(250), messages.length === 2));

    tick(61_000);
    recorder.publish(note(1, "still one mission"));
    await settled(path, (messages) => (tick(250), messages.length === 4));
    expect(existsSync(join(folder, "turns-002.mcap"))).toBe(false);
    recorder.publish(end(2));
    await expect.poll(() => (tick(250), existsSync(join(folder, "turns-002.mcap"))), { interval: 10 }).toBe(true);
    recorder.publish(note(3, "next"));
    const file = await recorder.close();

    expect(file.files).toEqual([path, join(folder, "turns-002.mcap")]);
    expect((await readAll(file.files[1])).map(({ message }) => message)).toContainEqual(note(3, "next"));
    expect(file.messages).toBe(8);
  });

  it("repeats the mission's beginning in a file that begins in its midst", async () => {
    const path = join(folder, "large.mcap");
    const { machine, tick } = byHand();
    const recorder = await createRecorder({ path, machine, rotate: { bytes: 1000 } });
    recorder.publish(start(0));
    recorder.publish(note(1, "x".repeat(3000)));
    await expect.poll(() => (tick(250), existsSync(join(folder, "large-002.mcap"))), { interval: 10 }).toBe(true);
    const { files } = await recorder.close();

    expect((await readAll(files[1]))[0].message).toEqual(start(0));
  });

  it("ends whole when the disk runs full, and says so once", async () => {
    const path = join(folder, "full.mcap");
    const { machine, tick } = byHand();
    const troubles: string[] = [];
    let free = 10e9;
    const recorder = await createRecorder({
      path,
      machine,
      minFreeBytes: 500e6,
      freeBytes: () => Promise.resolve(free),
      onTrouble: (message) => troubles.push(message),
    });
    recorder.publish(note(1, "kept"));
    await settled(path, (messages) => (tick(250), messages.length === 2));

    free = 100e6;
    recorder.publish(note(2, "kept too"));
    await expect.poll(() => (tick(250), troubles.length), { interval: 10 }).toBe(1);
    recorder.publish(note(3, "too late"));
    const file = await recorder.close();

    expect(troubles[0]).toMatch(/ends here: less than 500 MB are free.*The robot goes on/);
    expect(file).toMatchObject({ messages: 4, endedEarly: expect.stringContaining("500 MB") });
    expect(readFileSync(path).subarray(-8).toString("latin1")).toContain("MCAP0");
  });

  it("leaves out what the disk cannot take, and counts it", async () => {
    const recorder: Recorder = await createRecorder({ path: join(folder, "slow.mcap") });
    for (let i = 0; i < 40; i++) recorder.log("info", "y".repeat(1_000_000), i);

    const file = await recorder.close();

    expect(file.leftOut).toBe(6);
    expect(file.messages).toBe(34);
  });
});

describe("what viewers are given", () => {
  it("keeps depth in millimetres, once a second", async () => {
    const path = join(folder, "depth.mcap");
    const recorder = await createRecorder({ path });
    const depthM = new Float32Array(16 * 12).fill(1.2345);
    depthM[0] = 0;
    const picture = { camera: "head", width: 16, height: 12, rgb: new Uint8Array(16 * 12 * 3), depthM };
    for (const capturedAtMs of [0, 400, 800, 1200]) recorder.frame({ ...picture, capturedAtMs });
    await recorder.close();

    const depths = (await readAll(path)).filter(({ topic }) => topic === depthTopic("head"));
    const { data, format } = depths[0].message as CompressedImage;
    const raw = await sharp(data).toColourspace("grey16").raw({ depth: "ushort" }).toBuffer();
    const millimetres = new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);

    expect(depths.map(({ timeMs }) => timeMs)).toEqual([0, 1200]);
    expect(format).toBe("png");
    expect([millimetres.length, millimetres[0], millimetres[1]]).toEqual([192, 0, 1235]);
  });

  it("draws what was seen and where the plan goes, and keeps poses, joints, model turns and approvals", async () => {
    const path = join(folder, "drawn.mcap");
    const recorder = await createRecorder({ path });
    const { scene } = aLook({ detections: [aDetection()] });
    recorder.publish({ event: "scene", timeMs: 10, scene });
    recorder.publish({
      event: "plan",
      timeMs: 20,
      planner: "grammar",
      steps: [{ action: "grasp", target: { label: "mug", x: 0.5, y: 0.25, z: 1 } }],
    });
    recorder.robot(scene.robot, ["panda_joint1"]);
    const picture = { mediaType: "image/jpeg", data: new Uint8Array([1, 2, 3]) };
    recorder.turn({ planner: "openai x", outcome: "ok", picture }, 30);
    recorder.approval({ step: 1, action: { action: "grasp" }, reason: "risky", answer: "denied" }, 40);
    await recorder.close();

    const messages = await readAll(path);
    const last = (topic: string): unknown => messages.findLast((message) => message.topic === topic)?.message;
    const drawn = last(annotationsTopic("head"));
    const { width, height } = scene.view;
    expect(drawn).toMatchObject({ circles: [{ position: { x: width / 2, y: height / 4 } }] });
    expect(drawn).toHaveProperty("points.length", scene.detections.length);
    expect(last("/robot/joints")).toMatchObject({
      joints: expect.arrayContaining([expect.objectContaining({ name: "gripper" })]),
    });
    expect(last("/robot/tool")).toMatchObject({ frame_id: "base" });
    expect(last("/planner")).toEqual({ timeMs: 30, planner: "openai x", outcome: "ok" });
    expect((last("/planner/picture") as CompressedImage).data).toEqual(picture.data);
    expect(last("/mission/approval")).toMatchObject({ answer: "denied", reason: "risky" });
    expect(last("/camera/head/calibration")).toHaveProperty("K.length", 9);
  });
});
