import { createOpsClient } from "./action-ops.js";
import { createTopicsClient } from "./action-topics.js";
import type { ActionClient } from "./goal-end.js";
import type { RosLink } from "./ros-link.js";
import type { Timers } from "./ros-types.js";

/** `type` in its short form without "Action", as in ROS 2's action files: `control_msgs/FollowJointTrajectory`. */
export const createActionClient = (
  link: RosLink,
  options: { readonly action: string; readonly type: string; readonly timers: Timers },
): ActionClient => (link.version === 1 ? createTopicsClient(link, options) : createOpsClient(link, options));
