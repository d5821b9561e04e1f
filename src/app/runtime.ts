import type { MissionResult } from "../domain/mission.js";
import type { EventSink } from "../ports/event-sink.js";
import type { Launch } from "./launch/launch-schema.js";

export type { Answer } from "../execution/index.js";
export type { EventSink } from "../ports/event-sink.js";

/** A file that a mission left behind, or why it could not. */
export interface Artefact {
  readonly kind: "video" | "recording";
  readonly path: string;
  readonly ok: boolean;
  readonly message: string;
}

/** A running stack, as transports see it. */
export interface Runtime {
  readonly launch: Launch;
  /** The instruction that was being carried out when this robot's program last ended; never resumed by itself. */
  readonly interrupted?: string;
  /** Reads events from now on. Returns the function that ends it. */
  subscribe(sink: EventSink): () => void;
  /** One mission at a time. In the simulator the command arms the robot. */
  run(instruction: string, options?: { signal?: AbortSignal }): Promise<MissionResult>;
  /** Stops the robot at once and latches; safe at any time, any number of times. */
  stop(): void;
  /** Finishes video and recording and frees everything. Safe to call twice. */
  close(): Promise<readonly Artefact[]>;
}
