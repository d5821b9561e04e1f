import { openRosBody, type RosBody, type RosBodyOptions } from "../../../src/adapters/ros/index.js";
import { pandaModel } from "../../../sim/worlds/panda-model.js";
import { startRosbridge, type Rosbridge } from "../rosbridge/index.js";
import { createScaledClock, type ScaledClock } from "../scaled-clock.js";
import { createFakeRosBody, fakeProfile, type FakeRosBody } from "./fake-ros-body.js";

export interface RosRig {
  readonly bridge: Rosbridge;
  readonly robot: FakeRosBody;
  readonly clock: ScaledClock;
  readonly notes: string[];
  /** Breaks the controller's connections and leaves the robot its own. */
  cutController(): void;
  /** Connects a controller. */
  open(more?: Partial<RosBodyOptions>): Promise<RosBody>;
  close(): Promise<void>;
}

/** A bridge with a fake robot on it, all on one clock that runs faster than the real one. */
export async function createRosRig(
  version: 1 | 2,
  {
    factor = 2,
    goalsInNewThread = true,
    robotAheadMs = 0,
  }: {
    readonly factor?: number;
    readonly goalsInNewThread?: boolean;
    /** The robot's clock (and the bridge's, which is on the robot) is ahead of the controller's. */
    readonly robotAheadMs?: number;
  } = {},
): Promise<RosRig> {
  const clock = createScaledClock(factor);
  const robotClock = { ...clock, nowMs: () => clock.nowMs() + robotAheadMs };
  const bridge = await startRosbridge({ version, clock: robotClock, timers: clock.timers, goalsInNewThread });
  const robot = await createFakeRosBody({ url: bridge.url, version, clock: robotClock });
  const notes: string[] = [];
  const bodies: RosBody[] = [];
  return {
    bridge,
    robot,
    clock,
    notes,
    cutController: () => bridge.dropLinks((client) => client !== "/client_1"),
    async open(more = {}) {
      const body = await openRosBody({
        url: bridge.url,
        version,
        clock,
        timers: clock.timers,
        profile: fakeProfile(),
        model: pandaModel,
        requireLease: true,
        holder: `test-${bodies.length}`,
        readText: () => Promise.reject(new Error("no files here")),
        onNote: (_level, text) => notes.push(text),
        deadAfterMs: 20_000,
        connectTimeoutMs: 10_000,
        stopCheckMs: 5_000,
        ...more,
      });
      bodies.push(body);
      return body;
    },
    async close() {
      for (const body of bodies) await body.close();
      robot.close();
      await bridge.close();
    },
  };
}
