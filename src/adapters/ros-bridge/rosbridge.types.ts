import type { Clock } from "../../ports/clock.js";

/** Timers as an argument: the machine's, or a test's. */
export interface Timers {
  /** Calls back once after `ms`; returns what calls it off. */
  after(ms: number, callback: () => void): () => void;
}

/** A ROS message as JSON; `uint8[]` fields are base64 text, as publishers over JSON send them. */
export type RosMessage = Readonly<Record<string, unknown>>;

/** One operation of the rosbridge protocol 2.0, either way. */
export interface Op {
  readonly op: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

export type Compression = "none" | "cbor" | "cbor-raw" | "png";

export interface RosbridgeOptions {
  /** ROS 1 has `pkg/Type`, `secs/nsecs` and actions as five topics; ROS 2 `pkg/msg/Type`, `sec/nanosec` and action operations. */
  readonly version: 1 | 2;
  /** ROS time of the graph, milliseconds since 1970. */
  readonly clock: Clock;
  readonly timers: Timers;
  /** Default: any free one. */
  readonly port?: number;
  /** Default 127.0.0.1: the protocol knows no passwords. */
  readonly host?: string;
  /**
   * False, as rosbridge before 2.2.0 had it: while a goal runs, its client's next operations are not read, a cancel among them.
   * Default true.
   */
  readonly goalsInNewThread?: boolean;
  /** ROS 1 parameters that `/rosapi/get_param` answers. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Larger messages are sent in `fragment` operations of this size, bytes. Default 10 MB. */
  readonly maxMessageSize?: number;
}

/** One connected client as the desks see it. */
export interface BridgeClient {
  readonly name: string;
  /** Sends an operation, behind everything sent before. */
  send(op: Op): void;
  /**
   * Sends an encoded message of a subscription. `queueLength` > 0: at most so many wait while the client does not read, the
   * oldest give way. `key` names the subscription.
   */
  sendMessage(wire: string | Uint8Array, options: { readonly key: string; readonly queueLength: number }): void;
  /** ROS 2 tells a client what was wrong; ROS 1 stays silent. */
  complain(message: string, id?: string): void;
}

/** What a desk does with one kind of operation. */
export type OpHandler = (client: BridgeClient, op: Op) => void;
