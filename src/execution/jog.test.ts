import { describe, expect, it, vi } from "vitest";
import type { Failure } from "../domain/result.js";
import { fail, ok } from "../domain/result.js";
import type { MotionFailure, Robot } from "../ports/robot.js";
import { createFakeClock } from "../../test/support/fake-clock.js";
import { createFakeRobot } from "../../test/support/fake-robot.js";
import { createFakeWorld } from "../../test/support/fake-world.js";
import { createJog } from "./jog.js";

type Move = Parameters<Robot["moveTool"]>;

/** A robot whose motions end when the test says so, or when they are called off. */
function setUp(refuse?: (call: number) => Failure<MotionFailure> | undefined) {
  const clock = createFakeClock();
  const robot = createFakeRobot({ world: createFakeWorld([]), clock });
  const calls: Move[] = [];
  const arrive: (() => void)[] = [];
  const slow: Robot = {
    ...robot,
    moveTool: (pose, options) => {
      calls.push([pose, options]);
      const refusal = refuse?.(calls.length);
      if (refusal !== undefined) return Promise.resolve(refusal);
      return new Promise((resolve) => {
        options.signal.addEventListener("abort", () => resolve(fail("stopped", "Called off.")));
        arrive.push(() => resolve(ok({ commanded: pose, reached: pose, errorM: 0 })));
      });
    },
  };
  const refusals: Failure<MotionFailure>[] = [];
  const jog = createJog({ robot: slow, timers: clock.timers, onRefusal: (refusal) => refusals.push(refusal) });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { clock, calls, arrive, jog, refusals, turn, robot };
}

describe("createJog", () => {
  it("moves along the pressed direction, no faster than it may", async () => {
    const { jog, calls, robot, turn } = setUp();
    const before = (await robot.state()).toolPoseInBase.position;

    jog.press([0, 3, 0]);
    await turn();

    const [pose, { speedMps }] = calls[0];
    expect(speedMps).toBe(0.15);
    expect(pose.position[0]).toBeCloseTo(before[0]);
    expect(pose.position[1]).toBeGreaterThan(before[1] + 0.1);
  });

  it("calls the motion off when presses stop coming", async () => {
    const { jog, clock, calls, turn } = setUp();
    jog.press([0.1, 0, 0]);
    await turn();

    clock.advance(299);
    expect(calls[0][1].signal.aborted).toBe(false);
    clock.advance(1);

    expect(calls[0][1].signal.aborted).toBe(true);
    await jog.settled();
    expect(jog.active).toBe(false);
  });

  it("goes on for as long as presses keep coming", async () => {
    const { jog, clock, calls, arrive, turn } = setUp();
    jog.press([0.1, 0, 0]);
    await turn();

    clock.advance(200);
    jog.press([0.1, 0, 0]);
    clock.advance(200);
    expect(calls[0][1].signal.aborted).toBe(false);
    arrive[0]();

    await vi.waitFor(() => expect(calls).toHaveLength(2));
  });

  it("turns at once when the direction changes", async () => {
    const { jog, calls, turn } = setUp();
    jog.press([0.1, 0, 0]);
    await turn();

    jog.press([0, 0, 0.1]);
    await turn();
    await turn();

    expect(calls[0][1].signal.aborted).toBe(true);
    expect(calls[1][0].position[2]).toBeGreaterThan(calls[0][0].position[2] + 0.1);
  });

  it("tries shorter stretches before it says that the way is closed", async () => {
    const { jog, calls, refusals } = setUp(() => fail("keep-out", "Too near."));

    jog.press([0.1, 0, 0]);
    await jog.settled();

    expect(calls).toHaveLength(3);
    expect(refusals).toMatchObject([{ code: "keep-out" }]);
    expect(jog.active).toBe(false);
  });

  it.each([
    ["nothing", [0, 0, 0]],
    ["a number that is none", [Number.NaN, 0, 0]],
  ] as const)("takes %s for letting go", async (_name, velocity) => {
    const { jog, calls, turn } = setUp();
    jog.press([0.1, 0, 0]);
    await turn();

    jog.press(velocity);

    expect(calls[0][1].signal.aborted).toBe(true);
  });
});
