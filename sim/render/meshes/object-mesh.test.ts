import { describe, expect, it } from "vitest";
import { cross, dot, subtract, type Vec3 } from "../../../src/domain/geometry/vec3.js";
import { KINDS, MOVABLE_KINDS } from "../../../src/domain/vocabulary.js";
import { CATALOGUE, type MovableKind } from "../../scenes/catalogue.js";
import { createScene } from "../../scenes/create-scene.js";
import { objectFixture } from "../scene-fixture.js";
import { drawerMesh, handleMesh } from "./drawer.js";
import type { MeshPart } from "./mesh.js";
import { objectMesh } from "./object-mesh.js";
import { robotMeshes } from "./robot.js";
import { tapMesh } from "./tap.js";

function sizeOf(kind: MovableKind): Vec3 {
  const { x, y, z } = CATALOGUE[kind].large;
  const depth = y === "as-x" ? x[1] : y[1];
  return [kind === "mug" ? x[1] + 0.026 : x[1], depth, z === "as-y" ? depth : z[1]];
}

/** Share of triangles whose winding disagrees with their normals. */
function insideOut(parts: readonly MeshPart[]): number {
  let wrong = 0;
  let count = 0;
  for (const { positions, normals, indices } of parts) {
    const at = (values: Float32Array, i: number): Vec3 => [values[3 * i], values[3 * i + 1], values[3 * i + 2]];
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [indices[t], indices[t + 1], indices[t + 2]];
      const face = cross(subtract(at(positions, b), at(positions, a)), subtract(at(positions, c), at(positions, a)));
      const mean = [0, 1, 2].map((k) => normals[3 * a + k] + normals[3 * b + k] + normals[3 * c + k]);
      count++;
      if (dot(face, [mean[0], mean[1], mean[2]]) < -1e-9) wrong++;
    }
  }
  return wrong / count;
}

describe("objectMesh", () => {
  it.each(MOVABLE_KINDS)("fills the box of a %s and stays inside it", (kind) => {
    const sizeM = sizeOf(kind as MovableKind);
    for (let variantSeed = 0; variantSeed < 6; variantSeed++) {
      const parts = objectMesh(objectFixture({ kind, sizeM, variantSeed }));
      for (let axis = 0; axis < 3; axis++) {
        const along = parts.flatMap(({ positions }) => [...positions].filter((_, i) => i % 3 === axis));
        const half = sizeM[axis] / 2;
        expect(Math.max(...along), `high ${axis}`).toBeLessThan(half + 0.002);
        expect(Math.min(...along), `low ${axis}`).toBeGreaterThan(-half - 0.002);
        expect(Math.max(...along) - Math.min(...along), `length ${axis}`).toBeGreaterThan(0.85 * sizeM[axis]);
      }
    }
  });

  it.each(MOVABLE_KINDS)("turns every outside of a %s outwards", (kind) => {
    expect(insideOut(objectMesh(objectFixture({ kind, sizeM: sizeOf(kind as MovableKind) })))).toBeLessThan(0.01);
  });

  it("refuses to make a place from a thing", () => {
    const place = KINDS.find((kind) => !MOVABLE_KINDS.includes(kind)) ?? "drawer";

    expect(() => objectMesh(objectFixture({ kind: place }))).toThrow(/is a place; expected a movable kind/);
  });
});

describe("the other meshes", () => {
  it("turn their outsides outwards too", () => {
    const [drawer] = createScene("kitchen", 1).drawers;
    const meshes = [drawerMesh(drawer), handleMesh(drawer), tapMesh(0.1), ...robotMeshes().values()];

    expect(meshes.map(insideOut).filter((share) => share > 0.01)).toEqual([]);
  });
});
