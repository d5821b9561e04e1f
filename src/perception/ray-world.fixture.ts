import type { Grounding } from "../domain/detection.js";
import type { DepthMap, Frame } from "../domain/frame.js";
import { quaternionFromAxes, rotate } from "../domain/geometry/quaternion.js";
import { cross, normalize, subtract, type Vec3 } from "../domain/geometry/vec3.js";
import type { Kind } from "../domain/vocabulary.js";

/** Solids whose ray distances are exact by formula, so that measured places can be held against known ones. */
export type Solid = {
  readonly name: string;
  readonly kind?: Kind;
  readonly center: Vec3;
  readonly sizeM: Vec3;
  readonly yawRad?: number;
  readonly shape: "box" | "cylinder" | "ellipsoid";
};

export interface RayPicture {
  readonly frame: Frame;
  readonly depth: DepthMap;
  readonly groundings: readonly Grounding[];
}

/** A camera at `eye` that looks at `target`; 78 degrees wide. */
export function cameraAt(
  eye: Vec3,
  target: Vec3,
  options: { width: number; height: number },
): Pick<Frame, "width" | "height" | "intrinsics" | "poseInBase"> {
  const forward = normalize(subtract(target, eye));
  const right = normalize(cross(forward, [0, 0, 1]));
  const f = options.width / 2 / Math.tan((78 * Math.PI) / 360);
  return {
    ...options,
    intrinsics: { fx: f, fy: f, cx: options.width / 2, cy: options.height / 2 },
    poseInBase: { position: eye, orientation: quaternionFromAxes(right, cross(forward, right), forward) },
  };
}

/** The built-in head camera, about. */
export const HEAD = cameraAt([-0.1, 0, 1.58], [0.67, 0, 0.75], { width: 640, height: 480 });

function hit(solid: Solid, eye: Vec3, ray: Vec3): number {
  const c = Math.cos(solid.yawRad ?? 0);
  const s = Math.sin(solid.yawRad ?? 0);
  const turn = ([x, y, z]: Vec3): Vec3 => [c * x + s * y, -s * x + c * y, z];
  const o = turn(subtract(eye, solid.center));
  const d = turn(ray);
  const half = solid.sizeM.map((length) => length / 2);
  if (solid.shape === "ellipsoid") {
    return roots(
      d.map((v, i) => v / half[i]),
      o.map((v, i) => v / half[i]),
    )[0];
  }
  let [near, far] = [-Infinity, Infinity];
  for (const i of solid.shape === "box" ? [0, 1, 2] : [2]) {
    const a = (-half[i] - o[i]) / d[i];
    const b = (half[i] - o[i]) / d[i];
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  if (solid.shape === "cylinder") {
    const [enter, leave] = roots([d[0] / half[0], d[1] / half[1]], [o[0] / half[0], o[1] / half[1]]);
    near = Math.max(near, enter);
    far = Math.min(far, leave);
  }
  return near > 0 && near < far ? near : Infinity;
}

/** Where |o + t d| = 1. */
function roots(d: readonly number[], o: readonly number[]): readonly [number, number] {
  const sum = (f: (i: number) => number): number => d.reduce((total, _, i) => total + f(i), 0);
  const [a, b, e] = [sum((i) => d[i] * d[i]), sum((i) => d[i] * o[i]), sum((i) => o[i] * o[i]) - 1];
  const root = Math.sqrt(b * b - a * e);
  return Number.isNaN(root) ? [Infinity, -Infinity] : [(-b - root) / a, (-b + root) / a];
}

/** Depth, and a mask for every solid that has a kind. */
export function takePicture(solids: readonly Solid[], view = HEAD): RayPicture {
  const { width, height, intrinsics, poseInBase } = view;
  const depthM = new Float32Array(width * height);
  const owner = new Int16Array(width * height).fill(-1);
  for (let i = 0; i < depthM.length; i++) {
    const x = ((i % width) + 0.5 - intrinsics.cx) / intrinsics.fx;
    const y = (Math.floor(i / width) + 0.5 - intrinsics.cy) / intrinsics.fy;
    const ray = rotate(poseInBase.orientation, [x, y, 1]);
    let nearest = Infinity;
    solids.forEach((solid, index) => {
      const t = hit(solid, poseInBase.position, ray);
      if (t > 0 && t < nearest) {
        nearest = t;
        owner[i] = index;
      }
    });
    depthM[i] = nearest === Infinity ? 0 : nearest;
  }
  const groundings = solids.flatMap((solid, index) =>
    solid.kind ? groundingOf(solid, index, owner, width, height) : [],
  );
  const frame: Frame = {
    camera: "head",
    sequence: 1,
    capturedAtMs: 1000,
    rgb: new Uint8Array(width * height * 3),
    depthM,
    ...view,
  };
  return { frame, depth: { width, height, depthM, source: "sensor" }, groundings };
}

function groundingOf(solid: Solid, index: number, owner: Int16Array, width: number, height: number): Grounding[] {
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let i = 0; i < owner.length; i++) {
    if (owner[i] !== index) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
  }
  if (x1 <= x0) return [];
  const mask = { width: x1 - x0, height: y1 - y0, data: new Uint8Array((x1 - x0) * (y1 - y0)) };
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      if (owner[y * width + x] === index) mask.data[(y - y0) * mask.width + x - x0] = 1;
    }
  }
  return [
    {
      label: solid.name,
      box: { x0: x0 / width, y0: y0 / height, x1: x1 / width, y1: y1 / height },
      score: 1,
      mask,
      attributes: { kind: [[solid.kind as Kind, 1]], color: [["red", 1]] },
    },
  ];
}
