import { describe, expect, it, vi } from "vitest";
import type { HandeyeEvent } from "../../domain/event.js";
import type { ApprovedPlan } from "../../domain/plan.js";
import { fail, ok } from "../../domain/result.js";
import { createFakeClock } from "../../../test/support/fake-clock.js";
import { createFakePerception, type FakePerceptionOptions } from "../../../test/support/fake-perception.js";
import { createFakePlanner, pointAt, type Script } from "../../../test/support/fake-planner.js";
import { createFakeRobot, type FakeRobotOptions } from "../../../test/support/fake-robot.js";
import { createFakeWorld, type FakeWorld } from "../../../test/support/fake-world.js";
import { createMission } from "./create-mission.js";
import type { Approvals, MissionOptions, MissionSnapshot } from "./mission.types.js";

interface SetUp {
  readonly world?: FakeWorld;
  readonly mission?: Partial<MissionOptions>;
  readonly robot?: Partial<FakeRobotOptions>;
  readonly perception?: Partial<FakePerceptionOptions>;
}

const bagWorld = (): FakeWorld =>
  createFakeWorld([
    { id: "bag", kind: "bag", color: "green", center: [0.45, 0.1, 0] },
    { id: "mug", kind: "mug", color: "red", center: [0.42, -0.25, 0], sizeM: [0.06, 0.06, 0.09] },
  ]);

/** Tests stand in for the first gate: it has its own. */
const approveAll: MissionOptions["approvePlan"] = (plan) => ok(plan as ApprovedPlan);

function setUp(script: Script, { world = bagWorld(), ...options }: SetUp = {}) {
  const clock = createFakeClock();
  const robot = createFakeRobot({ world, clock, ...options.robot });
  const perception = createFakePerception({ world, robot, clock, ...options.perception });
  const planner = createFakePlanner(script);
  const events: HandeyeEvent[] = [];
  const snapshots: MissionSnapshot[] = [];
  const mission = createMission({
    perception,
    planner,
    robot,
    approvePlan: approveAll,
    clock,
    timers: clock.timers,
    sink: { publish: (event) => events.push(event) },
    limits: { maxSteps: 10, maxReplans: 2, maxWallTimeMs: 300_000, planTimeoutMs: 30_000, stepTimeoutMs: 120_000 },
    persist: (snapshot) => snapshots.push(snapshot),
    ...options.mission,
  });
  return { clock, robot, perception, planner, events, snapshots, mission, world };
}

const names = (events: readonly HandeyeEvent[]): string[] =>
  events.map((e) => (e.event === "state" ? `state:${e.state}` : e.event));

/** Grasps the bag, and believes it done once a receipt says so. */
const graspBag: Script = ({ scene, history }) =>
  history.at(-1)?.grade === "verified"
    ? [{ action: "done", evidence: "the green bag is held" }]
    : [{ action: "grasp", target: pointAt(scene, "bag") }];

const never = new Promise<never>(() => undefined);

