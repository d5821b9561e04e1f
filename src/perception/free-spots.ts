import type { Detection } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import { quaternionToMatrix } from "../domain/geometry/quaternion.js";
import { project } from "../domain/geometry/project.js";
import type { FreeSpot } from "../domain/scene.js";
import { squaredDistanceToBlocked } from "./distance-transform.js";
import { kindOf } from "./measure.js";
import { depthAt, type CameraView } from "./surface-points.js";

export interface FreeSpotsInput {
  readonly view: CameraView;
  readonly depth: DepthMap;
  readonly detections: readonly Detection[];
}

const CELL_M = 0.02;
/** The part of the base frame's xy plane that an arm on the base can put things in. */
const AREA = { minX: 0.14, maxX: 0.86, minY: -0.76, maxY: 0.76 } as const;
const COLUMNS = Math.round((AREA.maxX - AREA.minX) / CELL_M);
const ROWS = Math.round((AREA.maxY - AREA.minY) / CELL_M);
const REACH_MIN_M = 0.28;
const REACH_MAX_M = 0.7;
const LOWEST_M = 0.3;
const HIGHEST_M = 1.3;

const STRIDE_PX = 4;
/** Heights in one cell, or from cell to cell, may differ by this on a flat surface. */
const FLAT_M = 0.012;
/** What shows this far below a cell's top is seen past an edge (the floor under a counter), not part of a wall. */
const UNDER_M = 0.1;
/** Smaller patches are tops of things or of the arm, not surfaces: 120 square centimetres. */
const MIN_PATCH_CELLS = 30;
const MIN_CLEARANCE_M = 0.03;
const THING_MARGIN_M = 0.01;
const SWEEP_M = 0.25;
const SWEEP_OF_OPEN_M = 0.08;
/** Dense enough that there is a spot close beside a thing wherever there is room for one. */
const MAX_SPOTS = 96;
const APART_M = 0.05;

/**
 * Free places on horizontal surfaces within reach, measured from depth, roomiest first and spread out, at most 96. What was
 * not seen is not free. Boards and zones are surfaces; sinks, bowls and drawers, and where drawers slide, are not.
 */
