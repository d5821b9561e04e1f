import { computed, signal } from "@preact/signals";
import type {
  ApprovalReport,
  OverlayReport,
  PoseReport,
  QuestionReport,
  ResponseReport,
  StateReport,
  TranscriptReport,
} from "../../../domain/remote/index.js";
import type { HandeyeEvent } from "../../../domain/event.js";

export interface Picture {
  readonly bitmap: ImageBitmap;
  readonly sequence: number;
  /** Unix time at the robot when it was taken. */
  readonly takenAtMs: number;
  /** Page's clock when it was drawn. */
  readonly arrivedAtMs: number;
}

export interface DepthGrid {
  readonly width: number;
  readonly height: number;
  /** Millimetres along the optical axis; 0 = no reading. */
  readonly mm: Uint16Array;
}

export type LinkState = "login" | "connecting" | "online" | "offline";

/** All that the page knows. Written by `link.ts` alone. */
export const link = signal<LinkState>("connecting");
export const operator = signal("");
export const robots = signal<Readonly<Record<string, boolean>>>({});
export const robot = signal("");
export const state = signal<StateReport | undefined>(undefined);
export const pose = signal<PoseReport | undefined>(undefined);
export const overlay = signal<OverlayReport | undefined>(undefined);
export const picture = signal<Picture | undefined>(undefined);
export const depth = signal<DepthGrid | undefined>(undefined);
export const fps = signal(0);
export const approval = signal<ApprovalReport | undefined>(undefined);
export const question = signal<QuestionReport | undefined>(undefined);
export const transcript = signal<TranscriptReport | undefined>(undefined);
export const responses = signal<readonly ResponseReport[]>([]);
export const events = signal<readonly HandeyeEvent[]>([]);
/** Milliseconds between a renewal of the lease and the state that shows it. */
export const roundTripMs = signal<number | undefined>(undefined);

export const isDriver = computed(
  () => state.value?.lease?.operator === operator.value && state.value.lease.hasHeartbeat,
);
export const isStopped = computed(() => state.value?.safety === "stopped");
export const isBusy = computed(() => state.value?.mission !== undefined);
/** Receipts of the mission that runs, or ran last, as they came. */
export const receipts = computed(() => {
  const start = events.value.findLastIndex((event) => event.event === "mission-start");
  return events.value.slice(Math.max(0, start)).filter((event) => event.event === "receipt");
});

const MOST_EVENTS = 400;
const QUIET = new Set(["scene", "command"]);

export function addEvent(event: HandeyeEvent): void {
  if (QUIET.has(event.event)) return;
  events.value = [...events.value.slice(1 - MOST_EVENTS), event];
}
