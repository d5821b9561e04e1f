import { formatAction } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import type { Receipt } from "../../domain/receipt.js";
import type { Scene } from "../../domain/scene.js";
import type { PictureSize } from "../../ports/model-client.js";
import type { PlanRequest } from "../../ports/planner.js";
import { cleanText } from "./clean-text.js";
import {
  describeConvention,
  notate,
  toModelBox,
  toModelPoint,
  type CoordinateConvention,
} from "./coordinate-convention.js";

/** Steps that are told in full; of older ones only how many there were. */
const FULL_RECEIPTS = 12;
const MOST_SPOTS = 6;
const MOST_ANSWERS = 8;
/** More things than this in one picture are clutter: the surest ones are told. */
export const MOST_THINGS = 64;

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const metres = (values: readonly number[]): readonly number[] => values.map((value) => round(value, 2));

/** The things that are told to the model, surest first where there are too many; else in the scene's order. */
export function thingsTold({ detections }: Scene): readonly Detection[] {
  if (detections.length <= MOST_THINGS) return detections;
  return [...detections].sort((a, b) => b.score - a.score).slice(0, MOST_THINGS);
}

/**
 * The user's turn: what the numbers mean, then everything else as one JSON object. Being JSON strings, neither the instruction nor
 * text read in the picture can pass for ours.
 */
export function describeRequest(
  { instruction, scene, history, answers }: PlanRequest,
  convention: CoordinateConvention,
  sent: PictureSize,
): string {
  const points = convention.span !== "none";
  const at = (point: Detection["point"]): unknown => notate(convention, toModelPoint(convention, sent, point));
  const thing = ({ id, label, score, point, box, positionInBase, extentInBase, attributes, held }: Detection) => ({
    id,
    label: cleanText(label, 120),
    sure: round(score, 2),
    ...(points && { point: at(point), box: notate(convention, toModelBox(convention, sent, box)) }),
    depthM: round(point.z, 2),
    atM: metres(positionInBase),
    sizeM: metres(extentInBase.sizeM),
    ...(attributes?.state?.[0] !== undefined && { state: attributes.state[0][0] }),
    ...(held === true && { held }),
  });
  const data = {
    instruction: cleanText(instruction, 2000),
    things: thingsTold(scene).map(thing),
    ...(points && {
      freePlaces: scene.freeSpots
        .slice(0, MOST_SPOTS)
        .map(({ point, clearanceM }) => ({ point: at(point), clearanceM: round(clearanceM, 2) })),
    }),
    robot: {
      holds: scene.held === undefined ? null : cleanText(scene.held.label, 120),
      gripperOpenM: round(scene.robot.gripper.widthM, 3),
      handAtM: metres(scene.robot.toolPoseInBase.position),
    },
    ...(history.length > FULL_RECEIPTS && { olderSteps: history.length - FULL_RECEIPTS }),
    history: history.slice(-FULL_RECEIPTS).map(receiptLine),
    answers: answers.slice(-MOST_ANSWERS).map(({ question, answer }) => ({
      question: cleanText(question, 300),
      answer: cleanText(answer, 300),
    })),
  };
  return `${describeConvention(convention, sent)}
depthM: metres along the camera's axis. atM: metres from the robot's base, [forward, left, up]. sizeM: [forward, left, up].
${dataLines(data)}`;
}

/** One line for each entry of a list: models and people read it more easily than one long line. */
function dataLines(data: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(data).map(([key, value]) => {
    const text =
      Array.isArray(value) && value.length > 1
        ? `[\n${value.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n ]`
        : JSON.stringify(value);
    return ` ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(",\n")}\n}`;
}

/** Code, message and the bound that was hit, without the frames and poses that only people need. */
function receiptLine({ step, action, grade, code, message, details, evidence }: Receipt) {
  const bounds = Object.entries(details ?? {}).filter(
    ([key, value]) =>
      ["bound", "value", "zone"].includes(key) && (typeof value === "number" || typeof value === "string"),
  );
  return {
    step,
    action: cleanText(formatAction(action), 200),
    grade,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message: cleanText(message, 240) }),
    ...Object.fromEntries(
      bounds.map(([key, value]) => [key, typeof value === "number" ? round(value, 3) : cleanText(String(value), 60)]),
    ),
    ...(code === undefined && evidence.note !== undefined && { seen: cleanText(evidence.note, 200) }),
  };
}
