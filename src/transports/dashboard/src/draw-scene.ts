import { project } from "../../../domain/geometry/project.js";
import type { Vec3 } from "../../../domain/geometry/vec3.js";
import type { OverlayReport, StateReport } from "../../../domain/remote/index.js";
import { approval, overlay, picture, state } from "./store.js";

type Point = { readonly x: number; readonly y: number };
type Zone = StateReport["keepOut"][number];

export interface DrawOptions {
  readonly chosen?: string;
  readonly hover?: Point;
  readonly drag?: { readonly from: Point; readonly to: Point };
  readonly isDrawing: boolean;
}

const EDGES = [
  [0, 1],
  [1, 3],
  [3, 2],
  [2, 0],
  [4, 5],
  [5, 7],
  [7, 6],
  [6, 4],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
] as const;

/** The picture, boxes of what was seen, keep-out boxes, the way of the plan, and the point that waits for approval. */
export function drawScene(context: CanvasRenderingContext2D, options: DrawOptions): void {
  const { canvas } = context;
  const [w, h] = [canvas.width, canvas.height];
  const shown = picture.value;
  if (shown === undefined) {
    context.fillStyle = "#111";
    context.fillRect(0, 0, w, h);
  } else {
    context.drawImage(shown.bitmap, 0, 0, w, h);
  }
  const seen = overlay.value;
  const keepOut = state.value?.keepOut ?? [];
  if (seen !== undefined) {
    for (const zone of keepOut) drawZone(context, seen, zone);
    for (const thing of seen.things) drawThing(context, thing, thing.id === options.chosen);
    drawPath(context, seen.path);
  }
  const card = approval.value;
  if (card?.waiting === true && card.point !== undefined) cross(context, card.point, "#ffd400");
  if (options.drag !== undefined) drawDrag(context, options.drag, options.isDrawing);
}

function drawThing(context: CanvasRenderingContext2D, thing: OverlayReport["things"][number], isChosen: boolean): void {
  const { width: w, height: h } = context.canvas;
  const { box, label, point, ageS } = thing;
  context.globalAlpha = ageS > 0 ? 0.4 : 1;
  context.lineWidth = isChosen ? 3 : 1.5;
  context.strokeStyle = isChosen ? "#ffd400" : "#39d98a";
  context.strokeRect(box.x0 * w, box.y0 * h, (box.x1 - box.x0) * w, (box.y1 - box.y0) * h);
  context.font = "12px system-ui, sans-serif";
  const text = `${label} ${point.z.toFixed(2)} m`;
  const wide = context.measureText(text).width + 6;
  context.fillStyle = "#000a";
  context.fillRect(box.x0 * w, box.y0 * h - 15, wide, 15);
  context.fillStyle = "#fff";
  context.fillText(text, box.x0 * w + 3, box.y0 * h - 4);
  context.globalAlpha = 1;
}

function drawZone(context: CanvasRenderingContext2D, { view, base }: OverlayReport, zone: Zone): void {
  const corners = cornersInBase(zone, base).map((corner) => project(view, corner));
  if (corners.some(({ z }) => z < 0.05)) return;
  const { width: w, height: h } = context.canvas;
  context.strokeStyle = "#ff4d4f";
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [a, b] of EDGES) {
    context.moveTo(corners[a].x * w, corners[a].y * h);
    context.lineTo(corners[b].x * w, corners[b].y * h);
  }
  context.stroke();
  context.fillStyle = "#ff4d4f33";
  context.beginPath();
  [0, 1, 3, 2].forEach((corner, i) => {
    const { x, y } = corners[corner];
    if (i === 0) context.moveTo(x * w, y * h);
    else context.lineTo(x * w, y * h);
  });
  context.fill();
  context.fillStyle = "#ff8a8c";
  context.font = "12px system-ui, sans-serif";
  context.fillText(zone.name, corners[0].x * w, corners[0].y * h);
}

/** Corners of a box that is given in the odometry frame, in the base frame: bottom four first. */
function cornersInBase(zone: Zone, base: OverlayReport["base"]): Vec3[] {
  const [cos, sin] = [Math.cos(zone.yawRad), Math.sin(zone.yawRad)];
  const [back, side] = [Math.cos(-base.yawRad), Math.sin(-base.yawRad)];
  return [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
    const dx = ((i & 1) === 0 ? -0.5 : 0.5) * zone.sizeM[0];
    const dy = ((i & 2) === 0 ? -0.5 : 0.5) * zone.sizeM[1];
    const dz = (i < 4 ? -0.5 : 0.5) * zone.sizeM[2];
    const x = zone.center[0] + cos * dx - sin * dy - base.xM;
    const y = zone.center[1] + sin * dx + cos * dy - base.yM;
    return [back * x - side * y, side * x + back * y, zone.center[2] + dz];
  });
}

function drawPath(context: CanvasRenderingContext2D, path: OverlayReport["path"]): void {
  const { width: w, height: h } = context.canvas;
  context.strokeStyle = "#4dabf7";
  context.lineWidth = 2;
  context.setLineDash([6, 4]);
  context.beginPath();
  path.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x * w, y * h) : context.lineTo(x * w, y * h)));
  context.stroke();
  context.setLineDash([]);
  path.forEach((place) => cross(context, place, "#4dabf7"));
}

function cross(context: CanvasRenderingContext2D, { x, y }: Point, color: string): void {
  const { width: w, height: h } = context.canvas;
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x * w, y * h, 7, 0, 2 * Math.PI);
  context.moveTo(x * w - 11, y * h);
  context.lineTo(x * w + 11, y * h);
  context.moveTo(x * w, y * h - 11);
  context.lineTo(x * w, y * h + 11);
  context.stroke();
}

function drawDrag(
  context: CanvasRenderingContext2D,
  { from, to }: { readonly from: Point; readonly to: Point },
  isZone: boolean,
): void {
  const { width: w, height: h } = context.canvas;
  context.strokeStyle = isZone ? "#ff4d4f" : "#ffd400";
  context.lineWidth = 2;
  if (isZone) {
    context.strokeRect(from.x * w, from.y * h, (to.x - from.x) * w, (to.y - from.y) * h);
    return;
  }
  context.beginPath();
  context.moveTo(from.x * w, from.y * h);
  context.lineTo(to.x * w, to.y * h);
  context.stroke();
}
