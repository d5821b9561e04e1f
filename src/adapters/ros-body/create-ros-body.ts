import type { Clock } from "../../ports/clock.js";
import type { OnNote, RosVersion, Timers } from "../ros/ros-types.js";
import { serveBase } from "./base-servers.js";
import { createBodyLink } from "./body-link.js";
import { headTransformsAt, tfMessage } from "./body-frames.js";
import { serveGripper } from "./gripper-servers.js";
import { createRobotHold } from "./hold-robot.js";
import { serveJoints } from "./joint-servers.js";
import { createMotionDesk } from "./motion-desk.js";
import { createPicturePublisher } from "./publish-pictures.js";
import { createStatePublisher } from "./publish-state.js";
import type { ServedBody } from "./served-body.js";

export interface RosBodyOptions {
  /** Of a rosbridge: `ws://127.0.0.1:9090`. */
  readonly url: string;
  readonly version: RosVersion;
  /** ROS time: milliseconds since 1970. */
  readonly clock: Clock;
  readonly timers: Timers;
  /** Joint states, frames and odometry per second. Default 25. */
  readonly stateHz?: number;
  /** A heartbeat older than this holds the robot, ms. Absent: goals are taken from anyone, lease or not. */
  readonly leaseMs?: number;
  readonly onNote?: OnNote;
}

/** A robot in a ROS graph. */
export interface RosBody {
  readonly isUp: boolean;
  /** Pictures sent so far, of all cameras. */
  readonly pictures: number;
  /** Leaves the graph; the robot itself stays its owner's. Safe to call twice. */
  close(): void;
}

/**
 * Offers a robot and its cameras to a ROS graph over rosbridge, as a real one would be: state and pictures as topics, motions as
 * actions. Resolves when the bridge has taken it; from then on it comes back by itself. Rejects with `robot-disconnected`.
 */
export async function createRosBody(body: ServedBody, options: RosBodyOptions): Promise<RosBody> {
  const { clock, timers, stateHz = 25 } = options;
  const link = createBodyLink(options);
  const desk = createMotionDesk(timers);
  const hold = createRobotHold({ link, clock, desk, robot: body.robot, leaseMs: options.leaseMs });
  const parts = { link, clock, desk, body, refusal: hold.refusal };
  serveJoints(parts);
  serveGripper(parts);
  serveBase(parts);

  const state = createStatePublisher(link, clock, body);
  const { head } = body.description;
  const publishers = body.cameras.map((served) => ({
    everyMs: 1000 / served.fps,
    publisher: createPicturePublisher(link, served, {
      toRosMs: (timeMs) => body.toRosMs(timeMs),
      // Where the head camera was goes ahead of its picture, exact and with its stamp: frames sampled at some other time would
      // put every thing in a slightly wrong place while the head turns.
      async beforeSending(frame, stampMs) {
        if (served.opticalFrame !== head.frame) return;
        const { panRad } = (await body.robot.joints()).gaze;
        state.sendTransforms(tfMessage(link.version, stampMs, headTransformsAt(head, frame.poseInBase, panRad)));
      },
    }),
  }));

  let isClosed = false;
  let pictures = 0;
  const tellTrouble = (error: unknown): void => {
    if (!isClosed)
      options.onNote?.("warning", `Publishing failed: ${error instanceof Error ? error.message : String(error)}`);
  };
  /**
   * One at a time, at most every `everyMs`, and never more than half of the time: on a slow machine the motions need the rest. Nothing is
   * made while nobody can be told.
   */
  const repeatedly = (everyMs: number, work: () => Promise<void>): void => {
    const turn = async (): Promise<void> => {
      const startedMs = clock.nowMs();
      if (link.isUp) await work().catch(tellTrouble);
      const tookMs = clock.nowMs() - startedMs;
      if (!isClosed) timers.after(Math.max(1, everyMs - tookMs, tookMs), () => void turn());
    };
    void turn();
  };
  try {
    await link.connect();
  } catch (error) {
    hold.close();
    link.close();
    throw error;
  }
  repeatedly(1000 / stateHz, () => state.publish());
  for (const { everyMs, publisher } of publishers) {
    repeatedly(everyMs, async () => {
      await publisher.publish();
      pictures++;
    });
  }

  return {
    get isUp() {
      return link.isUp;
    },
    get pictures() {
      return pictures;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      desk.cancelAll();
      hold.close();
      link.close();
    },
  };
}
