import { ControllerError } from "../../domain/errors.js";
import { openBridgeSocket, type BridgeSocket } from "../ros/bridge-socket.js";
import type { OnNote, Op, RosMessage, RosVersion, Timers } from "../ros/ros-types.js";
import { rosType } from "../ros/stamps.js";

/** What a robot needs of a rosbridge. Everything that it offers is offered again after every reconnection. */
export interface BodyLink {
  readonly version: RosVersion;
  readonly timers: Timers;
  readonly isUp: boolean;
  readonly isClosed: boolean;
  /** Resolves when the link is up for the first time; from then on it comes back by itself. Rejects with `robot-disconnected`. */
  connect(): Promise<void>;
  /**
   * Types in their short form. The returned function sends one message; false where it could not: state is worth nothing
   * later, so nothing is kept, but the last message of a latched topic.
   */
  advertise(topic: string, type: string, options?: { readonly latch?: boolean }): (message: RosMessage) => boolean;
  subscribe(topic: string, type: string, onMessage: (message: RosMessage) => void): void;
  /** ROS 2 only. `onOp` gets the goals and cancellations of this action. */
  advertiseAction(action: string, type: string, onOp: (op: Op) => void): void;
  /** False where the link is down. */
  send(op: Op): boolean;
  onState(listener: (isUp: boolean) => void): void;
  /** Safe to call twice. */
  close(): void;
}

export interface BodyLinkOptions {
  readonly url: string;
  readonly version: RosVersion;
  readonly timers: Timers;
  readonly onNote?: OnNote;
  /** Waits between attempts to come back, the last one repeated. */
  readonly backoffMs?: readonly number[];
}

const BACKOFF_MS = [250, 500, 1_000, 2_000, 5_000];

export function createBodyLink(options: BodyLinkOptions): BodyLink {
  const { url, version, timers, backoffMs = BACKOFF_MS } = options;
  const offers: Op[] = [];
  const latched = new Map<string, RosMessage>();
  const topics = new Map<string, (message: RosMessage) => void>();
  const actions = new Map<string, (op: Op) => void>();
  const listeners: ((isUp: boolean) => void)[] = [];
  let socket: BridgeSocket | undefined;
  let isClosed = false;
  let cancelRetry = (): void => {};
  let ids = 0;

  const send = (op: Op): boolean => {
    try {
      if (socket?.isOpen !== true) return false;
      socket.send(op);
      return true;
    } catch {
      // Too much is unsent already: a robot's state is worth nothing when it comes late.
      return false;
    }
  };
  const offer = (op: Op): void => {
    offers.push(op);
    send(op);
  };
  const onOp = (op: Op): void => {
    switch (op.op) {
      case "publish":
        return topics.get(String(op.topic))?.((op.msg ?? {}) as RosMessage);
      case "send_action_goal":
      case "cancel_action_goal":
        return actions.get(String(op.action))?.(op);
      case "status":
        if (op.level === "error") options.onNote?.("warning", `rosbridge says: ${String(op.msg)}`);
    }
  };
  const establish = async (): Promise<void> => {
    const opened = await openBridgeSocket(url, {
      name: "robot",
      timers,
      connectTimeoutMs: 3_000,
      pingEveryMs: 1_000,
      deadAfterMs: 3_000,
      onOp,
      onFault: (fault) => options.onNote?.("warning", `A message was ${fault.replaceAll("-", " ")} and is ignored.`),
      onClose(reason) {
        socket = undefined;
        for (const listener of listeners) listener(false);
        options.onNote?.("warning", `The link to ${url} broke: ${reason}. Trying again.`);
        retry(0);
      },
    });
    if (isClosed) {
      opened.close();
      throw new ControllerError("robot-disconnected", `The link to ${url} was closed while it was being opened.`);
    }
    socket = opened;
    for (const op of offers) send(op);
    for (const [topic, msg] of latched) send({ op: "publish", topic, msg });
    for (const listener of listeners) listener(true);
  };
  const retry = (attempt: number): void => {
    cancelRetry = timers.after(backoffMs[Math.min(attempt, backoffMs.length - 1)], () => {
      if (isClosed) return;
      establish().then(
        () => options.onNote?.("info", `The link to ${url} is up again.`),
        () => retry(attempt + 1),
      );
    });
  };

  return {
    version,
    timers,
    get isUp() {
      return socket?.isOpen === true;
    },
    get isClosed() {
      return isClosed;
    },
    connect: establish,
    advertise(topic, type, { latch = false } = {}) {
      const id = `advertise:${topic}:${++ids}`;
      offer({ op: "advertise", id, topic, type: rosType(version, "msg", type), latch, queue_size: 1 });
      return (msg) => {
        if (latch) latched.set(topic, msg);
        return send({ op: "publish", topic, msg });
      };
    },
    subscribe(topic, type, onMessage) {
      topics.set(topic, onMessage);
      const id = `subscribe:${topic}:${++ids}`;
      // Goals and stops must not push each other out, so no queue of one.
      offer({ op: "subscribe", id, topic, type: rosType(version, "msg", type), queue_length: 0, throttle_rate: 0 });
    },
    advertiseAction(action, type, onAction) {
      actions.set(action, onAction);
      offer({ op: "advertise_action", action, type: rosType(version, "action", type) });
    },
    send,
    onState: (listener) => void listeners.push(listener),
    close() {
      if (isClosed) return;
      isClosed = true;
      cancelRetry();
      socket?.close();
      socket = undefined;
    },
  };
}
