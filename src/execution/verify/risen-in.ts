import type { Extent } from "../../domain/detection.js";
import { deproject, project } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Look } from "../../ports/perception.js";
import { bottomOf, toExtentAxes, topOf } from "../footprint.js";
import type { Looks } from "./verdict.js";

/** The rim itself does not count: it moves when the container is nudged. */
const INNER_PART = 0.8;
/** What has come stands out from what was seen there before by this much, and by this part of the thing's height. */
const LEAST_M = 0.015;
const HEIGHT_PART = 0.4;
/** Of the thing's footprint, the part that must be seen: the rest may lie behind a rim or against its neighbour. */
const FOOTPRINT_PART = 0.4;

/**
 * Whether measured depth shows something inside of a container that was not there before, of about the thing's size: what lies
 * half hidden behind a rim, or against another one like it, can be seen to be there where it cannot be told what it is. What
 * has only shifted inside of the container leaves a gap as large as what it fills, and does not count. Estimated depth is no
 * evidence.
 */
export function hasRisenIn({ before, after }: Looks, container: Extent, thing: { readonly sizeM: Vec3 }): boolean {
  if (before.scene.depthSource === "model" || after.scene.depthSource === "model") return false;
  const region = { container, highestM: topOf(container) + thing.sizeM[2] };
  const marginM = Math.max(LEAST_M, thing.sizeM[2] * HEIGHT_PART);
  const cameM2 = newIn(region, { seen: after, earlier: before, marginM });
  const wentM2 = newIn(region, { seen: before, earlier: after, marginM });
  return cameM2 - wentM2 >= FOOTPRINT_PART * thing.sizeM[0] * thing.sizeM[1];
}

interface Region {
  readonly container: Extent;
  /** Nothing that counts reaches higher, base frame. */
  readonly highestM: number;
}

/** Square metres, as the camera faces them, of what `seen` shows inside of the container where `earlier` saw through. */
function newIn(
  { container, highestM }: Region,
  { seen, earlier, marginM }: { readonly seen: Look; readonly earlier: Look; readonly marginM: number },
): number {
  const { depth, scene } = seen;
  const focalPx = (scene.view.intrinsics.fx * depth.width) / scene.view.width;
  let areaM2 = 0;
  for (const [column, row] of pixelsAround({ container, highestM }, seen)) {
    const z = depth.depthM[row * depth.width + column];
    if (!(z > 0)) continue;
    const point = deproject(scene.view, { x: (column + 0.5) / depth.width, y: (row + 0.5) / depth.height, z });
    if (point[2] > highestM || point[2] < bottomOf(container) - LEAST_M || !isInside(container, point)) continue;
    const behindM = beyond(earlier, point);
    if (behindM !== undefined && behindM > marginM) areaM2 += (z / focalPx) ** 2;
  }
  return areaM2;
}

const isInside = (container: Extent, point: Vec3): boolean => {
  const [x, y] = toExtentAxes(container, point);
  return Math.abs(x) < (INNER_PART * container.sizeM[0]) / 2 && Math.abs(y) < (INNER_PART * container.sizeM[1]) / 2;
};

/** How far beyond the point the line of sight to it ends, metres; negative where something hides it. */
function beyond({ scene, depth }: Look, point: Vec3): number | undefined {
  const { x, y, z } = project(scene.view, point);
  if (z <= 0 || x < 0 || x >= 1 || y < 0 || y >= 1) return undefined;
  const metres = depth.depthM[Math.floor(y * depth.height) * depth.width + Math.floor(x * depth.width)];
  return metres > 0 ? metres - z : undefined;
}

/** Pixels of the depth picture in which something inside of the region can be. */
function* pixelsAround({ container, highestM }: Region, { scene, depth }: Look): Generator<readonly [number, number]> {
  const { center, sizeM } = container;
  const reachM = Math.hypot(sizeM[0], sizeM[1]) / 2;
  const corners = [-reachM, reachM].flatMap((dx) =>
    [-reachM, reachM].flatMap((dy) =>
      [bottomOf(container), highestM].map((z) => project(scene.view, [center[0] + dx, center[1] + dy, z])),
    ),
  );
  const range = (values: readonly number[], count: number): readonly [number, number] => [
    Math.max(0, Math.floor(Math.min(...values) * count)),
    Math.min(count - 1, Math.ceil(Math.max(...values) * count)),
  ];
  const columns = range(
    corners.map(({ x }) => x),
    depth.width,
  );
  const rows = range(
    corners.map(({ y }) => y),
    depth.height,
  );
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (let column = columns[0]; column <= columns[1]; column++) yield [column, row];
  }
}
