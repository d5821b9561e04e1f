import type { Clock } from "../../ports/clock.js";
import type { RosMessage } from "../ros/ros-types.js";
import { rosHeader, rosTime, rosType } from "../ros/stamps.js";
import type { BodyLink } from "./body-link.js";

export type GoalStatus = "succeeded" | "canceled" | "aborted" | "rejected";

export interface GoalOutcome {
  readonly status: GoalStatus;
  readonly result: RosMessage;
  /** Why, for people. */
  readonly text?: string;
}

export interface GoalContext {
  /** Fires when the goal is cancelled, or replaced. */
  readonly signal: AbortSignal;
  feedback(values: RosMessage): void;
}

export interface ActionOffer {
  readonly action: string;
  /** Short form without "Action": `control_msgs/FollowJointTrajectory`. */
  readonly type: string;
  /** Untrusted: whoever handles a goal checks it. Must not throw for a bad one. */
  onGoal(goal: RosMessage, context: GoalContext): Promise<GoalOutcome>;
}

/** One action server, in the way of the link's ROS version. A new goal replaces the one that runs. */
export function serveAction(link: BodyLink, clock: Clock, offer: ActionOffer): void {
  if (link.version === 2) serveByOps(link, offer);
  else serveByTopics(link, clock, offer);
}

async function outcomeOf(offer: ActionOffer, goal: RosMessage, context: GoalContext): Promise<GoalOutcome> {
  try {
    return await offer.onGoal(goal, context);
  } catch (error) {
    return { status: "aborted", result: {}, text: error instanceof Error ? error.message : String(error) };
  }
}

const OPS_STATUS = { succeeded: 4, canceled: 5, aborted: 6, rejected: 6 } as const;

function serveByOps(link: BodyLink, offer: ActionOffer): void {
  const { action } = offer;
  const running = new Map<string, AbortController>();
  link.advertiseAction(action, offer.type, (op) => {
    const id = String(op.id);
    if (op.op === "cancel_action_goal") return running.get(id)?.abort();
    for (const older of running.values()) older.abort();
    const abort = new AbortController();
    running.set(id, abort);
    const feedback = (values: RosMessage): void => void link.send({ op: "action_feedback", id, action, values });
    void outcomeOf(offer, (op.args ?? {}) as RosMessage, { signal: abort.signal, feedback }).then((outcome) => {
      running.delete(id);
      const { status, text = "" } = outcome;
      // A server over the bridge cannot reject: `result: false` with words is what comes nearest.
      const said = status === "rejected" ? { values: text, result: false } : { values: outcome.result, result: true };
      link.send({ op: "action_result", id, action, status: OPS_STATUS[status], ...said });
    });
  });
}

/** actionlib's numbers. */
const TOPIC_STATUS = { active: 1, canceled: 2, succeeded: 3, aborted: 4, rejected: 5 } as const;
const STATUS_EVERY_MS = 200;
/** Ended goals stay in the status list for so long, as in actionlib. */
const REMEMBERED_MS = 5_000;

interface TrackedGoal {
  readonly goalId: RosMessage;
  readonly abort: AbortController;
  status: number;
  text: string;
  endedAtMs: number | undefined;
}

function serveByTopics(link: BodyLink, clock: Clock, offer: ActionOffer): void {
  const { action, type } = offer;
  const typeOf = (part: string): string => rosType(1, "msg", `${type}${part}`);
  const publishStatus = link.advertise(`${action}/status`, "actionlib_msgs/GoalStatusArray");
  const publishFeedback = link.advertise(`${action}/feedback`, typeOf("ActionFeedback"));
  const publishResult = link.advertise(`${action}/result`, typeOf("ActionResult"));
  const goals = new Map<string, TrackedGoal>();
  const header = (): RosMessage => rosHeader(1, clock.nowMs());
  const statusOf = ({ goalId, status, text }: TrackedGoal): RosMessage => ({ goal_id: goalId, status, text });

  const tellStatus = (): void => {
    const now = clock.nowMs();
    for (const [id, { endedAtMs }] of goals) {
      if (endedAtMs !== undefined && now - endedAtMs > REMEMBERED_MS) goals.delete(id);
    }
    publishStatus({ header: header(), status_list: [...goals.values()].map(statusOf) });
  };
  const repeat = (): void => {
    if (link.isClosed) return;
    tellStatus();
    link.timers.after(STATUS_EVERY_MS, repeat);
  };

  link.subscribe(`${action}/goal`, typeOf("ActionGoal"), (message) => {
    const asked = (message.goal_id ?? {}) as RosMessage;
    const id = typeof asked.id === "string" ? asked.id : "";
    if (goals.has(id)) return; // the same goal twice: a retransmission
    for (const older of goals.values()) older.abort.abort();
    const goal: TrackedGoal = {
      goalId: { stamp: asked.stamp ?? rosTime(1, clock.nowMs()), id },
      abort: new AbortController(),
      status: TOPIC_STATUS.active,
      text: "",
      endedAtMs: undefined,
    };
    goals.set(id, goal);
    tellStatus();
    const feedback = (values: RosMessage): void =>
      void publishFeedback({ header: header(), status: statusOf(goal), feedback: values });
    const context = { signal: goal.abort.signal, feedback };
    void outcomeOf(offer, (message.goal ?? {}) as RosMessage, context).then(({ status, result, text = "" }) => {
      Object.assign(goal, { status: TOPIC_STATUS[status], text, endedAtMs: clock.nowMs() });
      tellStatus();
      publishResult({ header: header(), status: statusOf(goal), result });
    });
  });
  link.subscribe(`${action}/cancel`, "actionlib_msgs/GoalID", ({ id }) => {
    const wanted = typeof id === "string" ? id : "";
    for (const [known, { abort }] of goals) if (wanted === "" || wanted === known) abort.abort();
  });
  repeat();
}
