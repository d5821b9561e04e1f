import type { Op, RosMessage } from "../rosbridge/index.js";
import type { GraphClient } from "./graph-client.js";

export type End = "succeeded" | "canceled" | "aborted" | "rejected";

export interface ServedGoal {
  readonly goal: RosMessage;
  feedback(values: RosMessage): void;
  finish(end: End, result: RosMessage): void;
}

const ROS1: Record<End, number> = { canceled: 2, succeeded: 3, aborted: 4, rejected: 5 };
const ROS2: Record<End, number> = { succeeded: 4, canceled: 5, aborted: 6, rejected: 6 };

/** An action server in either version: action operations, or actionlib's topics. */
export function serveAction(
  graph: GraphClient,
  options: {
    readonly version: 1 | 2;
    readonly action: string;
    /** Short, without "Action". */
    readonly type: string;
    readonly onGoal: (goal: ServedGoal) => void;
    readonly onCancel: () => void;
    readonly every: (ms: number, work: () => void) => void;
  },
): void {
  const { version, action, type } = options;
  if (version === 2) {
    graph.say({ op: "advertise_action", action, type: type.replace("/", "/action/") });
    graph.on("send_action_goal", (op: Op) => {
      if (op.action !== action) return;
      const { id } = op;
      options.onGoal({
        goal: op.args as RosMessage,
        feedback: (values) => graph.say({ op: "action_feedback", id, action, values }),
        finish: (end, values) =>
          graph.say({ op: "action_result", id, action, values, status: ROS2[end], result: true }),
      });
    });
    graph.on("cancel_action_goal", (op: Op) => op.action === action && options.onCancel());
    return;
  }
  const header = { seq: 0, stamp: { secs: 0, nsecs: 0 }, frame_id: "" };
  let status: RosMessage | undefined;
  for (const [name, ofType] of [
    ["status", "actionlib_msgs/GoalStatusArray"],
    ["feedback", `${type}ActionFeedback`],
    ["result", `${type}ActionResult`],
  ]) {
    graph.say({ op: "advertise", topic: `${action}/${name}`, type: ofType });
  }
  const tell = (): void =>
    graph.publish(`${action}/status`, { header, status_list: status === undefined ? [] : [status] });
  options.every(200, tell);
  graph.subscribe(`${action}/goal`, `${type}ActionGoal`, ({ goal_id, goal }) => {
    status = { goal_id, status: 1, text: "" };
    tell();
    options.onGoal({
      goal: goal as RosMessage,
      feedback: (feedback) => graph.publish(`${action}/feedback`, { header, status, feedback }),
      finish(end, result) {
        status = { goal_id, status: ROS1[end], text: end };
        tell();
        graph.publish(`${action}/result`, { header, status, result });
      },
    });
  });
  graph.subscribe(`${action}/cancel`, "actionlib_msgs/GoalID", () => options.onCancel());
}
