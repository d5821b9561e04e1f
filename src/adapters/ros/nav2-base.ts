import { ok } from "../../domain/result.js";
import type { BaseDriver } from "./base-driver.js";
import { createActionClient } from "./create-action-client.js";
import { motionEnd } from "./motion-end.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { Timers } from "./ros-types.js";
import { rosHeader } from "./stamps.js";

type Nav2Base = Extract<RosProfile["base"], { type: "nav2" }>;

/** A base behind Nav2's NavigateToPose (ROS 1: move_base's MoveBase, with the same goal pose). */
export function createNav2Base(
  link: RosLink,
  {
    profile,
    odomFrame,
    timers,
    patience,
  }: {
    readonly profile: Nav2Base;
    readonly odomFrame: string;
    readonly timers: Timers;
    readonly patience: number;
  },
): BaseDriver {
  const client = createActionClient(link, {
    action: profile.action,
    type: link.version === 2 ? "nav2_msgs/NavigateToPose" : "move_base_msgs/MoveBase",
    timers,
  });
  return {
    client,
    async drive({ xM, yM, yawRad }, { signal }) {
      const pose = {
        header: rosHeader(link.version, 0, odomFrame),
        pose: {
          position: { x: xM, y: yM, z: 0 },
          orientation: { x: 0, y: 0, z: Math.sin(yawRad / 2), w: Math.cos(yawRad / 2) },
        },
      };
      const { acceptBy, acceptTimeoutMs, finishTimeoutMs } = profile;
      const end = await client.send(link.version === 2 ? { pose, behavior_tree: "" } : { target_pose: pose }, {
        signal,
        acceptBy,
        acceptTimeoutMs: acceptTimeoutMs * patience,
        finishTimeoutMs: finishTimeoutMs * patience,
      });
      const moved = motionEnd("drive", end);
      return moved.ok ? ok(undefined) : moved;
    },
    stop: () => client.cancel(),
    close: () => client.close(),
  };
}
