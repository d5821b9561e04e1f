import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook } from "../../../test/support/a-look.js";
import { backendDeps } from "../../../test/support/backend-deps.js";
import { buildClip, smallBytePair } from "../../../test/support/onnx/small-graphs.js";
import { writeModelFolder } from "../../../test/support/onnx/write-model-folder.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { startQdrantServer } from "../../../test/support/servers/qdrant-server.js";
import type { PictureFinder } from "../../ports/picture-memory.js";
import type { Look } from "../../ports/perception.js";
import { loadLaunch } from "../launch/load-launch.js";
import { findEntrySchema } from "../launch/skills/find-schema.js";
import { findBackends } from "./backends/find-backends.js";
import { createSceneMemory } from "./scene-memory.js";

const idle = { signal: new AbortController().signal };

async function start(find: Partial<ReturnType<typeof loadLaunch>["skills"]["find"]> = {}, stateDir?: string) {
  const base = loadLaunch("launch/kitchen-sim.json");
  const launch = {
    ...base,
    stateDir: stateDir ?? (await mkdtemp(join(tmpdir(), "handeye-state-"))),
    skills: { ...base.skills, find: { ...base.skills.find, ...find } },
  };
  const sinks = new Set<(look: Look) => void>();
  const notes: string[] = [];
  let now = Date.parse("2026-11-29T10:00:00Z");
  const memory = createSceneMemory({
    launch,
    nowMs: () => now,
    runtime: {
      onLook(sink) {
        sinks.add(sink);
        return () => void sinks.delete(sink);
      },
      note: (_level, text) => void notes.push(text),
    },
  });
  const folder = join(launch.stateDir, "skills", "find", "pictures");
  const kept = async (): Promise<number> =>
    (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).length;
  return {
    launch,
    memory,
    notes,
    sinks,
    kept,
    look: (afterMs: number, kind = "mug") => {
      now += afterMs;
      for (const sink of sinks)
        sink({
          ...aLook({ detections: [aDetection({ kind, color: "red" })] }),
          frame: paintFrame({ width: 64, height: 48 }),
        });
    },
  };
}

async function finder(
  launch: ReturnType<typeof loadLaunch>,
  entry: object = { type: "onboard" },
): Promise<{ port: PictureFinder; close(): Promise<void> }> {
  const config = findEntrySchema.parse(entry);
  const kind = findBackends[config.type] as {
    open(config: unknown, deps: unknown): Promise<{ port: PictureFinder; close(): Promise<void> }>;
  };
  return kind.open(config, backendDeps({ launch, keepDir: join(launch.stateDir ?? "", "skills", "find") }));
}

describe("what missions look at", () => {
  it("is remembered at most once in a while, and found by the skill", async () => {
    const { launch, memory, look, kept } = await start({ everyS: 5 });
    look(0);
    await vi.waitFor(async () => expect(await kept()).toBe(1));
    look(4_999);
    look(1, "bag");
    await memory.close();
    expect(await kept()).toBe(2);

    const { port } = await finder(launch);
    expect(await port.lastSeen("red mug", idle)).toMatchObject({
      ok: true,
      value: { picture: { seenAtMs: Date.parse("2026-11-29T10:00:00Z"), calibrated: true } },
    });
    expect(await port.lastSeen("红色的袋子", idle)).toMatchObject({
      ok: true,
      value: { picture: { seenAtMs: Date.parse("2026-11-29T10:00:05Z") } },
    });
  });

  it("is not kept once it is closed, nor where it is switched off", async () => {
    const { memory, sinks } = await start();
    await memory.close();
    const off = await start({ remember: false });

    expect([sinks.size, off.sinks.size]).toEqual([0, 0]);
    await off.memory.close();
  });

  it("ends with a warning when the disk refuses", async () => {
    const stateDir = join(await mkdtemp(join(tmpdir(), "handeye-state-")), "file");
    await writeFile(stateDir, "in the way");
    const { memory, look, notes, sinks } = await start({ everyS: 0 }, stateDir);
    look(0);
    await memory.close();

    expect(notes).toEqual([expect.stringContaining("no longer remembered")]);
    expect(sinks.size).toBe(0);
  });
});

describe("the back end clip", () => {
  const { tokenizer, idOf } = smallBytePair(["red", "green", "blue", "curtain", "meadow"]);
  const weights = () =>
    writeModelFolder({
      "model.onnx": buildClip([idOf("red</w>"), idOf("green</w>"), idOf("blue</w>")]),
      "tokenizer.json": tokenizer,
    });
  const seen = (background: readonly [number, number, number], origin: string, seenAtMs: number) => {
    const frame = paintFrame({ width: 64, height: 48, background });
    return { frame, origin, calibrated: false, seenAtMs, perceive: async () => ({ ...aLook(), frame }) };
  };

  it.each(["folder", "qdrant"])("finds by vectors, kept in %s", async (type) => {
    const server = await startQdrantServer();
    const { launch, memory } = await start();
    await memory.close();
    const store = type === "folder" ? { type } : { type, baseUrl: server.baseUrl };
    const opened = await finder(launch, { type: "clip", modelDir: await weights(), store });
    const { port } = opened;
    await port.remember(seen([220, 10, 10], "red", 1_000), idle);
    await port.remember(seen([10, 10, 220], "blue", 2_000), idle);

    const found = await port.search({ words: "blue curtain", limit: 1 }, idle);

    expect(found).toMatchObject({ ok: true, value: [{ picture: { origin: "blue" }, by: ["vectors"] }] });
    expect(server.collections.get("handeye_pictures")?.points.size).toBe(type === "qdrant" ? 2 : undefined);
    await opened.close();
    await server.close();
  });

  it("says what is missing before it is opened", async () => {
    const deps = backendDeps();
    const config = findEntrySchema.parse({
      type: "clip",
      modelDir: await weights(),
      store: { type: "qdrant", baseUrl: "https://qdrant.example.com", apiKeyEnv: "QDRANT_API_KEY" },
    });
    if (config.type !== "clip") throw new Error("another type");

    expect(findBackends.clip.check?.(config, deps)).toContain("QDRANT_API_KEY");
    expect(findBackends.clip.check?.({ ...config, modelDir: "/nowhere" }, deps)).toContain("model.json");
    expect(findBackends.clip.leavesMachine?.(config)).toBe(true);
    await expect(findBackends.clip.open(config, deps)).rejects.toMatchObject({ code: "bad-launch-file" });
  });

  it("has examples that the launch file takes", () => {
    for (const { example } of Object.values(findBackends))
      expect(findEntrySchema.safeParse(example).success).toBe(true);
  });
});
