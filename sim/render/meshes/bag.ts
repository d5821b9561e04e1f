import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import { createRandom } from "../../../src/domain/random.js";
import { paint, repaint, shade, type MeshPart, type Surface } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { patch } from "./surfaces.js";

/**
 * Packaging pouch, standing: flat bottom, bulging body, crimped flat seam at the top, creases that differ by seed and a
 * printed patch on the front and back. The thinnest of x and y is its thickness.
 */
export function bagMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const random = createRandom(variantSeed);
  const alongX = sizeM[0] > sizeM[1];
  const width = Math.max(sizeM[0], sizeM[1]);
  const thickness = Math.min(sizeM[0], sizeM[1]);
  const height = sizeM[2];
  const waves = Array.from({ length: 4 }, () => ({
    across: random.between(3, 9),
    up: random.between(-7, 7),
    phase: random.between(0, 2 * Math.PI),
    size: random.between(0.012, 0.03),
  }));
  const lean = random.between(-0.08, 0.08) * thickness;
  const crimps = 14 + random.below(8);

  /** Half thickness (0..0.5) of the pouch at -1..1 across and 0..1 up. */
  const halfDepth = (across: number, up: number): number => {
    // Front and back are sealed to each other along the sides and the top.
    if (Math.abs(across) > 0.999 || up > 0.999) return 0;
    const edge = Math.pow(Math.max(0, 1 - Math.pow(Math.abs(across), 3.2)), 0.55);
    const closing = up < 0.6 ? 1 : Math.pow(Math.max(0, 1 - (up - 0.6) / 0.28), 0.5);
    const settled = 0.82 + 0.18 * Math.sin(Math.PI * Math.min(1, up * 1.5 + 0.12));
    const crease = waves.reduce(
      (sum, w) => sum + w.size * Math.abs(Math.sin(w.across * across + w.up * up + w.phase)),
      0,
    );
    return Math.max(0.012, 0.5 * edge * closing * settled - crease * closing * edge);
  };
  const place = (across: number, depth: number, up: number): Vec3 => {
    const seam = up > 0.88 ? 0.014 * Math.sin(crimps * Math.PI * across) * thickness : 0;
    const narrowing = 1 - 0.06 * Math.sin(Math.PI * Math.min(1, up)) - (up > 0.6 ? 0.05 * (up - 0.6) : 0);
    const p = across * 0.5 * width * narrowing;
    const q = depth * thickness + seam + lean * Math.max(0, up - 0.5) * 2;
    const z = (up - 0.5) * height;
    return alongX ? [p, q, z] : [-q, p, z];
  };
  const wall = (
    from: number,
    to: number,
    low: number,
    high: number,
    columns: number,
    rows: number,
    proud = 0,
  ): Surface[] =>
    [-1, 1].map((side) =>
      patch(
        columns,
        rows,
        (u, v) => {
          // Seen from its own side each wall runs left to right.
          const across = (from + (to - from) * u) * -side;
          const up = low + (high - low) * v;
          return place(across, side * (halfDepth(across, up) + proud), up);
        },
        [((to - from) * width) / 2, (high - low) * height],
      ),
    );
  const bottom = patch(10, 2, (u, v) => {
    const across = 1 - 2 * u;
    return place(across, (2 * v - 1) * halfDepth(across, 0) * -1, 0);
  });
  const seam = repaint(material, shade(material.rgb, -0.12), { gloss: Math.min(1, material.gloss + 0.15) });
  const bright = material.rgb[0] + material.rgb[1] + material.rgb[2] > 2.1;
  const label = repaint(material, shade(material.rgb, bright ? -0.35 : 0.6), {
    texture: "label",
    textureScale: 13,
    contrast: 0.5,
    seed: variantSeed,
  });
  const low = random.between(0.2, 0.28);
  return [
    paint(material, ...wall(-1, 1, 0, 0.88, 14, 12), flipped(bottom)),
    paint(seam, ...wall(-1, 1, 0.88, 1, 14, 1)),
    paint(label, ...wall(-0.52, 0.52, low, low + 0.34, 8, 5, 0.012)),
  ];
}

const flipped = (surface: Surface): Surface => ({
  ...surface,
  normals: surface.normals.map((value) => -value),
  indices: surface.indices.map((_, i, all) => all[i - (i % 3) + 2 - (i % 3)]),
});
