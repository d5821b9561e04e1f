import { readRecording, cameraTopic, EVENT_TOPIC, type CompressedImage } from "../adapters/mcap/index.js";
import { decodePicture } from "../adapters/picture/decode-picture.js";
import { formatAction, type Action } from "../domain/action.js";
import type { HandeyeEvent } from "../domain/event.js";
import type { Frame } from "../domain/frame.js";
import type { Receipt } from "../domain/receipt.js";
import type { Scene } from "../domain/scene.js";
import type { Planner, PlanRequest } from "../ports/planner.js";

/** One decision of a recorded mission, and what the planner makes of the same situation now. */
export interface ReplayedDecision {
  readonly timeMs: number;
  readonly instruction: string;
  /** Planner of the recording. */
  readonly recordedBy: string;
  readonly recorded: readonly string[];
  /** Steps, or the failure's code and message. */
  readonly now: readonly string[];
  readonly agrees: boolean;
}

export interface ReplayOptions {
  readonly path: string;
  readonly planner: Planner;
  readonly signal: AbortSignal;
  readonly onDecision: (decision: ReplayedDecision) => void;
}

/** Points nearer than this in the picture are the same point: half a percent of its width. */
const SAME_POINT = 0.005;

/**
 * Asks a planner again at every decision of a recording, with what was seen, done and answered up to then, and compares. Nothing
 * moves. What it decides has no effect on what comes next: that is as recorded. Throws `recording-failed`.
 */
export async function replay({
  path,
  planner,
  signal,
  onDecision,
}: ReplayOptions): Promise<readonly ReplayedDecision[]> {
  const decisions: ReplayedDecision[] = [];
  let instruction = "";
  let scene: Scene | undefined;
  let history: Receipt[] = [];
  let answers: { question: string; answer: string }[] = [];
  let question = "";
  const pictures = new Map<string, CompressedImage>();

  async function decide(event: Extract<HandeyeEvent, { event: "plan" }>): Promise<void> {
    if (scene === undefined) return;
    const frame = await frameOf(scene, pictures.get(scene.view.camera));
    const request: PlanRequest = { instruction, scene, history, answers, ...(frame === undefined ? {} : { frame }) };
    const plan = await planner.plan(request, { signal });
    const steps = plan.ok ? plan.value.steps : undefined;
    const decision: ReplayedDecision = {
      timeMs: event.timeMs,
      instruction,
      recordedBy: event.planner,
      recorded: event.steps.map(formatAction),
      now: plan.ok ? plan.value.steps.map(formatAction) : [`${plan.code}: ${plan.message}`],
      agrees: steps !== undefined && sameSteps(event.steps, steps),
    };
    decisions.push(decision);
    onDecision(decision);
  }

  for await (const { topic, message } of readRecording(path)) {
    if (signal.aborted) break;
    if (topic.startsWith(cameraTopic("")))
      pictures.set(topic.slice(cameraTopic("").length), message as CompressedImage);
    if (topic !== EVENT_TOPIC) continue;
    const event = message as HandeyeEvent;
    if (event.event === "mission-start") {
      ({ instruction } = event);
      [history, answers] = [[], []];
    } else if (event.event === "scene") {
      ({ scene } = event);
    } else if (event.event === "receipt") {
      history = [...history, event.receipt];
    } else if (event.event === "ask") {
      ({ question } = event);
    } else if (event.event === "answer") {
      answers = [...answers, { question, answer: event.text }];
    } else if (event.event === "plan") {
      await decide(event);
    }
  }
  return decisions;
}

/** The newest recorded picture before the scene: recordings keep five a second, and things hardly move between looks. */
async function frameOf(scene: Scene, image: CompressedImage | undefined): Promise<Frame | undefined> {
  if (image === undefined) return undefined;
  const { camera, sequence, capturedAtMs, intrinsics, poseInBase } = scene.view;
  return { camera, sequence, capturedAtMs, intrinsics, poseInBase, ...(await decodePicture(image.data)) };
}

const sameSteps = (a: readonly Action[], b: readonly Action[]): boolean =>
  a.length === b.length && a.every((action, i) => sameAction(action, b[i]));

/** Same action on the same things. What is said, and why, may be worded differently. */
function sameAction(a: Action, b: Action): boolean {
  if (a.action !== b.action) return false;
  const [mine, theirs] = [placesOf(a), placesOf(b)];
  return mine.length === theirs.length && mine.every((place, i) => samePlace(place, theirs[i]));
}

type Place = { readonly detectionId?: string | undefined; readonly x: number; readonly y: number };

const placesOf = (action: Action): readonly Place[] =>
  Object.values<unknown>(action).filter(
    (value): value is Place => typeof value === "object" && value !== null && "x" in value && "y" in value,
  );

function samePlace(a: Place, b: Place): boolean {
  if (a.detectionId !== undefined && a.detectionId === b.detectionId) return true;
  return Math.hypot(a.x - b.x, a.y - b.y) < SAME_POINT;
}
