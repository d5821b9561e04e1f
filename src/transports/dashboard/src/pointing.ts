import { deproject } from "../../../domain/geometry/project.js";
import type { Vec3 } from "../../../domain/geometry/vec3.js";
import type { OverlayReport, StateReport } from "../../../domain/remote/index.js";
import type { Destination } from "../../../domain/action.js";
import { depth, overlay } from "./store.js";

export type Thing = OverlayReport["things"][number];
type Point = { readonly x: number; readonly y: number };
type Zone = StateReport["keepOut"][number];

/** Height of a drawn box above the surface that it stands on, and below it, metres. */
const ABOVE_M = 0.45;
const BELOW_M = 0.05;
const CONTAINERS = /bowl|sink|drawer|box/;
const SURFACES = /zone|shelf|counter|table/;

const area = ({ box }: Thing): number => (box.x1 - box.x0) * (box.y1 - box.y0);

/** The smallest thing whose box holds the point. */
export function thingAt({ x, y }: Point): Thing | undefined {
  const things = overlay.peek()?.things ?? [];
  return things
    .filter(({ box, held }) => held !== true && x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1)
    .sort((a, b) => area(a) - area(b))[0];
}

/** Metres along the optical axis at a point; undefined where nothing was measured. */
export function depthAt({ x, y }: Point): number | undefined {
  const grid = depth.peek();
  if (grid === undefined || x < 0 || x >= 1 || y < 0 || y >= 1) return undefined;
  const mm = grid.mm[Math.floor(y * grid.height) * grid.width + Math.floor(x * grid.width)];
  return mm === 0 || mm === undefined ? undefined : mm / 1000;
}

/** The place under a point, as the end of a move: in or on what is there, or a free spot. */
export function targetAt(point: Point, except?: string): Destination | undefined {
  const z = depthAt(point);
  if (z === undefined) return undefined;
  const thing = thingAt(point);
  if (thing === undefined || thing.id === except) return { label: "free spot", ...point, z, placement: "at" };
  const placement = CONTAINERS.test(thing.label) ? "in" : SURFACES.test(thing.label) ? "on" : "beside";
  return { label: thing.label, detectionId: thing.id, ...point, z, placement };
}

/** A box over the place that was dragged over, in the odometry frame. */
export function zoneFromDrag(from: Point, to: Point, count: number): Zone | undefined {
  const seen = overlay.peek();
  if (seen === undefined) return undefined;
  const corners: Vec3[] = [];
  const steps = [0, 0.25, 0.5, 0.75, 1];
  for (const u of steps) {
    for (const v of steps) {
      const point = { x: from.x + (to.x - from.x) * u, y: from.y + (to.y - from.y) * v };
      const z = depthAt(point);
      if (z !== undefined) corners.push(deproject(seen.view, { ...point, z }));
    }
  }
  if (corners.length < 4) return undefined;
  const range = (axis: 0 | 1 | 2): [number, number] => {
    const values = corners.map((corner) => corner[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [[x0, x1], [y0, y1], [z0]] = [range(0), range(1), range(2)];
  const { xM, yM, yawRad } = seen.base;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const [cos, sin] = [Math.cos(yawRad), Math.sin(yawRad)];
  return {
    name: `drawn ${count + 1}`,
    center: [xM + cos * cx - sin * cy, yM + sin * cx + cos * cy, z0 - BELOW_M + (ABOVE_M + BELOW_M) / 2],
    sizeM: [Math.max(0.02, x1 - x0), Math.max(0.02, y1 - y0), ABOVE_M + BELOW_M],
    yawRad,
  };
}