describe("createMission", () => {
  it("grasps, looks, verifies and only then is done", async () => {
    const { mission, events } = setUp(graspBag);
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "done", grade: "verified" });
    expect(result.receipts.map((r) => [r.action.action, r.grade])).toEqual([
      ["grasp", "verified"],
      ["done", "verified"],
    ]);
    expect(names(events)).toEqual([
      "state:disarmed",
      "state:ready",
      "mission-start",
      "state:perceiving",
      "scene",
      "state:planning",
      "plan",
      "state:approving",
      "plan-verdict",
      "state:executing",
      "action-start",
      "state:verifying",
      "scene",
      "receipt",
      "state:perceiving",
      "state:planning",
      "plan",
      "state:approving",
      "plan-verdict",
      "state:executing",
      "state:verifying",
      "scene",
      "receipt",
      "state:done",
      "mission-end",
    ]);
  });

  it("carries a held thing over into the next mission", async () => {
    const { mission, world } = setUp(({ instruction, scene, history }, asked) => {
      if (instruction.startsWith("pick"))
        return graspBag({ instruction, scene, history, answers: [] }, asked, never as never);
      if (history.at(-1)?.grade === "verified") return [{ action: "done", evidence: "the bag is there" }];
      return [{ action: "place", to: { label: "free spot", x: 0.62, y: 0.6, z: 1.05 } }];
    });
    mission.arm();
    await mission.run("pick up the green bag");

    const result = await mission.run("put it down there");

    expect(result).toMatchObject({ outcome: "done" });
    expect(world.things[0].center[2]).toBeLessThan(0.8);
  });

  it("moves nothing before a person arms it", async () => {
    const { mission, robot } = setUp(graspBag);

    const result = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "failed", code: "not-approved", grade: "refused" });
    expect(robot.commands).toEqual([]);
  });

  it("plans anew with the receipt after the gripper closed on nothing", async () => {
    const world = bagWorld();
    let nudged = false;
    const { mission, planner } = setUp(graspBag, {
      world,
      robot: {
        before: (command) => {
          // Somebody moves the bag while the hand is on its way.
          if (command === "tool" && !nudged) {
            nudged = true;
            world.things[0].center = [0.5, 0.25, 0.76];
          }
          return undefined;
        },
      },
    });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(planner.requests[1].history).toMatchObject([{ grade: "failed", code: "nothing-grasped" }]);
    expect(result).toMatchObject({ outcome: "done" });
  });

  it("fails with the last code when new plans do not help", async () => {
    const { mission } = setUp(({ scene }) => [{ action: "grasp", target: pointAt(scene, "bag") }], {
      robot: {
        before: (command) => (command === "gripper" ? fail("timeout", "The gripper does not answer.") : undefined),
      },
    });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "failed", code: "timeout" });
    expect(result.receipts).toHaveLength(3);
  });

  it("stops in the middle of a motion, latches, and says so", async () => {
    const { mission, robot } = setUp(graspBag, {
      robot: {
        before: (command) => {
          if (command === "tool") mission.stop("The red button.");
          return undefined;
        },
      },
    });
    mission.arm();

    const result = await mission.run("pick up the green bag");
    const again = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "stopped", code: "stopped", message: "The red button." });
    expect(again).toMatchObject({ outcome: "stopped" });
    expect(robot.halts).toBe(1);
    expect(mission.state).toEqual({ task: "stopped", safety: "stopped" });
  });

  it("tells the end of a stopped mission last, with the step that the stop interrupted", async () => {
    const { mission, events } = setUp(graspBag, {
      robot: { before: (command) => void (command === "tool" && mission.stop()) },
    });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result.receipts).toMatchObject([{ action: { action: "grasp" }, grade: "failed", code: "stopped" }]);
    expect(names(events).slice(-2)).toEqual(["receipt", "mission-end"]);
  });

  it("works again after a reset and a new arming, and not before", async () => {
    const { mission, robot } = setUp(graspBag);
    mission.arm();
    mission.stop();
    await mission.reset();

    const early = await mission.run("pick up the green bag");
    mission.arm();
    const result = await mission.run("pick up the green bag");

    expect(early).toMatchObject({ code: "not-approved" });
    expect(result).toMatchObject({ outcome: "done" });
    expect((await robot.state()).stopped).toBe(false);
  });

  it("takes a cancelled command for a stop", async () => {
    const controller = new AbortController();
    const { mission, robot } = setUp(() => {
      controller.abort();
      return never;
    });
    mission.arm();

    const result = await mission.run("pick up the green bag", { signal: controller.signal });

    expect(result).toMatchObject({ outcome: "stopped" });
    expect(robot.halts).toBe(1);
  });

  it("gives up with the question when there is nobody to answer it", async () => {
    const { mission, events } = setUp(() => [{ action: "ask", question: "Which mug?", choices: ["red", "blue"] }]);
    mission.arm();

    const result = await mission.run("take the mug");

    expect(result).toMatchObject({
      outcome: "given-up",
      code: "ambiguous",
      question: { text: "Which mug?", choices: ["red", "blue"] },
    });
    expect(events).toContainEqual(expect.objectContaining({ event: "ask", question: "Which mug?" }));
  });

  it("plans on with the answer when somebody gives one", async () => {
    const { mission, planner } = setUp(
      (request, asked) =>
        request.answers.length === 0
          ? [{ action: "ask", question: "Which one?", choices: [] }]
          : graspBag(request, asked, never as never),
      { mission: { answer: async () => "the green one" } },
    );
    mission.arm();

    const result = await mission.run("pick up the bag");

    expect(planner.requests[1].answers).toEqual([{ question: "Which one?", answer: "the green one" }]);
    expect(result).toMatchObject({ outcome: "done" });
  });

  it.each(["not-visible", "unknown-word", "bad-instruction", "unsupported"] as const)(
    "gives up when the planner says %s",
    async (code) => {
      const { mission, robot } = setUp(() => fail(code, "Because."));
      mission.arm();

      const result = await mission.run("fetch the moon");

      expect(result).toMatchObject({ outcome: "given-up", code, message: "Because.", grade: "refused" });
      expect(robot.commands).toEqual([]);
    },
  );

  it("sends a refused plan back to the planner with the bound that it hit", async () => {
    let refusals = 1;
    const { mission, planner } = setUp(graspBag, {
      mission: {
        approvePlan: (plan) =>
          refusals-- > 0 ? fail("keep-out", "Too near.", { marginM: 0.02 }) : ok(plan as ApprovedPlan),
      },
    });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(planner.requests[1].history).toMatchObject([
      { grade: "refused", code: "keep-out", details: { marginM: 0.02 }, action: { action: "grasp" } },
    ]);
    expect(result).toMatchObject({ outcome: "done" });
  });

  it("gives up, having moved nothing, when every plan is refused", async () => {
    const { mission, robot } = setUp(graspBag, { mission: { approvePlan: () => fail("forbidden", "Never.") } });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "given-up", code: "forbidden", grade: "refused" });
    expect(robot.commands).toEqual([]);
  });

  it("does not believe a planner that says done without evidence", async () => {
    const { mission } = setUp(() => [{ action: "done", evidence: "the blue bag is in the sink" }]);
    mission.arm();

    const result = await mission.run("put the blue bag into the sink");

    expect(result).toMatchObject({ outcome: "failed", code: "not-verified", grade: "failed" });
  });

  it("accepts that nothing had to be done when the scene bears it out", async () => {
    const world = createFakeWorld([], [{ id: "drawer", openM: 0.2 }]);
    const { mission, robot } = setUp(() => [{ action: "done", evidence: "the drawer is open" }], { world });
    mission.arm();

    const result = await mission.run("open the drawer");

    expect(result).toMatchObject({ outcome: "done", grade: "verified" });
    expect(robot.commands).toEqual([]);
  });

  it("is not done when the thing has left the gripper before the last look", async () => {
    const world = bagWorld();
    const { mission, robot } = setUp(
      (request, asked) => {
        if (request.history.at(-1)?.grade === "verified") void robot.setGripper(0.08, { forceN: 1, signal: idle });
        return request.history.length > 0
          ? [{ action: "done", evidence: "the green bag is held" }]
          : graspBag(request, asked, idle);
      },
      { world },
    );
    const idle = new AbortController().signal;
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "failed", grade: "failed", code: "dropped" });
  });

  it("does not verify a grasp while the thing is still seen where it stood", async () => {
    const world = bagWorld();
    const twin = { ...world.things[0], id: "twin" };
    const { mission } = setUp(
      ({ scene }, asked) =>
        asked === 0 ? [{ action: "grasp", target: pointAt(scene, "bag") }] : [{ action: "done", evidence: "held" }],
      { world, perception: { before: (look) => void (look === 2 && world.things.push(twin)) } },
    );
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result.receipts[0]).toMatchObject({ grade: "failed", code: "not-verified" });
    expect(result.outcome).toBe("failed");
  });

  it("ends when its time is up, even if the planner hangs", async () => {
    const { mission, clock, robot } = setUp(() => never, {
      mission: {
        limits: { maxSteps: 5, maxReplans: 2, maxWallTimeMs: 60_000, planTimeoutMs: 600_000, stepTimeoutMs: 60_000 },
      },
    });
    mission.arm();
    const running = mission.run("pick up the green bag");
    await vi.waitFor(() => expect(mission.state.task).toBe("planning"));

    clock.advance(60_000);

    expect(await running).toMatchObject({ outcome: "failed", code: "timeout" });
    expect(robot.commands).toEqual([]);
  });

  it("limits the planner's time by itself", async () => {
    const { mission, clock } = setUp(() => never);
    mission.arm();
    const running = mission.run("pick up the green bag");
    await vi.waitFor(() => expect(mission.state.task).toBe("planning"));

    clock.advance(30_000);

    expect(await running).toMatchObject({ outcome: "failed", code: "timeout" });
    expect(clock.pending).toBe(0);
  });

  it("ends after as many steps as it may take", async () => {
    const { mission } = setUp(() => [{ action: "wait", seconds: 1 }]);
    mission.arm();

    const result = await mission.run("wait for ever");

    expect(result).toMatchObject({ outcome: "failed", code: "too-many-steps" });
    expect(result.receipts).toHaveLength(10);
  });

  it("keeps still on hold, then looks and plans anew", async () => {
    let held = false;
    const { mission, planner, events } = setUp(graspBag, {
      robot: {
        before: (command) => {
          if (command === "tool" && !held) {
            held = true;
            mission.hold("The operator's link is gone.");
          }
          return undefined;
        },
      },
    });
    mission.arm();
    const running = mission.run("pick up the green bag");
    await vi.waitFor(() => expect(names(events)).toContain("receipt"));
    expect(mission.state.safety).toBe("held");

    mission.resume();
    const result = await running;

    expect(planner.requests).toHaveLength(3);
    expect(planner.requests[1].history).toMatchObject([{ grade: "failed", code: "stopped" }]);
    expect(result).toMatchObject({ outcome: "done" });
  });

  it("waits for a person's word where the policy asks for it", async () => {
    const ask = vi.fn<Approvals["ask"]>(async () => "approved");
    const { mission, events } = setUp(graspBag, { mission: { approvals: { required: () => "risky", ask } } });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "done" });
    expect(ask).toHaveBeenCalledOnce();
    expect(names(events)).toContain("state:awaiting-operator");
  });

  it.each([
    ["denied", "not-approved"],
    ["expired", "expired"],
  ] as const)("moves nothing when the request is %s", async (word, code) => {
    const { mission, robot } = setUp(graspBag, {
      mission: { approvals: { required: () => "risky", ask: async () => word } },
    });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result).toMatchObject({ outcome: "given-up", code });
    expect(robot.commands).toEqual([]);
  });

  it("fails with the device's code when perception breaks, and does not verify by it", async () => {
    const { mission } = setUp(graspBag, {
      perception: {
        before: (look) => {
          if (look > 1) throw new Error("The camera is gone.");
        },
      },
    });
    mission.arm();

    const result = await mission.run("pick up the green bag");

    expect(result.outcome).toBe("failed");
    expect(result.receipts[0]).toMatchObject({ grade: "failed", code: "not-verified" });
  });

  it("persists every transition, and starts disarmed from what was persisted", async () => {
    const first = setUp(graspBag);
    first.mission.arm();
    await first.mission.run("pick up the green bag");
    const interrupted = first.snapshots.find((s) => s.task === "executing");

    const { mission, robot } = setUp(graspBag, {
      mission: { restored: JSON.parse(JSON.stringify(interrupted)) as MissionSnapshot },
    });

    expect(first.snapshots.map((s) => s.task)).toEqual(
      names(first.events).flatMap((n) => n.match(/^state:(.+)/)?.[1] ?? []),
    );
    expect(mission.restored).toMatchObject({ instruction: "pick up the green bag", task: "executing" });
    expect(mission.state).toEqual({ task: "disarmed", safety: "nominal" });
    expect(robot.commands).toEqual([]);
  });

  it("refuses a second mission while one runs", async () => {
    const { mission } = setUp(() => never);
    mission.arm();
    const running = mission.run("pick up the green bag");

    await expect(mission.run("another")).rejects.toMatchObject({ code: "bad-input" });

    mission.stop();
    await running;
  });

  it("halts at once when stopped twice or while idle", () => {
    const { mission, robot } = setUp(graspBag);

    mission.stop();
    mission.stop();

    expect(robot.halts).toBe(2);
    expect(mission.state.safety).toBe("stopped");
  });
});
