import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import { openBridgeSocket, type BridgeSocket } from "./bridge-socket.js";
import { stampMs } from "./stamps.js";
import type { OnNote, Op, RosMessage, RosVersion, Timers } from "./ros-types.js";

export type LinkState = "down" | "connecting" | "up" | "closed";
export type ServiceFailure = "timeout" | "link-lost" | "service-failed" | "aborted";

export interface RosLinkOptions {
  /** `ws://host:9090`; `wss://` behind a proxy. */
  readonly url: string;
  readonly version: RosVersion;
  readonly timers: Timers;
  readonly onNote?: OnNote;
  /** Part of every id, so that no goal is taken for one of another controller, or of this one before a restart. */
  readonly clientId?: string;
  /** Default 3000. */
  readonly connectTimeoutMs?: number;
  /** The stop line must answer within this, beside everything that runs. Default 1000. */
  readonly stopCheckMs?: number;
  readonly pingEveryMs?: number;
  readonly deadAfterMs?: number;
  /** Waits between attempts to come back; the last one repeats. */
  readonly backoffMs?: readonly number[];
}

export interface SubscribeOptions {
  /** CBOR for pictures only: rosbridge drops other messages of fixed-size arrays and strings without a word. */
  readonly compression?: "none" | "cbor";
  /** At most one message in this many ms. */
  readonly throttleMs?: number;
  /** Messages that wait at the bridge while this side is slow. Default 1: the newest. */
  readonly queueLength?: number;
}

/** Called with what belongs to one goal. */
export interface GoalListener {
  onFeedback(values: RosMessage): void;
  onResult(op: Op): void;
  onLost(reason: string): void;
}

/**
 * Two connections to one rosbridge: `data` for everything, `stop` for stopping and cancelling only, which therefore wait behind
 * nothing. Connected or refused: what is sent while the link is down throws and is forgotten.
 */
export interface RosLink {
  readonly url: string;
  readonly version: RosVersion;
  readonly state: LinkState;
  /** Counts connections: what was started in an earlier one is over. */
  readonly generation: number;
  /** Resolves when both lines are up and checked. After the first success the link comes back by itself. */
  connect(): Promise<void>;
  subscribe(
    topic: string,
    type: string,
    onMessage: (message: RosMessage) => void,
    options?: SubscribeOptions,
  ): () => void;
  /** Announces a topic on the line it will be used on, now and after every reconnection. */
  advertise(topic: string, type: string, options?: { line?: "data" | "stop"; latch?: boolean }): Publisher;
  callService(
    service: string,
    args: RosMessage,
    options: { timeoutMs: number; signal?: AbortSignal; line?: "data" | "stop" },
  ): Promise<Result<RosMessage, ServiceFailure>>;
  /** Sends on `data`; throws `robot-disconnected` when down. */
  send(op: Op): void;
  /** Sends on `stop`, or on `data` where only that one is left; false where neither is. Never throws. */
  sendStop(op: Op): boolean;
  listenToGoal(id: string, listener: GoalListener): () => void;
  onState(listener: (state: LinkState, reason: string) => void): () => void;
  /** An operation's id, unique wherever `clientId` is. */
  nextId(prefix: string): string;
  close(): void;
}

export interface Publisher {
  /** Throws `robot-disconnected` when the link is down. */
  publish(message: RosMessage): void;
}

interface Subscription {
  readonly op: Op;
  readonly listeners: Set<(message: RosMessage) => void>;
}

interface PendingCall {
  settle(result: Result<RosMessage, ServiceFailure>): void;
}

const BACKOFF_MS = [250, 500, 1_000, 2_000, 5_000];

