import type { Faults } from "./faults.js";
import type { BridgeClient, Op, OpHandler } from "./rosbridge.types.js";

/** Terminal states of a ROS 2 goal as the protocol numbers them. */
export const GOAL_STATUS = {
  unknown: 0,
  accepted: 1,
  executing: 2,
  canceling: 3,
  succeeded: 4,
  canceled: 5,
  aborted: 6,
} as const;

interface RelayedGoal {
  /** Undefined once the client has gone: the goal runs on, as in ROS. */
  client: BridgeClient | undefined;
  readonly server: BridgeClient;
  readonly id: string;
  readonly action: string;
  readonly wantsFeedback: boolean;
  readonly finished: () => void;
}

export interface ActionDesk {
  readonly advertise: OpHandler;
  readonly unadvertise: OpHandler;
  /** Resolves when the goal has ended. */
  readonly send: (client: BridgeClient, op: Op) => Promise<void>;
  readonly cancel: OpHandler;
  readonly feedback: OpHandler;
  readonly result: OpHandler;
  leave(client: BridgeClient): void;
  list(): readonly { action: string; type: string }[];
}

/**
 * ROS 2 goals between clients. As in the real bridge, `result: true` comes with every end that the server reports and the truth
 * is in `status`; goals outlive the client that sent them; and any client may cancel a goal whose id it knows.
 */
export function createActionDesk(faults: Faults): ActionDesk {
  const servers = new Map<string, { readonly client: BridgeClient; readonly type: string }>();
  const goals = new Map<string, RelayedGoal>();
  let made = 0;

  const end = (key: string, values: unknown, status: number, result: boolean): void => {
    const goal = goals.get(key);
    if (goal === undefined) return;
    goals.delete(key);
    goal.finished();
    if (faults.loseResults) return;
    goal.client?.send({ op: "action_result", id: goal.id, action: goal.action, values, status, result });
  };

  return {
    advertise: (client, op) =>
      void servers.set(op.action as string, { client, type: (op.type as string | undefined) ?? "" }),
    unadvertise: (client, op) => {
      if (servers.get(op.action as string)?.client === client) servers.delete(op.action as string);
    },
    send(client, op) {
      const action = op.action as string;
      const id = op.id ?? "";
      const answer = (values: unknown, status: number, result: boolean): void =>
        client.send({ op: "action_result", id, action, values, status, result });
      const server = servers.get(action);
      // Neither a missing server nor a rejection is answered by bridges before 4.0.
      if (faults.rejectGoals === "silent" || (server === undefined && faults.rejectGoals === "no")) {
        return Promise.resolve();
      }
      if (faults.rejectGoals === "answer" || server === undefined) {
        answer("Action goal was rejected", GOAL_STATUS.unknown, false);
        return Promise.resolve();
      }
      if (faults.abortGoals) {
        answer({}, GOAL_STATUS.aborted, true);
        return Promise.resolve();
      }
      return new Promise((finished) => {
        const key = `action_goal:${action}:${++made}`;
        goals.set(key, { client, server: server.client, id, action, wantsFeedback: op.feedback === true, finished });
        server.client.send({
          op: "send_action_goal",
          id: key,
          action,
          action_type: op.action_type,
          args: op.args ?? {},
          feedback: true,
        });
      });
    },
    cancel(_client, op) {
      for (const [key, goal] of goals) {
        if (goal.id === op.id && goal.action === op.action) {
          goal.server.send({ op: "cancel_action_goal", id: key, action: goal.action });
        }
      }
    },
    feedback(_client, op) {
      const goal = goals.get(op.id ?? "");
      if (goal?.wantsFeedback !== true) return;
      goal.client?.send({ op: "action_feedback", id: goal.id, action: goal.action, values: op.values });
    },
    result(_client, op) {
      // A server over the bridge that reports `result: false` has aborted; its words are in `values`.
      if (op.result === false) end(op.id ?? "", op.values, GOAL_STATUS.aborted, true);
      else end(op.id ?? "", op.values, Number(op.status ?? GOAL_STATUS.unknown), true);
    },
    leave(client) {
      for (const [action, server] of servers) if (server.client === client) servers.delete(action);
      for (const [key, goal] of goals) {
        if (goal.client === client) goal.client = undefined;
        if (goal.server === client) {
          goals.delete(key);
          goal.finished();
        }
      }
    },
    list: () => [...servers].map(([action, { type }]) => ({ action, type })),
  };
}
