import { readFileSync } from "node:fs";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createOperator, type Operator } from "../support/operator.js";
import { ORACLE, runCli } from "../support/run-cli.js";
import { startServe, type Serving } from "../support/serve-cli.js";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Fast enough for a test, slow enough to stop in mid-motion. */
const BRISK = ["--set", "robot.rate=4"] as const;
const SOON = { timeout: 90_000, interval: 50 };

async function serve(args: readonly string[] = []): Promise<Serving> {
  const serving = await startServe([...ORACLE, ...BRISK, ...args]);
  closers.push(() => serving.end());
  return serving;
}

async function enter(serving: Serving, name = "ann", url = serving.mqtt): Promise<Operator> {
  const operator = await createOperator({ url, name });
  closers.push(() => operator.close());
  return operator;
}

describe("handeye serve", { timeout: 180_000 }, () => {
  it("carries out a command that comes over MQTT, shows pictures, and leaves cleanly with its recording", async () => {
    const recording = join(mkdtempSync(join(tmpdir(), "handeye-")), "run.mcap");
    const serving = await serve(["--record", recording]);
    const ann = await enter(serving);

    const id = await ann.send("command", { instruction: "take the green bag out of the drawer" });
    await vi.waitFor(() => expect(ann.on("event/mission-end")).toHaveLength(1), SOON);

    expect(ann.on("response")).toMatchObject([{ id, topic: "command", operator: "ann", accepted: true }]);
    expect(ann.on("event/mission-end")[0]).toMatchObject({ outcome: "done", grade: "verified", missionId: id });
    await vi.waitFor(() => expect(ann.on("state").at(-1)).toMatchObject({ last: { id, outcome: "done" } }), SOON);
    expect(ann.on("overlay")[0]).toHaveProperty("things");
    expect(ann.pictures()).toBeGreaterThan(5);
    expect(await serving.end("SIGTERM")).toBe(0);
    await vi.waitFor(() => expect(ann.on("status").at(-1)).toMatchObject({ online: false }), SOON);
    expect(readFileSync(recording).subarray(-8).toString("latin1")).toContain("MCAP0");
  });

  it("serves pages with MQTT over WebSocket on the HTTP port, and says whether it is ready", async () => {
    const serving = await serve();

    const page = await enter(serving, "page", serving.ws);
    await vi.waitFor(() => expect(page.on("state")).not.toHaveLength(0), SOON);

    expect((await fetch(`${serving.http}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${serving.http}/readyz`)).json()).toMatchObject({ ready: true });
    expect((await fetch(`${serving.http}/../package.json`)).status).toBe(404);
    expect((await fetch(`${serving.http}/%2e%2e%2fpackage.json`)).status).toBe(404);
  });

  it("stops in mid-motion for anybody, and moves again only after a reset", async () => {
    const serving = await serve();
    const ann = await enter(serving);
    await ann.send("command", { instruction: "take the red mug" });
    await vi.waitFor(() => expect(ann.on("event/action-start")).not.toHaveLength(0), SOON);

    ann.client.publish("handeye/sim-1/stop", "");
    await vi.waitFor(() => expect(ann.on("event/mission-end")[0]).toMatchObject({ outcome: "stopped" }), SOON);
    await ann.send("command", { instruction: "open the left drawer" });
    await vi.waitFor(() => expect(ann.on("response").at(-1)).toMatchObject({ accepted: false, code: "stopped" }), SOON);
    await ann.send("reset");
    await vi.waitFor(() => expect(ann.on("state").at(-1)).toMatchObject({ safety: "nominal" }), SOON);
    await ann.send("command", { instruction: "open the left drawer" });

    await vi.waitFor(() => expect(ann.on("event/mission-end")).toHaveLength(2), SOON);
    expect(ann.on("event/mission-end")[1]).toMatchObject({ outcome: "done" });
  });

  it("asks before it moves where the launch file says so, and takes no for an answer", async () => {
    const serving = await serve(["--approve", "always"]);
    const ann = await enter(serving);
    await ann.send("command", { instruction: "open the left drawer" });

    await vi.waitFor(() => expect(ann.on("approval/request")).not.toHaveLength(0), SOON);
    const [card] = ann.on("approval/request");
    expect(card).toMatchObject({ waiting: true, action: { action: "open" }, positionInBase: expect.any(Array) });
    expect(ann.on("event/command")).toEqual([]);
    await ann.send("approval/response", { requestId: card["id"], digest: card["digest"], decision: "denied" });

    await vi.waitFor(() => expect(ann.on("event/mission-end")).toHaveLength(1), SOON);
    expect(ann.on("event/mission-end")[0]).toMatchObject({ code: "not-approved" });
    expect(ann.on("event/command")).toEqual([]);
  });

  it("keeps out of a box that a supervisor has just drawn", async () => {
    const serving = await serve();
    const ann = await enter(serving);
    const zones = [{ name: "no drawers", center: [0.75, -0.3, 0.9], sizeM: [0.7, 0.8, 0.6] }];
    await ann.send("keep-out", { zones });

    await ann.send("command", { instruction: "open the left drawer" });
    await vi.waitFor(() => expect(ann.on("event/mission-end")).toHaveLength(1), SOON);

    expect(ann.on("state").at(-1)).toMatchObject({ keepOut: [{ name: "no drawers" }] });
    expect(ann.on("event/mission-end")[0]).toMatchObject({ outcome: "given-up", code: "keep-out" });
  });

  it("holds the robot when its driver falls silent, and goes on when somebody says so", async () => {
    const serving = await serve(["--set", "remote.leaseTimeoutS=0.5"]);
    const ann = await enter(serving);
    await ann.send("lease", { want: "acquire" });
    await ann.send("command", { instruction: "open the left drawer" });

    await vi.waitFor(() => expect(ann.on("state").at(-1)).toMatchObject({ safety: "held" }), SOON);
    await ann.send("resume");

    await vi.waitFor(() => expect(ann.on("event/mission-end")[0]).toMatchObject({ outcome: "done" }), SOON);
  });

  it.each([
    [["--port", "70000"], /port/],
    [["--host", "0.0.0.0"], /remote\.operators/],
    [["--broker", "http://127.0.0.1"], /remote\.broker\.url/],
  ])("refuses %j and says why", async (args, message) => {
    const run = await runCli(["serve", ...args]);

    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(message);
  });
});
