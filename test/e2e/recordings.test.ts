import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createOperator } from "../support/operator.js";
import { ORACLE, ROOT, runCli } from "../support/run-cli.js";
import { startServe } from "../support/serve-cli.js";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Arguments of every command line that the guide shows in a block. */
function commands(): string[][] {
  const guide = readFileSync(join(ROOT, "docs/guide/recordings.md"), "utf8");
  return [...guide.matchAll(/^ *handeye +(.*)$/gm)].map(([, line]) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare),
  );
}

describe("the guide to recordings", { timeout: 240_000 }, () => {
  it("shows commands that do what it says, one after another", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "handeye-guide-"));
    const named = (name: string): string[] => commands().find(([command]) => command === name) ?? [];
    expect(commands().map(([command]) => command)).toEqual(["run", "replay", "replay", "export"]);
    const [, mend, decide] = commands();

    const recorded = await runCli([...named("run"), ...ORACLE, "--quiet"], { cwd });
    expect(recorded).toMatchObject({ code: 0, stdout: expect.stringMatching(/^done \(verified\)/) });
    const whole = readFileSync(join(cwd, "run.mcap"));
    writeFileSync(join(cwd, "broken.mcap"), whole.subarray(0, Math.floor(whole.length * 0.8)));
    const mended = await runCli(mend, { cwd });
    const decided = await runCli(decide, { cwd });
    const exported = await runCli(named("export"), { cwd });

    expect(mended).toMatchObject({ code: 0, stderr: expect.stringMatching(/whole\.mcap: \d+ messages/) });
    expect(decided).toMatchObject({ code: 0, stderr: expect.stringMatching(/\d+ decisions, 0 of them different/) });
    expect(exported).toMatchObject({ code: 0, stderr: expect.stringMatching(/1 episodes, \d+ frames at 5 a second/) });
    const info = JSON.parse(readFileSync(join(cwd, "dataset/meta/info.json"), "utf8")) as Record<string, unknown>;
    expect(info).toMatchObject({ total_episodes: 1, total_videos: 1 });
    expect(
      statSync(join(cwd, "dataset/videos/chunk-000/observation.images.head/episode_000000.mp4")).size,
    ).toBeGreaterThan(10_000);
  });

  it("serves figures and structured logs of a mission, and a recording that turned over", async () => {
    const folder = mkdtempSync(join(tmpdir(), "handeye-"));
    const rotate = ["--set", "telemetry.rotate.megabytes=0.2"];
    const record = ["--record", join(folder, "run.mcap")];
    const serving = await startServe([
      ...ORACLE,
      "--set",
      "robot.rate=4",
      "--log-format",
      "json",
      ...record,
      ...rotate,
    ]);
    closers.push(() => serving.end());
    const ann = await createOperator({ url: serving.mqtt, name: "ann" });
    closers.push(() => ann.close());

    await ann.send("command", { instruction: "open the left drawer" });
    await vi.waitFor(() => expect(ann.on("event/mission-end")).toHaveLength(1), { timeout: 90_000, interval: 100 });
    const figures = await (await fetch(`${serving.http}/metrics`)).text();
    expect(await serving.end()).toBe(0);

    expect(figures).toMatch(/handeye_missions_total\{outcome="done",grade="verified",robot="sim-1"\} 1/);
    for (const stage of ["capture", "ground", "depth", "plan", "approve", "dispatch", "verify"])
      expect(figures).toMatch(new RegExp(`handeye_stage_seconds_count\\{(?=[^}]*stage="${stage}")[^}]*\\} [1-9]`));
    expect(figures).toMatch(/handeye_link_up\{robot="sim-1"\} 1/);
    const log = serving
      .stderr()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(log[0]).toMatchObject({ level: "info", msg: "serving", http: serving.http });
    expect(log.find(({ event }) => event === "mission-end")).toMatchObject({ outcome: "done", mission: 1 });
    expect(log.at(-1)).toMatchObject({ artefact: "recording", msg: expect.stringMatching(/in \d+ files/) });
    expect(readFileSync(join(folder, "run-002.mcap")).subarray(-8).toString("latin1")).toContain("MCAP0");
  });
});
