import { describe, expect, it, vi } from "vitest";
import { createDesk } from "../../app/desk.js";
import type { Role } from "../../domain/remote/roles.js";
import { createFakeClock } from "../../../test/support/fake-clock.js";
import { createFakeLink } from "../../../test/support/fake-link.js";
import { createFakeRuntime } from "../../../test/support/fake-runtime.js";
import { createMqttTransport } from "./create-mqtt-transport.js";

const ROLES: Readonly<Record<string, Role>> = { ann: "operator", bob: "operator", sue: "supervisor", vic: "viewer" };

function setUp({ requireLease = false } = {}) {
  const clock = createFakeClock();
  const [link, runtime] = [createFakeLink(), createFakeRuntime()];
  let ids = 0;
  const desk = createDesk({ newId: () => `r${++ids}` });
  createMqttTransport({
    link,
    runtime,
    desk,
    robot: "sim-1",
    version: "1.2.3",
    nowMs: () => clock.nowMs(),
    after: (ms, callback) => clock.timers.after(ms, callback),
    roleOf: (name) => ROLES[name],
    identity: "claimed",
    requireLease,
    leaseTimeoutMs: 3_000,
    cameraFps: 15,
  });
  const iso = (ms: number): string => new Date(clock.nowMs() + ms).toISOString();
  const send = (name: string, operator: string, message: object = {}): void => {
    const signed = name === "jog" || name === "lease" ? {} : { id: `m${++ids}`, expiresAt: iso(5_000) };
    const json = { operator, sentAt: iso(0), ...signed, ...message };
    link.deliver({ topic: `handeye/sim-1/${name}`, payload: Buffer.from(JSON.stringify(json)), retain: false });
  };
  const command = (operator = "ann", instruction = "open the drawer"): void =>
    send("command", operator, { instruction });
  const lastResponse = (): unknown => link.on("response").at(-1);
  const state = (): unknown => link.on("state").at(-1);
  return { clock, link, runtime, desk, send, command, lastResponse, state };
}

