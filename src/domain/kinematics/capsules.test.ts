import { expect, it } from "vitest";
import { transformPoint } from "../geometry/pose.js";
import { distance } from "../geometry/vec3.js";
import { capsulesAt } from "./capsules.js";
import { forwardKinematics } from "./forward-kinematics.js";
import { pandaFixture as panda } from "./panda.fixture.js";

it("places capsules with their links: the base in the mount, the hand and its load in the tool frame", () => {
  const q = [0.3, -0.5, 0.2, -2, 0.4, 1.8, -0.3];
  const pose = forwardKinematics(panda, q);

  const capsules = capsulesAt(panda, q, [{ link: 7, from: [0, 0, 0], to: [0, 0, 0.08], radiusM: 0.03 }]);

  expect(capsules).toHaveLength(panda.capsules.length + 1);
  for (const [i, capsule] of capsules.entries()) {
    const frame = capsule.link === 7 ? pose.tool : pose.links[capsule.link + 1];
    const shape = panda.capsules[i] ?? { from: [0, 0, 0], to: [0, 0, 0.08] };
    expect(distance(capsule.from, transformPoint(frame, shape.from))).toBeLessThan(1e-9);
    expect(distance(capsule.to, transformPoint(frame, shape.to))).toBeLessThan(1e-9);
  }
});
