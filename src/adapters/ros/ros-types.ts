/** A ROS message as it comes out of JSON or CBOR. Untrusted: whoever reads a field checks it. */
export type RosMessage = Readonly<Record<string, unknown>>;

/** One operation of the rosbridge protocol, either way. */
export interface Op {
  readonly op: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

export type RosVersion = 1 | 2;

/** Timers as an argument. */
export interface Timers {
  /** Calls back once after `ms`; returns what calls it off. */
  after(ms: number, callback: () => void): () => void;
}

/** Something worth telling people that is no failure of a call. */
export type OnNote = (level: "info" | "warning", text: string) => void;
