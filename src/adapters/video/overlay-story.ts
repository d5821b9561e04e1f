import { formatAction, type Action } from "../../domain/action.js";
import type { Detection, ImagePoint } from "../../domain/detection.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { Frame } from "../../domain/frame.js";
import { project } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import { deproject } from "../../domain/geometry/project.js";
import type { Grade } from "../../domain/receipt.js";
import type { SceneView } from "../../domain/scene.js";
import type { OverlayState, Tone } from "../overlay/index.js";

/** The camera that a picture was taken with; without it, boxes are drawn where the head camera saw them. */
export type FilmView = Pick<Frame, "width" | "height" | "intrinsics" | "poseInBase">;

/** Follows a mission's events and knows, at any time, what to draw over its picture. */
export interface OverlayStory {
  follow(event: HandeyeEvent): void;
  overlay(timeMs: number, view?: FilmView): OverlayState;
}

/** Boxes of things that are not being handled fade from the story after this long: by then the arm may have moved things. */
const BOXES_FOR_MS = 1200;

const GRADE_TONES: Readonly<Record<Grade, Tone>> = {
  accepted: "neutral",
  dispatched: "neutral",
  acknowledged: "neutral",
  observed: "neutral",
  verified: "good",
  refused: "warning",
  failed: "bad",
};
const SAFETY_TONES = { nominal: "neutral", held: "warning", stopped: "bad" } as const;

type News = NonNullable<OverlayState["status"]["news"]>;

export function createOverlayStory(): OverlayStory {
  let startMs = 0;
  let instruction: string | undefined;
  let state = "ready";
  let safety: keyof typeof SAFETY_TONES = "nominal";
  let sceneView: SceneView | undefined;
  let detections: readonly Detection[] = [];
  let seenAtMs = 0;
  let action: Action | undefined;
  let news: News | undefined;
  let endCard: OverlayState["endCard"];

  function follow(event: HandeyeEvent): void {
    switch (event.event) {
      case "mission-start":
        startMs = event.timeMs;
        instruction = event.instruction;
        endCard = undefined;
        action = undefined;
        news = undefined;
        return;
      case "state":
        state = event.state;
        safety = event.safety;
        return;
      case "scene":
        sceneView = event.scene.view;
        detections = event.scene.detections;
        seenAtMs = event.timeMs;
        return;
      case "plan":
        news = {
          text: `plan (${event.planner}): ${event.steps.map(({ action: name }) => name).join(", ")}`,
          tone: "neutral",
        };
        return;
      case "plan-verdict":
        news = event.approved
          ? { text: "plan approved", tone: "good" }
          : { text: `plan refused: ${event.message ?? event.code ?? "no reason given"}`, tone: "warning" };
        return;
      case "action-start":
        action = event.action;
        news = undefined;
        return;
      case "command":
        if (event.verdict === "refused") {
          news = { text: `command refused: ${event.message ?? event.code ?? "no reason given"}`, tone: "warning" };
        }
        return;
      case "receipt": {
        const { grade, code, message, evidence } = event.receipt;
        const why = message ?? evidence.note ?? code;
        news = { text: why === undefined ? grade : `${grade}: ${why}`, tone: GRADE_TONES[grade] };
        action = undefined;
        return;
      }
      case "say":
        news = { text: event.text, tone: "neutral" };
        return;
      case "ask":
        news = { text: `question: ${event.question}`, tone: "warning" };
        return;
      case "answer":
        news = { text: `answer: ${event.text}`, tone: "neutral" };
        return;
      case "note":
        if (event.level === "warning") news = { text: event.text, tone: "warning" };
        return;
      case "mission-end": {
        const title = { done: "Done", "given-up": "Given up", failed: "Failed", stopped: "Stopped" }[event.outcome];
        const tone =
          event.outcome === "done" ? GRADE_TONES[event.grade] : event.outcome === "given-up" ? "warning" : "bad";
        const grade = `grade: ${event.grade}${event.code === undefined ? "" : ` (${event.code})`}`;
        endCard = { title, grade, text: event.question?.text ?? event.message, tone };
        state = event.outcome;
        action = undefined;
        return;
      }
    }
  }

  /** Points of the scene's picture, in the film's picture. */
  function place(point: ImagePoint, view: FilmView | undefined): ImagePoint | undefined {
    if (!view || !sceneView) return point;
    const moved = project(view, deproject(sceneView, point));
    return moved.z > 0.05 ? { ...moved, z: point.z } : undefined;
  }

  function boxOf(detection: Detection, view: FilmView | undefined): Detection["box"] | undefined {
    if (!view || !sceneView || sameView(view, sceneView)) return detection.box;
    const corners = extentCorners(detection).map((corner) => project(view, corner));
    if (corners.some((corner) => corner.z < 0.05)) return undefined;
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
  }

  return {
    follow,
    overlay(timeMs, view) {
      const { target, destination } = pointsOf(action);
      const isMeant = (detection: Detection): boolean =>
        [target, destination].some((point) => point?.detectionId === detection.id);
      const fresh = timeMs - seenAtMs < BOXES_FOR_MS;
      const boxes = detections
        .filter((detection) => fresh || isMeant(detection))
        .flatMap((detection) => {
          const box = boxOf(detection, view);
          const { label, score } = detection;
          return box ? [{ label, score, box, highlighted: isMeant(detection) }] : [];
        });
      const targetAt = target && place(target, view);
      const destinationAt = destination && place(destination, view);
      return {
        boxes: endCard ? [] : boxes,
        ...(target && targetAt && { target: { ...targetAt, label: target.label } }),
        ...(destination && destinationAt && { destination: { ...destinationAt, label: destination.label } }),
        ...(instruction === undefined ? {} : { instruction }),
        status: {
          state: safety === "nominal" ? state : safety,
          tone: endCard?.tone ?? SAFETY_TONES[safety],
          ...(action && { action: formatAction(action) }),
          ...(news && { news }),
          timeS: Math.max(0, timeMs - startMs) / 1000,
        },
        ...(endCard && { endCard }),
      };
    },
  };
}

interface Aim {
  readonly target?: ImagePoint & { readonly label: string; readonly detectionId?: string };
  readonly destination?: ImagePoint & { readonly label: string; readonly detectionId?: string };
}

function pointsOf(action: Action | undefined): Aim {
  switch (action?.action) {
    case "approach":
    case "grasp":
    case "open":
    case "close":
      return { target: action.target };
    case "move":
    case "push":
      return { target: action.from, destination: action.to };
    case "place":
      return { destination: action.to };
    case "look":
      return typeof action.at === "string" ? {} : { target: action.at };
    case "release":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
    case undefined:
      return {};
  }
}

const sameView = (a: FilmView, b: SceneView): boolean =>
  a.width === b.width &&
  a.intrinsics.fx === b.intrinsics.fx &&
  Math.hypot(...a.poseInBase.position.map((value, i) => value - b.poseInBase.position[i])) < 1e-3 &&
  Math.hypot(...a.poseInBase.orientation.map((value, i) => value - b.poseInBase.orientation[i])) < 1e-3;

function extentCorners({ extentInBase: { center, sizeM, yawRad } }: Detection): Vec3[] {
  const [cos, sin] = [Math.cos(yawRad), Math.sin(yawRad)];
  const signs = [-0.5, 0.5];
  return signs.flatMap((i) =>
    signs.flatMap((j) =>
      signs.map((k): Vec3 => {
        const [dx, dy] = [i * sizeM[0], j * sizeM[1]];
        return [center[0] + dx * cos - dy * sin, center[1] + dx * sin + dy * cos, center[2] + k * sizeM[2]];
      }),
    ),
  );
}
