import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Receipt } from "../../domain/receipt.js";
import { createMissionFilm, createVideoWriter } from "./index.js";
import { createOverlayStory } from "./overlay-story.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-video-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picture = (width: number, height: number, value: number): Uint8Array =>
  new Uint8Array(width * height * 3).fill(value);

/** Names of the boxes at the top of an MP4. */
function boxes(path: string): string[] {
  const bytes = readFileSync(path);
  const names: string[] = [];
  for (let offset = 0; offset + 8 <= bytes.length; offset += Math.max(8, bytes.readUInt32BE(offset))) {
    names.push(bytes.toString("latin1", offset + 4, offset + 8));
  }
  return names;
}

describe("createVideoWriter", () => {
  it("writes a whole MP4 under its name only when closed", async () => {
    const path = join(folder, "new", "run.mp4");
    const writer = await createVideoWriter({ path, width: 64, height: 48, fps: 10 });
    for (let i = 0; i < 20; i++) await writer.add(picture(64, 48, i * 10));
    const before = readdirSync(join(folder, "new"));

    const file = await writer.close();

    expect(before).toEqual(["run.mp4.part"]);
    expect(readdirSync(join(folder, "new"))).toEqual(["run.mp4"]);
    expect(file).toMatchObject({ path, frames: 20, durationS: 2 });
    expect(file.bytes).toBe(readFileSync(path).length);
    expect(boxes(path)).toEqual(expect.arrayContaining(["ftyp", "mdat", "moov"]));
    expect(await writer.close()).toEqual(file);
  });

  it("takes RGBA and odd sizes", async () => {
    const path = join(folder, "odd.mp4");
    const writer = await createVideoWriter({ path, width: 65, height: 49, fps: 10 });
    await writer.add(new Uint8Array(65 * 49 * 4).fill(100));
    await writer.repeat({ times: 4 });

    expect(await writer.close()).toMatchObject({ frames: 5 });
    expect([writer.width, writer.height]).toEqual([64, 48]);
  });

  it("says what is wrong with the place and what to do", async () => {
    writeFileSync(join(folder, "file"), "");

    const start = createVideoWriter({ path: join(folder, "file", "run.mp4"), width: 64, height: 48, fps: 10 });

    await expect(start).rejects.toMatchObject({
      code: "video-failed",
      message: expect.stringMatching(/run\.mp4 cannot be written: .+ Name a file in a folder/),
    });
  });

  it("refuses a picture of another size and frames after closing", async () => {
    const writer = await createVideoWriter({ path: join(folder, "size.mp4"), width: 64, height: 48, fps: 10 });

    expect(() => writer.add(picture(32, 48, 0))).toThrow(/64 x 48/);
    await writer.add(picture(64, 48, 0));
    await writer.close();
    await expect(writer.add(picture(64, 48, 0))).rejects.toMatchObject({ code: "video-failed" });
  });
});

describe("createMissionFilm", () => {
  it("holds the first and the last picture", async () => {
    const film = createMissionFilm({ path: join(folder, "film.mp4"), fps: 10, holdS: 1.5 });
    film.publish({ event: "mission-start", timeMs: 0, instruction: "take it", robot: "", planner: "", perception: "" });
    for (let i = 0; i < 10; i++) film.picture({ width: 64, height: 48, rgb: picture(64, 48, i) }, i * 100);
    film.publish({ event: "mission-end", timeMs: 1000, outcome: "done", grade: "verified", message: "", receipts: [] });

    const file = await film.close();

    expect(file.frames).toBe(15 + 9 + 15);
  });

  it("keeps an unwritable place from the mission, and tells it at the end", async () => {
    writeFileSync(join(folder, "blocked"), "");
    const film = createMissionFilm({ path: join(folder, "blocked", "film.mp4") });

    film.picture({ width: 64, height: 48, rgb: picture(64, 48, 0) }, 0);
    film.publish({ event: "state", timeMs: 100, state: "perceiving", safety: "nominal" });

    await expect(film.close()).rejects.toMatchObject({ code: "video-failed" });
  });

  it("says so when no picture came", async () => {
    const film = createMissionFilm({ path: join(folder, "empty.mp4") });

    await expect(film.close()).rejects.toThrow(/no picture came/);
  });
});

describe("createOverlayStory", () => {
  const target = { label: "red mug", detectionId: "d1", x: 0.4, y: 0.5, z: 0.9 };
  const grasp = { action: "grasp", target } as const;
  const receipt: Receipt = { step: 0, action: grasp, grade: "verified", evidence: { note: "46 mm" } };

  it("aims while an action runs and tells its grade afterwards", () => {
    const story = createOverlayStory();
    story.follow({ event: "mission-start", timeMs: 500, instruction: "x", robot: "", planner: "", perception: "" });
    story.follow({ event: "action-start", timeMs: 600, step: 0, action: grasp });
    const during = story.overlay(1500);
    story.follow({ event: "receipt", timeMs: 2000, receipt });
    const after = story.overlay(2500);

    expect(during).toMatchObject({ target: { x: 0.4, y: 0.5, z: 0.9 }, status: { timeS: 1 } });
    expect(during.status.action).toBe('grasp(0.40, 0.50, 0.90 "red mug")');
    expect(after.target).toBeUndefined();
    expect(after.status.news).toEqual({ text: "verified: 46 mm", tone: "good" });
  });

  it("shows done in the colour of its grade, and a stop as bad", () => {
    const story = createOverlayStory();
    story.follow({ event: "state", timeMs: 0, state: "executing", safety: "stopped" });
    expect(story.overlay(0).status).toMatchObject({ state: "stopped", tone: "bad" });

    story.follow({ event: "mission-end", timeMs: 0, outcome: "done", grade: "observed", message: "m", receipts: [] });
    expect(story.overlay(0).endCard).toMatchObject({ title: "Done", tone: "neutral", grade: "grade: observed" });
  });
});
