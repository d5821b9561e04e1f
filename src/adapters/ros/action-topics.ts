import type { ActionClient, GoalEnd } from "./goal-end.js";
import { watchGoal, type GoalWatch } from "./goal-watch.js";
import type { RosLink } from "./ros-link.js";
import type { RosMessage, Timers } from "./ros-types.js";
import { rosTime } from "./stamps.js";

/** actionlib's numbers for a goal's state. */
const ENDS: Readonly<Record<number, "succeeded" | "canceled" | "aborted" | "rejected">> = {
  2: "canceled",
  3: "succeeded",
  4: "aborted",
  5: "rejected",
  8: "canceled",
  9: "aborted",
};
const ACTIVE = new Set([1, 6, 7]);

/** A terminal status without a result after this: the result is lost. */
const RESULT_AFTER_STATUS_MS = 1_000;
/** The bridge's subscriber to `result` is ready this long after the first status: results of quick goals are lost before. */
const SETTLE_MS = 100;

/**
 * An action of ROS 1: five topics. One client serves one server for the whole life of the link; `type` is the short form without
 * "Action": `control_msgs/FollowJointTrajectory`.
 */
export function createTopicsClient(
  link: RosLink,
  { action, type, timers }: { readonly action: string; readonly type: string; readonly timers: Timers },
): ActionClient {
  let running: { readonly id: string; readonly watch: GoalWatch; ended: boolean } | undefined;
  let known = false;
  const waiting = new Set<() => void>();
  const settleTimers = new Set<() => void>();

  const goals = link.advertise(`${action}/goal`, `${type}ActionGoal`);
  link.advertise(`${action}/cancel`, "actionlib_msgs/GoalID", { line: "stop" });

  const onStatus = (status: unknown, values?: RosMessage): void => {
    const {
      goal_id,
      status: code,
      text,
    } = (status ?? {}) as { goal_id?: RosMessage; status?: unknown; text?: unknown };
    if (running === undefined || goal_id?.id !== running.id || typeof code !== "number") return;
    if (ACTIVE.has(code)) running.watch.alive();
    const name = ENDS[code];
    if (name === undefined) return;
    running.watch.alive();
    const end: GoalEnd =
      name === "succeeded"
        ? { status: name, ...(values === undefined ? {} : { values }) }
        : { status: name, values, text: typeof text === "string" ? text : "" };
    if (values !== undefined) return running.watch.finish(end);
    if (running.ended) return;
    running.ended = true;
    const { watch } = running;
    const cancelTimer = timers.after(RESULT_AFTER_STATUS_MS, () => watch.finish(end));
    settleTimers.add(cancelTimer);
  };
  const unsubscribe = [
    link.subscribe(`${action}/status`, "actionlib_msgs/GoalStatusArray", ({ status_list }) => {
      if (!known) {
        known = true;
        settleTimers.add(timers.after(SETTLE_MS, () => waiting.forEach((wake) => wake())));
      }
      if (Array.isArray(status_list)) status_list.forEach((status) => onStatus(status));
    }),
    link.subscribe(`${action}/feedback`, `${type}ActionFeedback`, ({ status }) => {
      const id = ((status as RosMessage | undefined)?.goal_id as RosMessage | undefined)?.id;
      if (running !== undefined && id === running.id) running.watch.alive();
    }),
    // Results must not push each other out: another client's may come between.
    link.subscribe(
      `${action}/result`,
      `${type}ActionResult`,
      ({ status, result }) => onStatus(status, (result ?? {}) as RosMessage),
      { queueLength: 10 },
    ),
  ];
  const offState = link.onState((state) => {
    if (state === "up") return;
    known = false;
    running?.watch.finish({ status: "link-lost", text: `the link is ${state}` });
  });

  const cancel = (): void => {
    // An empty id is every goal of this server: nothing of ours may go on, not even one whose start was not heard of.
    link.sendStop({
      op: "publish",
      topic: `${action}/cancel`,
      msg: { stamp: rosTime(1, 0), id: "" },
    });
  };

  return {
    action,
    ready: (timeoutMs) =>
      new Promise((resolve) => {
        const finish = (found: boolean): void => {
          waiting.delete(wake);
          cancelTimer();
          resolve(found);
        };
        const wake = (): void => finish(true);
        const cancelTimer = timers.after(timeoutMs, () => finish(known));
        waiting.add(wake);
        if (known) settleTimers.add(timers.after(SETTLE_MS, wake));
      }),
    async send(goal, options) {
      const id = link.nextId(`handeye:${action}`);
      const watch = watchGoal(action, options, { timers, cancel });
      running = { id, watch, ended: false };
      try {
        goals.publish({
          header: { seq: 0, stamp: rosTime(1, 0), frame_id: "" },
          goal_id: { stamp: rosTime(1, 0), id },
          goal,
        });
        return await watch.end;
      } catch (error) {
        watch.finish({ status: "link-lost", text: "the link was down" });
        throw error;
      } finally {
        if (running?.id === id) running = undefined;
      }
    },
    cancel,
    close() {
      cancel();
      offState();
      for (const off of unsubscribe) off();
      for (const cancelTimer of settleTimers) cancelTimer();
    },
  };
}
