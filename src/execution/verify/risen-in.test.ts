import { describe, expect, it } from "vitest";
import { project } from "../../domain/geometry/project.js";
import type { Look } from "../../ports/perception.js";
import { aLook } from "../../../test/support/a-look.js";
import { hasRisenIn } from "./risen-in.js";

const BOWL = { center: [0.5, 0, 0.75], sizeM: [0.14, 0.14, 0.05], yawRad: 0 } as const;
const BLOCK = { sizeM: [0.04, 0.04, 0.04] } as const;

type Top = readonly [x: number, y: number, topM: number];

/** Depth of a flat floor at 0.725 m with blocks' tops on it: one in the bowl's middle at that height, or several anywhere. */
function seeing(what: number | undefined | readonly Top[], source: "sensor" | "model" = "sensor"): Look {
  const tops: readonly Top[] = typeof what === "number" ? [[0.5, 0, what]] : (what ?? []);
  const look = aLook();
  const { view } = look.scene;
  const [width, height] = [320, 240];
  const depthM = new Float32Array(width * height);
  const paint = (x: number, y: number, z: number): void => {
    const at = project(view, [x, y, z]);
    const [column, row] = [Math.floor(at.x * width), Math.floor(at.y * height)];
    const pixel = row * width + column;
    const isInPicture = column >= 0 && row >= 0 && column < width && row < height;
    if (isInPicture && (depthM[pixel] === 0 || at.z < depthM[pixel])) depthM[pixel] = at.z;
  };
  for (let x = 0.3; x < 0.7; x += 0.001) for (let y = -0.2; y < 0.2; y += 0.001) paint(x, y, 0.725);
  for (const [atX, atY, topM] of tops) {
    for (let x = -0.02; x < 0.02; x += 0.001) {
      for (let y = -0.02; y < 0.02; y += 0.001) {
        for (let z = Math.max(0.725, topM - 0.08); z <= topM; z += 0.004) paint(atX + x, atY + y, z);
      }
    }
  }
  return {
    ...look,
    scene: { ...look.scene, depthSource: source },
    depth: { width, height, depthM, source },
  };
}

describe("what has risen in a container", () => {
  it("is seen when something of the thing's height stands there and did not before", () => {
    expect(hasRisenIn({ before: seeing(undefined), after: seeing(0.765) }, BOWL, BLOCK)).toBe(true);
  });

  it("is nothing when the container is as empty as before", () => {
    expect(hasRisenIn({ before: seeing(undefined), after: seeing(undefined) }, BOWL, BLOCK)).toBe(false);
  });

  it("is nothing new when it stood there before", () => {
    expect(hasRisenIn({ before: seeing(0.765), after: seeing(0.765) }, BOWL, BLOCK)).toBe(false);
  });

  it("is nothing that counts when it is much lower than the thing", () => {
    expect(hasRisenIn({ before: seeing(undefined), after: seeing(0.733) }, BOWL, BLOCK)).toBe(false);
  });

  it("is a second thing beside the first, or on top of it", () => {
    const before = seeing([[0.48, -0.01, 0.765]]);
    const beside = seeing([
      [0.48, -0.01, 0.765],
      [0.52, 0.015, 0.765],
    ]);

    expect(hasRisenIn({ before, after: beside }, BOWL, BLOCK)).toBe(true);
    expect(hasRisenIn({ before, after: seeing([[0.48, -0.01, 0.805]]) }, BOWL, BLOCK)).toBe(true);
  });

  it("is nothing when what was there has only shifted", () => {
    const [before, after] = [seeing([[0.48, -0.015, 0.765]]), seeing([[0.515, 0.015, 0.765]])];

    expect(hasRisenIn({ before, after }, BOWL, BLOCK)).toBe(false);
  });

  it("is nothing when it has come down beside the container, or far above it", () => {
    const before = seeing(undefined);

    expect(hasRisenIn({ before, after: seeing([[0.5, 0.1, 0.765]]) }, BOWL, BLOCK)).toBe(false);
    expect(hasRisenIn({ before, after: seeing([[0.5, 0, 0.9]]) }, BOWL, BLOCK)).toBe(false);
  });

  it("is no evidence by estimated depth", () => {
    expect(hasRisenIn({ before: seeing(undefined), after: seeing(0.765, "model") }, BOWL, BLOCK)).toBe(false);
  });
});