export function freeSpots(input: FreeSpotsInput): readonly FreeSpot[] {
  const steps = freeSpotSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of a few milliseconds: the caller may give the event loop its turn at every `yield`. */
export function* freeSpotSteps({ view, depth, detections }: FreeSpotsInput): Generator<void, readonly FreeSpot[]> {
  const heights = yield* heightMap(view, depth);
  const surface = flatCells(heights);
  yield;
  for (const detection of detections) blockThing(surface, detection);
  dropSmallPatches(surface);
  blockSteps(surface);
  yield;
  const squared = squaredDistanceToBlocked(surface, COLUMNS, ROWS);
  yield;
  const clearance = (cell: number): number => (Math.sqrt(squared[cell]) - 0.5) * CELL_M;

  const candidates: number[] = [];
  for (let cell = 0; cell < surface.length; cell++) {
    if (Number.isNaN(surface[cell]) || clearance(cell) < MIN_CLEARANCE_M) continue;
    const radius = Math.hypot(...middle(cell));
    if (radius >= REACH_MIN_M && radius <= REACH_MAX_M) candidates.push(cell);
  }
  candidates.sort((a, b) => squared[b] - squared[a] || a - b);

  const chosen: number[] = [];
  for (const cell of candidates) {
    const [x, y] = middle(cell);
    const isApart = chosen.every((other) => {
      const [ox, oy] = middle(other);
      return Math.hypot(x - ox, y - oy) >= APART_M;
    });
    if (isApart) chosen.push(cell);
    if (chosen.length === MAX_SPOTS) break;
  }
  return chosen.flatMap((cell) => {
    const [x, y] = middle(cell);
    const positionInBase = [x, y, surface[cell]] as const;
    const point = project(view, positionInBase);
    const isVisible = point.z > 0 && point.x >= 0 && point.x <= 1 && point.y >= 0 && point.y <= 1;
    return isVisible ? [{ point, positionInBase, clearanceM: clearance(cell) }] : [];
  });
}

const middle = (cell: number): readonly [x: number, y: number] => [
  AREA.minX + ((cell % COLUMNS) + 0.5) * CELL_M,
  AREA.minY + (Math.floor(cell / COLUMNS) + 0.5) * CELL_M,
];

interface HeightMap {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Rows of samples between two turns of the event loop. */
const ROWS_A_TURN = 40;

function* heightMap(view: CameraView, depth: DepthMap): Generator<void, HeightMap> {
  const low = new Float32Array(COLUMNS * ROWS).fill(Infinity);
  const high = new Float32Array(COLUMNS * ROWS).fill(-Infinity);
  const samples = Math.ceil(view.width / STRIDE_PX) * Math.ceil(view.height / STRIDE_PX);
  const cellOf = new Int32Array(samples);
  const zOf = new Float32Array(samples);
  let count = 0;
  const { fx, fy, cx, cy } = view.intrinsics;
  const m = quaternionToMatrix(view.poseInBase.orientation);
  const [px, py, pz] = view.poseInBase.position;
  // Spelled out, without an object a point: this loop is most of the stage's time.
  for (let v = 1.5; v < view.height; v += STRIDE_PX) {
    if (Math.floor(v / STRIDE_PX) % ROWS_A_TURN === ROWS_A_TURN - 1) yield;
    const b = (v - cy) / fy;
    for (let u = 1.5; u < view.width; u += STRIDE_PX) {
      const metres = depthAt(view, depth, u, v);
      if (metres <= 0) continue;
      const a = (u - cx) / fx;
      const column = Math.floor((px + metres * (m[0] * a + m[1] * b + m[2]) - AREA.minX) / CELL_M);
      const row = Math.floor((py + metres * (m[3] * a + m[4] * b + m[5]) - AREA.minY) / CELL_M);
      if (column < 0 || column >= COLUMNS || row < 0 || row >= ROWS) continue;
      const z = pz + metres * (m[6] * a + m[7] * b + m[8]);
      const cell = row * COLUMNS + column;
      if (z > high[cell]) high[cell] = z;
      cellOf[count] = cell;
      zOf[count++] = z;
    }
  }
  for (let i = 0; i < count; i++) {
    const cell = cellOf[i];
    if (zOf[i] > high[cell] - UNDER_M && zOf[i] < low[cell]) low[cell] = zOf[i];
  }
  return { low, high };
}

/** Height of every flat cell; NaN where the surface is not flat, not seen, or out of the arm's heights. */
function flatCells({ low, high }: HeightMap): Float32Array {
  const surface = new Float32Array(low.length).fill(Number.NaN);
  for (let cell = 0; cell < surface.length; cell++) {
    if (high[cell] - low[cell] <= FLAT_M) surface[cell] = (high[cell] + low[cell]) / 2;
    else if (high[cell] === -Infinity) surface[cell] = betweenNeighbours(low, high, cell);
    if (!(surface[cell] >= LOWEST_M && surface[cell] <= HIGHEST_M)) surface[cell] = Number.NaN;
  }
  return surface;
}

/** Far away, single cells fall between samples: a cell between two seen ones of one height is taken for seen. */
function betweenNeighbours(low: Float32Array, high: Float32Array, cell: number): number {
  for (const step of [1, COLUMNS]) {
    const [a, b] = [cell - step, cell + step];
    if (a < 0 || b >= low.length) continue;
    const bottom = Math.min(low[a], low[b]);
    const top = Math.max(high[a], high[b]);
    if (high[a] > -Infinity && high[b] > -Infinity && top - bottom <= FLAT_M) return (top + bottom) / 2;
  }
  return Number.NaN;
}

function blockThing(surface: Float32Array, detection: Detection): void {
  const kind = kindOf(detection);
  if (kind === "shelf" || kind === "zone") return;
  const { center, sizeM, yawRad } = detection.extentInBase;
  const half = { x: sizeM[0] / 2 + THING_MARGIN_M, y: sizeM[1] / 2 + THING_MARGIN_M };
  const front = half.x + (kind === "drawer" ? sweepOf(detection) : 0);
  const c = Math.cos(yawRad);
  const s = Math.sin(yawRad);
  const reach = Math.hypot(front, half.y);
  const columnOf = (x: number): number => Math.floor((x - AREA.minX) / CELL_M);
  const rowOf = (y: number): number => Math.floor((y - AREA.minY) / CELL_M);
  for (let row = Math.max(0, rowOf(center[1] - reach)); row <= Math.min(ROWS - 1, rowOf(center[1] + reach)); row++) {
    const first = Math.max(0, columnOf(center[0] - reach));
    const last = Math.min(COLUMNS - 1, columnOf(center[0] + reach));
    for (let column = first; column <= last; column++) {
      const cell = row * COLUMNS + column;
      const [x, y] = middle(cell);
      const along = (x - center[0]) * c + (y - center[1]) * s;
      const across = -(x - center[0]) * s + (y - center[1]) * c;
      if (along >= -front && along <= half.x && Math.abs(across) <= half.y) surface[cell] = Number.NaN;
    }
  }
}

/** Blocks cells at a step from one surface to another, so that clearance ends where the surface does. */
function blockSteps(surface: Float32Array): void {
  const steps: number[] = [];
  for (let cell = 0; cell < surface.length; cell++) {
    const isStep = (next: number): boolean => Math.abs(surface[next] - surface[cell]) > FLAT_M;
    if (isStep(cell + COLUMNS) || isStep(cell - COLUMNS)) steps.push(cell);
    else if (cell % COLUMNS > 0 && isStep(cell - 1)) steps.push(cell);
    else if (cell % COLUMNS < COLUMNS - 1 && isStep(cell + 1)) steps.push(cell);
  }
  for (const cell of steps) surface[cell] = Number.NaN;
}

/** How far before its front a drawer may still come. Its box's x axis points into the cabinet. */
function sweepOf(drawer: Detection): number {
  return drawer.attributes?.state?.[0]?.[0] === "open" ? SWEEP_OF_OPEN_M : SWEEP_M;
}

/** Clears patches of connected cells of one height that are too small to be a surface. */
function dropSmallPatches(surface: Float32Array): void {
  const visited = new Uint8Array(surface.length);
  for (let start = 0; start < surface.length; start++) {
    if (visited[start] || Number.isNaN(surface[start])) continue;
    const patch = [start];
    visited[start] = 1;
    for (let i = 0; i < patch.length; i++) {
      const cell = patch[i];
      const column = cell % COLUMNS;
      const neighbours = [cell - COLUMNS, cell + COLUMNS];
      if (column > 0) neighbours.push(cell - 1);
      if (column < COLUMNS - 1) neighbours.push(cell + 1);
      for (const next of neighbours) {
        // NaN compares false: blocked cells and those outside never join.
        if (visited[next] || !(Math.abs(surface[next] - surface[cell]) <= FLAT_M)) continue;
        visited[next] = 1;
        patch.push(next);
      }
    }
    if (patch.length < MIN_PATCH_CELLS) for (const cell of patch) surface[cell] = Number.NaN;
  }
}
