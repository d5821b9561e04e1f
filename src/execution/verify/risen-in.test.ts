import { describe, expect, it } from "vitest";
import { project } from "../../domain/geometry/project.js";
import type { Look } from "../../ports/perception.js";
import { aLook } from "../../../test/support/a-look.js";
import { hasRisenIn } from "./risen-in.js";

const BOWL = { center: [0.5, 0, 0.75], sizeM: [0.14, 0.14, 0.05], yawRad: 0 } as const;
const BLOCK = { sizeM: [0.04, 0.04, 0.04] } as const;

/** Depth of a flat floor at 0.725 m, with a top of `topM` where a block would lie in the bowl's middle. */
function seeing(topM: number | undefined, source: "sensor" | "model" = "sensor"): Look {
  const look = aLook();
  const { view } = look.scene;
  const [width, height] = [320, 240];
  const depthM = new Float32Array(width * height);
  const paint = (x: number, y: number, z: number): void => {
    const at = project(view, [x, y, z]);
    const [column, row] = [Math.floor(at.x * width), Math.floor(at.y * height)];
    if (column >= 0 && row >= 0 && column < width && row < height) depthM[row * width + column] = at.z;
  };
  for (let x = 0.3; x < 0.7; x += 0.001) for (let y = -0.2; y < 0.2; y += 0.001) paint(x, y, 0.725);
  if (topM !== undefined) {
    for (let x = 0.48; x < 0.52; x += 0.001) for (let y = -0.02; y < 0.02; y += 0.001) paint(x, y, topM);
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

  it("is no evidence by estimated depth", () => {
    expect(hasRisenIn({ before: seeing(undefined), after: seeing(0.765, "model") }, BOWL, BLOCK)).toBe(false);
  });
});
