import type { ActionClient, GoalEnd } from "./goal-end.js";
import { watchGoal } from "./goal-watch.js";
import type { RosLink } from "./ros-link.js";
import type { Op, RosMessage, Timers } from "./ros-types.js";
import { rosType } from "./stamps.js";

/** Terminal states of a ROS 2 goal. */
const STATUS = { succeeded: 4, canceled: 5, aborted: 6 } as const;

/** An action of ROS 2, over rosbridge's action operations. `type` in its short form: `control_msgs/FollowJointTrajectory`. */
export function createOpsClient(
  link: RosLink,
  { action, type, timers }: { readonly action: string; readonly type: string; readonly timers: Timers },
): ActionClient {
  let running: string | undefined;

  /** A goal of a connection that broke: it runs on, and some bridges let no other connection cancel it by its id. */
  let orphan: string | undefined;

  const cancel = (): void => {
    const id = running ?? orphan;
    if (id !== undefined) link.sendStop({ op: "cancel_action_goal", id, action });
    if (orphan === undefined) return;
    const everyGoal = { goal_id: { uuid: new Array<number>(16).fill(0) }, stamp: { sec: 0, nanosec: 0 } };
    const sent = link.sendStop({
      op: "call_service",
      id: link.nextId(`cancel:${action}`),
      service: `${action}/_action/cancel_goal`,
      args: { goal_info: everyGoal },
    });
    if (sent) orphan = undefined;
  };

  return {
    action,
    async ready(timeoutMs) {
      const answer = await link.callService("/rosapi/action_servers", {}, { timeoutMs });
      // Not every rosapi knows the question; then the accept limit has to tell.
      if (!answer.ok || !Array.isArray(answer.value.action_servers)) return true;
      return answer.value.action_servers.includes(action);
    },
    async send(goal, options) {
      const id = link.nextId(`send_action_goal:${action}`);
      const watch = watchGoal(action, options, { timers, cancel });
      running = id;
      const unlisten = link.listenToGoal(id, {
        onFeedback: () => watch.alive(),
        onResult: (op) => watch.finish(readResult(op)),
        onLost: (reason) => watch.finish({ status: "link-lost", text: reason }),
      });
      try {
        link.send({
          op: "send_action_goal",
          id,
          action,
          action_type: rosType(2, "action", type),
          args: goal,
          feedback: true,
        });
        const end = await watch.end;
        if (end.status === "link-lost") orphan = id;
        return end;
      } catch (error) {
        watch.finish({ status: "link-lost", text: "the link was down" });
        throw error;
      } finally {
        unlisten();
        if (running === id) running = undefined;
      }
    },
    cancel,
    close: cancel,
  };
}

/** rosbridge says `result: true` of aborted goals too; the truth is in `status`. */
function readResult(op: Op): GoalEnd {
  const values = typeof op.values === "object" && op.values !== null ? (op.values as RosMessage) : undefined;
  const text = values === undefined ? String(op.values) : JSON.stringify(values).slice(0, 300);
  if (op.result === false) return { status: "rejected", text };
  switch (op.status) {
    case STATUS.succeeded:
      return { status: "succeeded", ...(values === undefined ? {} : { values }) };
    case STATUS.canceled:
      return { status: "canceled", values, text };
    case STATUS.aborted:
      return { status: "aborted", values, text };
  }
  return { status: "aborted", values, text: `ended with status ${String(op.status)}, which is not success: ${text}` };
}
