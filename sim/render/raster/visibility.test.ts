import { expect, it } from "vitest";
import { quaternionToMatrix } from "../../../src/domain/geometry/quaternion.js";
import { IDENTITY_POSE } from "../../../src/domain/geometry/pose.js";
import { intrinsicsFor } from "../intrinsics-for.js";
import { paint, plain } from "../meshes/mesh.js";
import { lathe, type ProfilePoint } from "../meshes/surfaces.js";
import { buildGeometryPool, placeBody } from "./geometry-pool.js";
import { createVisibility } from "./visibility.js";

const RADIUS_M = 0.05;

function spherePool(): ReturnType<typeof buildGeometryPool> {
  const profile = Array.from({ length: 97 }, (_, i): ProfilePoint => {
    const angle = Math.PI * (i / 96 - 0.5);
    return [Math.max(0, RADIUS_M * Math.cos(angle)), RADIUS_M * Math.sin(angle)];
  });
  const part = paint(plain([1, 1, 1], 0), lathe(profile, 128));
  const pool = buildGeometryPool([
    {
      name: "ball",
      restPose: undefined,
      castsShadow: true,
      occludes: true,
      parts: [{ part, material: 0, instance: 1 }],
    },
  ]);
  placeBody(pool, pool.bodies[0], { ...IDENTITY_POSE, position: [0.05, -0.02, 0.5] });
  return pool;
}

it("finds a sphere's depth to a tenth of a millimetre", () => {
  const pool = spherePool();
  const center = [0.05, -0.02, 0.5] as const;
  const width = 200;
  const height = 150;
  const intrinsics = intrinsicsFor({ width, height, horizontalFovRad: 0.9 });
  const rotation = quaternionToMatrix([0, 0, 0, 1]);

  const { inverseDepth, seen } = createVisibility(pool).draw(
    { width, height, intrinsics, position: [0, 0, 0], rotation },
    [{ body: pool.bodies[0], center }],
  );

  let worst = 0;
  let outside = 0;
  let hits = 0;
  for (let k = 0; k < width * height; k++) {
    const ray = [
      ((k % width) + 0.5 - intrinsics.cx) / intrinsics.fx,
      (Math.floor(k / width) + 0.5 - intrinsics.cy) / intrinsics.fy,
      1,
    ];
    const a = ray[0] ** 2 + ray[1] ** 2 + 1;
    const b = ray[0] * center[0] + ray[1] * center[1] + center[2];
    const c = center[0] ** 2 + center[1] ** 2 + center[2] ** 2 - RADIUS_M ** 2;
    const root = b * b - a * c;
    if (seen[k] === 0) continue;
    hits++;
    if (root < 0) outside++;
    // At the outline a hair's breadth sideways is a long way in depth.
    else if (root > 0.0004) worst = Math.max(worst, Math.abs((b - Math.sqrt(root)) / a - 1 / inverseDepth[k]));
  }
  expect(hits).toBeGreaterThan(1000);
  expect(outside).toBe(0);
  expect(worst).toBeLessThan(1e-4);
});
