import type { Extent } from "../../domain/detection.js";
import { deproject, project } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Look } from "../../ports/perception.js";
import { bottomOf, toExtentAxes } from "../footprint.js";
import type { Looks } from "./verdict.js";

/** The rim itself does not count: it moves when the container is nudged. */
const INNER_PART = 0.75;
const SAMPLES = 15;
/** What is put in stands at least this high, and at least this part of its height, above what was seen there before. */
const LEAST_RISE_M = 0.015;
const RISE_PART = 0.4;
/** Fewer samples than this say nothing. */
const LEAST_SEEN = 12;
const LEAST_PART = 0.1;

/**
 * Whether measured depth shows something inside of a container that was not there before, of about the thing's height: what
 * lies half hidden behind a rim, or against another one like it, can be seen to be there where it cannot be told what it is.
 * What has only shifted inside of the container leaves a gap as large as what it fills, and does not count. Estimated depth is
 * no evidence.
 */
export function hasRisenIn({ before, after }: Looks, container: Extent, thing: { readonly sizeM: Vec3 }): boolean {
  if (before.scene.depthSource === "model" || after.scene.depthSource === "model") return false;
  const riseM = Math.max(LEAST_RISE_M, thing.sizeM[2] * RISE_PART);
  let seen = 0;
  let risen = 0;
  let sunk = 0;
  for (const [i, j] of grid()) {
    const [u, v] = [(i * container.sizeM[0] * INNER_PART) / 2, (j * container.sizeM[1] * INNER_PART) / 2];
    const [c, s] = [Math.cos(container.yawRad), Math.sin(container.yawRad)];
    const [x, y] = [container.center[0] + c * u - s * v, container.center[1] + s * u + c * v];
    const then = seenAt(before, [x, y, bottomOf(container)]);
    const now = seenAt(after, [x, y, bottomOf(container)]);
    if (then === undefined || now === undefined) continue;
    seen++;
    if (now[2] > then[2] + riseM && isInside(container, now)) risen++;
    if (now[2] < then[2] - riseM && isInside(container, then)) sunk++;
  }
  return seen >= LEAST_SEEN && risen - sunk >= seen * LEAST_PART;
}

const isInside = (container: Extent, point: Vec3): boolean => {
  const [x, y] = toExtentAxes(container, point);
  return Math.abs(x) < container.sizeM[0] / 2 && Math.abs(y) < container.sizeM[1] / 2;
};

function* grid(): Generator<readonly [number, number]> {
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SAMPLES; j++) {
      yield [(2 * i) / (SAMPLES - 1) - 1, (2 * j) / (SAMPLES - 1) - 1];
    }
  }
}

/** What the line of sight to a point meets, base frame. */
function seenAt({ scene, depth }: Look, point: Vec3): Vec3 | undefined {
  const { x, y, z } = project(scene.view, point);
  if (z <= 0 || x < 0 || x >= 1 || y < 0 || y >= 1) return undefined;
  const metres = depth.depthM[Math.floor(y * depth.height) * depth.width + Math.floor(x * depth.width)];
  return metres > 0 ? deproject(scene.view, { x, y, z: metres }) : undefined;
}
