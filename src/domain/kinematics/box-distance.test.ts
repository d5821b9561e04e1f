import { describe, expect, it } from "vitest";
import { interpolate, type Vec3 } from "../geometry/vec3.js";
import { createRandom } from "../random.js";
import { capsuleBoxDistance, pointBoxDistance, segmentBoxDistance, type OrientedBox } from "./box-distance.js";

describe("segmentBoxDistance", () => {
  it("agrees with brute-force sampling to a tenth of a millimetre, outside and inside", () => {
    const random = createRandom(21);
    const point = (): Vec3 => [random.between(-1, 1), random.between(-1, 1), random.between(-1, 1)];
    let inside = 0;
    for (let run = 0; run < 400; run++) {
      const box: OrientedBox = {
        center: point(),
        sizeM: [random.between(0.05, 1), random.between(0.05, 1), random.between(0.05, 1)],
        yawRad: random.between(-4, 4),
      };
      const [from, to] = [point(), point()];
      let least = Infinity;
      for (let i = 0; i <= 4000; i++) least = Math.min(least, pointBoxDistance(interpolate(from, to, i / 4000), box));
      if (least < 0) inside++;

      const exact = segmentBoxDistance(from, to, box);

      expect(exact).toBeLessThanOrEqual(least + 1e-6);
      expect(exact).toBeGreaterThan(least - 6e-4);
    }
    expect(inside).toBeGreaterThan(30);
  });

  it("measures a point by hand", () => {
    const box: OrientedBox = { center: [1, 0, 0], sizeM: [2, 0.4, 0.6], yawRad: Math.PI / 2 };

    expect(pointBoxDistance([1, 1.5, 0], box)).toBeCloseTo(0.5, 9);
    expect(pointBoxDistance([1.5, 1.4, 0.3], box)).toBeCloseTo(0.5, 9);
    expect(pointBoxDistance([1, 0, 0.1], box)).toBeCloseTo(-0.2, 9);
  });

  it("counts the radius of a capsule", () => {
    const box: OrientedBox = { center: [0, 0, 0], sizeM: [1, 1, 1], yawRad: 0 };

    expect(capsuleBoxDistance({ from: [0.8, -1, 0], to: [0.8, 1, 0], radiusM: 0.1 }, box)).toBeCloseTo(0.2, 6);
    expect(capsuleBoxDistance({ from: [0.55, -1, 0], to: [0.55, 1, 0], radiusM: 0.1 }, box)).toBeCloseTo(-0.05, 6);
  });
});
