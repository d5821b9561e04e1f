import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { aLook } from "../../../test/support/a-look.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { createRecorder } from "../../adapters/mcap/index.js";
import type { Frame } from "../../domain/frame.js";
import { openPicture } from "./open-picture.js";

/** As a recording keeps it: taken so long after the first one, `column` pixels to the right. */
const frameAt = (timeMs: number, column: number): Frame => ({
  ...paintFrame({
    width: 90,
    height: 66,
    background: [200, 200, 200],
    squares: [{ x: column, y: 20, side: 20, rgb: [230, 20, 20] }],
    sequence: timeMs,
    depthM: 1.25,
  }),
  capturedAtMs: timeMs,
});
const first = frameAt(1_000, 0);

describe("a picture of a recording", () => {
  let folder = "";
  const open = (name: string, atS: number, signal = new AbortController().signal) =>
    openPicture(
      { recording: join(folder, name), atS },
      {
        policy: { from: "local", folders: [] },
        stage: { picture: () => Promise.reject(new Error("no camera")) },
        signal,
      },
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pictures-"));
    const [looked, plain, empty] = await Promise.all(
      ["looked.mcap", "plain.mcap", "empty.mcap"].map((name) => createRecorder({ path: join(folder, name) })),
    );
    const { camera, sequence, capturedAtMs, width, height, intrinsics, poseInBase } = first;
    const view = { camera, sequence, capturedAtMs, width, height, intrinsics, poseInBase };
    const scene = { ...aLook({ detections: [] }).scene, view };
    looked.publish({ event: "scene", timeMs: 1_000, scene });
    for (const recorder of [looked, plain])
      for (const [i, timeMs] of [1_000, 2_000, 3_000].entries()) recorder.frame(frameAt(timeMs, i * 20));
    await Promise.all([looked, plain, empty].map((recorder) => recorder.close()));
    await writeFile(join(folder, "text.mcap"), "this is no recording");
  });

  it("has the calibration, the pose and the depth that were recorded", async () => {
    const opened = await open("looked.mcap", 1.4);

    expect(opened).toMatchObject({
      ok: true,
      value: {
        calibrated: true,
        frame: { capturedAtMs: 2_000, intrinsics: first.intrinsics, poseInBase: first.poseInBase },
      },
    });
    const depthM = opened.ok ? opened.value.frame.depthM : undefined;
    expect(depthM?.[0]).toBeCloseTo(1.25, 3);
  });

  it.each([
    [0, 1_000],
    [0.999, 1_000],
    [1, 2_000],
    [600, 3_000],
  ])("is the last one that had been taken by then (%d s)", async (atS, capturedAtMs) => {
    expect(await open("plain.mcap", atS)).toMatchObject({
      ok: true,
      value: { calibrated: false, frame: { capturedAtMs } },
    });
  });

  it.each([
    ["empty.mcap", "bad-clip"],
    ["text.mcap", "bad-clip"],
    ["missing.mcap", "not-found"],
  ])("is refused of %s with %s", async (name, code) => {
    expect(await open(name, 0)).toMatchObject({ ok: false, code });
  });

  it("is called off with its caller", async () => {
    await expect(open("plain.mcap", 1, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
  });
});
