import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { aLook } from "../../test/support/a-look.js";
import { readRecording, type RecordedMessage } from "../adapters/mcap/index.js";
import type { Frame } from "../domain/frame.js";
import type { Approvals } from "../execution/index.js";
import { createEventBus } from "./event-bus.js";
import { createTelemetry } from "./create-telemetry.js";
import { launchSchema } from "./launch/launch-schema.js";
import type { Body } from "./body.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-telemetry-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const look = aLook();
const frame = { ...look.frame, width: 16, height: 12, rgb: new Uint8Array(16 * 12 * 3) };
const request = {
  step: 2,
  action: { action: "release" },
  reason: "it lets go",
  scene: look.scene,
  instruction: "let go",
} as const;

/** A body that stands still, and the camera's shutter. */
function stillBody(state: () => Promise<typeof look.scene.robot>) {
  let shoot: (frame: Frame) => void = () => undefined;
  const body = {
    robot: { state, model: { joints: [{ name: "j1" }] } },
    clock: { nowMs: () => 42 },
    film: ({ sink }: { sink: (frame: Frame) => void }) => {
      shoot = sink;
      return () => undefined;
    },
  } as unknown as Pick<Body, "film" | "robot" | "clock">;
  return { body, shoot: (frame: Frame) => shoot(frame) };
}

async function topics(path: string): Promise<Map<string, RecordedMessage>> {
  const last = new Map<string, RecordedMessage>();
  for await (const message of readRecording(path)) last.set(message.topic, message);
  return last;
}

describe("telemetry", () => {
  it("records model turns, approvals with their answers, and joints beside each picture", async () => {
    const record = join(folder, "run.mcap");
    const { telemetry: config } = launchSchema.parse({ robot: { type: "sim" }, telemetry: { record } });
    const { body, shoot } = stillBody(() => Promise.resolve(look.scene.robot));
    const telemetry = await createTelemetry(config, { body, bus: createEventBus() });
    const approvals: Approvals = { required: () => "it lets go", ask: () => Promise.resolve("denied") };

    telemetry.turn({ planner: "ollama x", round: 0, system: "s", prompt: "p", raw: "{", problems: [], outcome: "ok" });
    const answer = await telemetry.recorded(approvals).ask(request, { signal: new AbortController().signal });
    shoot(frame);
    const [artefact] = await telemetry.close();

    const recorded = await topics(record);
    expect(answer).toBe("denied");
    expect(artefact).toMatchObject({ kind: "recording", ok: true });
    expect(recorded.get("/planner")?.message).toMatchObject({ timeMs: 42, prompt: "p", raw: "{" });
    expect(recorded.get("/mission/approval")?.message).toMatchObject({ step: 2, answer: "denied" });
    expect(recorded.has("/camera/head")).toBe(true);
  });

  it("tells of an approval that was called off, and passes the error on", async () => {
    const record = join(folder, "off.mcap");
    const { telemetry: config } = launchSchema.parse({ robot: { type: "sim" }, telemetry: { record } });
    const { body } = stillBody(() => Promise.reject(new Error("no robot yet")));
    const telemetry = await createTelemetry(config, { body, bus: createEventBus() });
    const approvals: Approvals = { required: () => undefined, ask: () => Promise.reject(new Error("stopped")) };

    const asked = telemetry.recorded(approvals).ask(request, { signal: new AbortController().signal });

    await expect(asked).rejects.toThrow("stopped");
    await telemetry.close();
    expect((await topics(record)).get("/mission/approval")?.message).toMatchObject({ answer: "called off" });
  });

  it("keeps a recording's pictures when there is no robot to ask for joints", async () => {
    const record = join(folder, "blind.mcap");
    const { telemetry: config } = launchSchema.parse({ robot: { type: "sim" }, telemetry: { record } });
    const { body, shoot } = stillBody(() => Promise.reject(new Error("no robot yet")));
    const telemetry = await createTelemetry(config, { body, bus: createEventBus() });

    shoot(frame);
    await telemetry.close();

    expect([...(await topics(record)).keys()]).not.toContain("/robot/joints");
    expect((await topics(record)).has("/camera/head")).toBe(true);
  });
});
