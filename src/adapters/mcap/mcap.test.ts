import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import type { HandeyeEvent } from "../../domain/event.js";
import { createRecorder, readRecording, type CompressedImage, type RecordedMessage } from "./index.js";
import { fromJson, toJson } from "./json-bytes.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-mcap-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readAll(path: string): Promise<RecordedMessage[]> {
  const messages: RecordedMessage[] = [];
  for await (const message of readRecording(path)) messages.push(message);
  return messages;
}

const say = (timeMs: number, text: string): HandeyeEvent => ({ event: "say", timeMs, text });
const frame = {
  camera: "head",
  width: 64,
  height: 48,
  capturedAtMs: 1234.5,
  rgb: new Uint8Array(64 * 48 * 3).fill(120),
};

describe("recorder", () => {
  it("gives back events, pictures and log lines", async () => {
    const path = join(folder, "new", "run.mcap");
    const recorder = await createRecorder({ path });
    recorder.publish(say(10, "好的"));
    recorder.frame(frame);
    recorder.log("error", "camera lost", 2000);

    const file = await recorder.close();
    const messages = await readAll(path);

    expect(file).toEqual({ path, files: [path], messages: 4, bytes: readFileSync(path).length, leftOut: 0 });
    expect(messages.map(({ topic, timeMs }) => [topic, timeMs])).toEqual([
      ["/events", 10],
      ["/log", 10],
      ["/camera/head", 1234.5],
      ["/log", 2000],
    ]);
    expect(messages[0].message).toEqual(say(10, "好的"));
    expect(messages[3].message).toMatchObject({ level: 4, message: "camera lost" });
    const image = messages[2].message as CompressedImage;
    expect(image).toMatchObject({ format: "jpeg", frame_id: "head", timestamp: { seconds: 1, nanos: 234_500_000 } });
    expect(await sharp(image.data).metadata()).toMatchObject({ format: "jpeg", width: 64, height: 48 });
  });

  it("keeps masks as bytes", () => {
    const value = { mask: { width: 2, data: new Uint8Array([1, 0, 255]) }, list: [new Uint8Array(0)] };

    expect(fromJson(toJson(value))).toEqual(value);
  });

  it("reads all whole chunks of a file that was cut off", async () => {
    const path = join(folder, "whole.mcap");
    const recorder = await createRecorder({ path });
    for (let i = 0; i < 3000; i++) recorder.publish({ event: "note", level: "info", timeMs: i, text: "x".repeat(300) });
    await recorder.close();
    const bytes = readFileSync(path);
    const cut = join(folder, "cut.mcap");
    writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length * 0.6)));

    const whole = await readAll(path);
    const rest = await readAll(cut);

    expect(whole).toHaveLength(6000);
    expect(rest.length).toBeGreaterThan(2000);
    expect(rest).toEqual(whole.slice(0, rest.length));
  });

  it("can be closed twice, and takes nothing more", async () => {
    const recorder = await createRecorder({ path: join(folder, "closed.mcap") });
    recorder.log("info", "one", 0);
    const file = await recorder.close();
    recorder.log("info", "two", 1);
    recorder.frame(frame);

    expect(file.messages).toBe(1);
    expect(await recorder.close()).toEqual(file);
  });

  it("says that a recording is missing", async () => {
    await expect(readAll(join(folder, "none.mcap"))).rejects.toMatchObject({ code: "recording-failed" });
  });

  it("says what is wrong with the place", async () => {
    writeFileSync(join(folder, "file"), "");

    await expect(createRecorder({ path: join(folder, "file", "run.mcap") })).rejects.toMatchObject({
      code: "recording-failed",
      message: expect.stringContaining("cannot be written"),
    });
  });

  it("leaves a damaged picture out, says so, and goes on", async () => {
    const path = join(folder, "bad.mcap");
    const recorder = await createRecorder({ path });

    recorder.frame({ ...frame, rgb: new Uint8Array(5) });
    recorder.frame({ ...frame, rgb: new Uint8Array(0) });
    recorder.publish(say(1, "still here"));
    recorder.frame(frame);
    const file = await recorder.close();
    const messages = await readAll(path);

    expect(file.leftOut).toBe(2);
    expect(messages.filter(({ topic }) => topic === "/camera/head")).toHaveLength(1);
    expect(messages.map(({ message }) => message)).toContainEqual(say(1, "still here"));
  });

  it("refuses a file that is no recording", async () => {
    const path = join(folder, "text.mcap");
    writeFileSync(path, "this is not a recording at all, only text");

    await expect(readAll(path)).rejects.toThrow(/Expected an MCAP file/);
  });
});