describe("createMqttTransport", () => {
  it("carries out a command, and says whose mission runs and how it ended", async () => {
    const { runtime, command, lastResponse, state } = setUp();

    command();
    expect(runtime.effects).toEqual(["run open the drawer"]);
    expect(lastResponse()).toMatchObject({ topic: "command", operator: "ann", accepted: true });
    expect(state()).toMatchObject({ mission: { instruction: "open the drawer", operator: "ann" } });
    runtime.finish();

    await vi.waitFor(() => expect(state()).toMatchObject({ last: { outcome: "done", grade: "verified" } }));
    expect(state()).not.toHaveProperty("mission");
    expect(state()).not.toHaveProperty("lease");
  });

  it("queues nothing: a second command is refused while one runs", () => {
    const { runtime, command, lastResponse } = setUp();
    command();

    command("ann", "close the drawer");

    expect(runtime.effects).toEqual(["run open the drawer"]);
    expect(lastResponse()).toMatchObject({ accepted: false, code: "busy" });
  });

  it("answers a duplicate once", () => {
    const { link, runtime, send } = setUp();
    const message = { id: "same", instruction: "open the drawer" };
    send("command", "ann", message);

    send("command", "ann", message);

    expect(runtime.effects).toHaveLength(1);
    expect(link.on("response")).toHaveLength(1);
  });

  it("holds the robot when its driver is not heard any more", () => {
    const { clock, runtime, send, command, state } = setUp();
    send("lease", "ann", { want: "acquire" });
    command();
    runtime.become({ task: "executing" });

    clock.advance(3_000);

    expect(runtime.effects).toEqual(["run open the drawer", "hold"]);
    expect(state()).not.toHaveProperty("lease");
  });

  it("tells a second operator who drives", () => {
    const { runtime, send, command, lastResponse } = setUp();
    send("lease", "ann", { want: "acquire" });

    command("bob");

    expect(runtime.effects).toEqual([]);
    expect(lastResponse()).toMatchObject({
      accepted: false,
      code: "lease-held",
      message: expect.stringContaining("ann"),
    });
  });

  it("holds the robot when a supervisor takes over in mid-mission", () => {
    const { runtime, send, command, state } = setUp();
    send("lease", "ann", { want: "acquire" });
    command();

    send("lease", "sue", { want: "acquire" });

    expect(runtime.effects.at(-1)).toBe("hold");
    expect(state()).toMatchObject({ lease: { operator: "sue" } });
  });

  it("lets a supervisor arm the robot, and nobody else", () => {
    const { runtime, send, lastResponse } = setUp();
    send("arm", "ann");
    expect(lastResponse()).toMatchObject({ code: "not-allowed" });

    send("arm", "sue");

    expect(runtime.effects).toEqual(["arm"]);
  });

  it("takes commands only with a lease where the launch file says so", () => {
    const { runtime, send, command, lastResponse } = setUp({ requireLease: true });
    command();
    expect(lastResponse()).toMatchObject({ code: "no-lease" });

    send("lease", "ann", { want: "acquire" });
    command();

    expect(runtime.effects).toEqual(["run open the drawer"]);
  });

  it("lets a viewer stop, and nothing else", () => {
    const { runtime, send, command, lastResponse } = setUp();
    command();

    send("hold", "vic");
    expect(lastResponse()).toMatchObject({ code: "not-allowed" });
    send("stop", "vic");

    expect(runtime.effects).toEqual(["run open the drawer", "stop"]);
  });

  it("refuses commands after a stop until a person has reset", () => {
    const { runtime, send, command, lastResponse } = setUp();
    send("stop", "vic");

    command();
    expect(lastResponse()).toMatchObject({ code: "stopped" });
    send("reset", "ann");

    expect(runtime.effects).toEqual(["stop", "reset"]);
  });

  it("moves the arm by hand for the driver alone, newest press first", () => {
    const { runtime, send, lastResponse } = setUp();
    send("jog", "ann", { sequence: 1, velocityMps: [0.1, 0, 0] });
    expect(lastResponse()).toMatchObject({ code: "no-lease" });
    send("lease", "ann", { want: "acquire" });

    send("jog", "ann", { sequence: 3, velocityMps: [0.1, 0, 0] });
    send("jog", "ann", { sequence: 4, velocityMps: [0, 0, 0] });
    send("jog", "ann", { sequence: 3, velocityMps: [0.1, 0, 0] });

    expect(runtime.effects).toEqual(["jog 0.1,0,0", "jog 0,0,0"]);
  });

  it("shows an approval card and passes on the answer that fits it", async () => {
    const { link, desk, send, lastResponse } = setUp();
    const card = {
      action: { action: "release" },
      reason: "it lets go",
      marginM: Infinity,
      expiresAtMs: 0,
      step: 2,
      instruction: "let go",
      timeoutMs: 9_000,
      scene: { view: { camera: "head", sequence: 4 } },
    } as unknown as Parameters<typeof desk.approve>[0];
    const answer = desk.approve(card, { signal: new AbortController().signal });
    const [shown] = link.on("approval/request");
    expect(shown).toMatchObject({ waiting: true, reason: "it lets go", marginM: null, step: 2 });

    send("approval/response", "ann", { requestId: shown["id"], digest: "stale", decision: "approved" });
    expect(lastResponse()).toMatchObject({ code: "wrong-digest" });
    send("approval/response", "ann", { requestId: shown["id"], digest: shown["digest"], decision: "approved" });

    expect(await answer).toBe("approved");
    expect(link.on("approval/request").at(-1)).toMatchObject({ waiting: false, outcome: "approved" });
  });

  it("tells everything anew when the link is back, and nothing old", () => {
    const { link, runtime, state } = setUp();
    link.setConnected(false);
    runtime.become({ task: "planning" });
    const before = link.sent.length;

    link.setConnected(true);

    expect(link.sent.slice(before).map(({ topic, retain }) => `${topic} ${retain}`)).toEqual([
      "handeye/sim-1/status true",
      "handeye/sim-1/state true",
    ]);
    expect(state()).toMatchObject({ task: "planning" });
  });
});