export function createRosLink(options: RosLinkOptions): RosLink {
  const { url, version, timers } = options;
  const note: OnNote = (level, text) => options.onNote?.(level, text);
  const subscriptions = new Map<string, Subscription>();
  const advertised = new Map<string, { readonly line: "data" | "stop"; readonly op: Op }>();
  const calls = new Map<string, PendingCall>();
  const goals = new Map<string, GoalListener>();
  const stateListeners = new Set<(state: LinkState, reason: string) => void>();
  let lines: { readonly data: BridgeSocket; readonly stop: BridgeSocket } | undefined;
  let state: LinkState = "down";
  let generation = 0;
  let ids = 0;
  let cancelRetry = (): void => {};
  let connecting: Promise<void> | undefined;

  const setState = (next: LinkState, reason = ""): void => {
    state = next;
    for (const listener of stateListeners) listener(next, reason);
  };

  const onOp = (op: Op): void => {
    switch (op.op) {
      case "publish": {
        const message = op.msg;
        if (typeof message !== "object" || message === null) return;
        for (const listener of subscriptions.get(String(op.topic))?.listeners ?? []) listener(message as RosMessage);
        return;
      }
      case "service_response": {
        const call = calls.get(op.id ?? "");
        const values = op.values;
        // `result` is false where the service threw or is not there; the reason is then in `values`, as text.
        if (op.result === false)
          call?.settle(fail("service-failed", `Service ${String(op.service)}: ${String(values)}`));
        else call?.settle(ok((typeof values === "object" && values !== null ? values : {}) as RosMessage));
        return;
      }
      case "action_feedback":
        return goals.get(op.id ?? "")?.onFeedback((op.values ?? {}) as RosMessage);
      case "action_result":
        return goals.get(op.id ?? "")?.onResult(op);
      case "status":
        if (op.level === "error") note("warning", `rosbridge says: ${String(op.msg)}`);
    }
  };

  const lose = (reason: string): void => {
    const old = lines;
    lines = undefined;
    old?.data.close();
    old?.stop.close();
    for (const call of calls.values()) call.settle(fail("link-lost", `The link to ${url} broke: ${reason}.`));
    for (const goal of goals.values()) goal.onLost(reason);
    goals.clear();
  };
  const onClose = (reason: string): void => {
    if (state === "closed" || lines === undefined) return;
    lose(reason);
    setState("down", reason);
    retry(0);
  };
  const retry = (attempt: number): void => {
    const waits = options.backoffMs ?? BACKOFF_MS;
    cancelRetry();
    cancelRetry = timers.after(waits[Math.min(attempt, waits.length - 1)], () => {
      if (state === "closed") return;
      establish().catch((error: unknown) => {
        if (state === "closed") return;
        setState("down", error instanceof Error ? error.message : String(error));
        retry(attempt + 1);
      });
    });
  };

  const callOn = (
    line: BridgeSocket,
    service: string,
    args: RosMessage,
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<Result<RosMessage, ServiceFailure>> =>
    new Promise((resolve) => {
      const id = link.nextId(`call_service:${service}`);
      const settle = (result: Result<RosMessage, ServiceFailure>): void => {
        calls.delete(id);
        cancel();
        signal?.removeEventListener("abort", onAbort);
        resolve(result);
      };
      const onAbort = (): void => settle(fail("aborted", `The call of ${service} was called off.`));
      // A service that a glob refuses, or whose node hangs, is never answered.
      const cancel = timers.after(timeoutMs, () =>
        settle(
          fail(
            "timeout",
            `Expected an answer of ${service} within ${timeoutMs} ms, found none. Check that its node runs.`,
          ),
        ),
      );
      calls.set(id, { settle });
      signal?.addEventListener("abort", onAbort, { once: true });
      if (signal?.aborted === true) return onAbort();
      try {
        line.send({ op: "call_service", id, service, args });
      } catch (error) {
        settle(fail("link-lost", error instanceof Error ? error.message : String(error)));
      }
    });

  const check = async (data: BridgeSocket, stop: BridgeSocket): Promise<void> => {
    const timeoutMs = options.stopCheckMs ?? 1_000;
    const [answer, onStop] = await Promise.all(
      [data, stop].map((line) => callOn(line, "/rosapi/get_time", {}, { timeoutMs })),
    );
    if (!answer.ok || !onStop.ok) {
      const which = answer.ok ? "stop" : "data";
      throw new ControllerError(
        "robot-disconnected",
        `Expected /rosapi/get_time to answer on the ${which} line to ${url} within ${timeoutMs} ms: ` +
          `${answer.ok ? (onStop.ok ? "" : onStop.message) : answer.message} ` +
          `Launch the rosapi node beside rosbridge; a line on which stopping would have to wait is not used.`,
      );
    }
    const time = answer.value.time as RosMessage | undefined;
    const found = stampMs(time) === undefined ? undefined : "sec" in (time ?? {}) ? 2 : 1;
    if (found !== version) {
      throw new ControllerError(
        "robot-disconnected",
        `Expected ROS ${version} at ${url}, found ${found === undefined ? "no ROS time" : `ROS ${found}`}. ` +
          `Set robot.version in the launch file${found === undefined ? "" : ` to ${found}`}.`,
      );
    }
  };

  const establish = async (): Promise<void> => {
    setState("connecting");
    const open = (name: string): Promise<BridgeSocket> =>
      openBridgeSocket(url, {
        name,
        timers,
        connectTimeoutMs: options.connectTimeoutMs ?? 3_000,
        pingEveryMs: options.pingEveryMs ?? 1_000,
        deadAfterMs: options.deadAfterMs ?? 2_000,
        onOp,
        onFault: (fault) =>
          note("warning", `A message of the ${name} line was ${fault.replaceAll("-", " ")} and is ignored.`),
        onClose,
      });
    const data = await open("data");
    let stop: BridgeSocket | undefined;
    try {
      stop = await open("stop");
      await check(data, stop);
      // Read afresh: the owner may have closed the link meanwhile.
      if (link.state === "closed") throw new ControllerError("robot-disconnected", `The link to ${url} was closed.`);
      if (!data.isOpen || !stop.isOpen)
        throw new ControllerError("robot-disconnected", `The link to ${url} broke at once.`);
    } catch (error) {
      data.close();
      stop?.close();
      throw error;
    }
    lines = { data, stop };
    generation++;
    for (const { line, op } of advertised.values()) lines[line].send(op);
    for (const { op } of subscriptions.values()) data.send(op);
    setState("up");
  };

  const down = (): ControllerError =>
    new ControllerError(
      "robot-disconnected",
      `The link to ${url} is ${state}. What is sent now is refused, not kept: it would arrive when nobody means it any more.`,
    );

  const link: RosLink = {
    url,
    version,
    get state() {
      return state;
    },
    get generation() {
      return generation;
    },
    async connect() {
      if (state === "closed") throw down();
      if (state === "up") return;
      cancelRetry();
      connecting ??= establish()
        .catch((error: unknown) => {
          if (state !== "closed") setState("down", "could not connect");
          throw error;
        })
        .finally(() => (connecting = undefined));
      await connecting;
    },
    subscribe(topic, type, onMessage, { compression = "none", throttleMs = 0, queueLength = 1 } = {}) {
      let subscription = subscriptions.get(topic);
      if (subscription === undefined) {
        const op: Op = {
          op: "subscribe",
          id: link.nextId(`subscribe:${topic}`),
          topic,
          type,
          compression,
          throttle_rate: throttleMs,
          queue_length: queueLength,
        };
        subscription = { op, listeners: new Set() };
        subscriptions.set(topic, subscription);
        lines?.data.send(op);
      }
      const { op, listeners } = subscription;
      listeners.add(onMessage);
      return () => {
        listeners.delete(onMessage);
        if (listeners.size > 0 || subscriptions.get(topic)?.op !== op) return;
        subscriptions.delete(topic);
        if (lines?.data.isOpen === true) lines.data.send({ op: "unsubscribe", id: op.id, topic });
      };
    },
    advertise(topic, type, { line = "data", latch = false } = {}) {
      const op: Op = { op: "advertise", id: link.nextId(`advertise:${topic}`), topic, type, latch, queue_size: 1 };
      advertised.set(`${line}:${topic}`, { line, op });
      lines?.[line].send(op);
      return {
        publish(msg) {
          if (lines === undefined) throw down();
          lines[line].send({ op: "publish", topic, msg });
        },
      };
    },
    async callService(service, args, { line = "data", ...rest }) {
      if (lines === undefined) return fail("link-lost", down().message);
      return callOn(lines[line], service, args, rest);
    },
    send(op) {
      if (lines === undefined) throw down();
      lines.data.send(op);
    },
    sendStop(op) {
      for (const line of [lines?.stop, lines?.data]) {
        try {
          if (line?.isOpen !== true) continue;
          line.send(op);
          return true;
        } catch {
          // The other line is tried; where neither is left, the robot's own watchdog holds it.
        }
      }
      return false;
    },
    listenToGoal(id, listener) {
      goals.set(id, listener);
      return () => goals.delete(id);
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    nextId: (prefix) => `${prefix}:${options.clientId ?? "handeye"}:${++ids}`,
    close() {
      if (state === "closed") return;
      cancelRetry();
      lose("closed by this side");
      setState("closed");
    },
  };
  return link;
}
