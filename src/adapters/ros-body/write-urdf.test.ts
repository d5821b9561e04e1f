import { describe, expect, it } from "vitest";
import { pandaModel } from "../../../sim/worlds/panda-model.js";
import { capsulesAt, forwardKinematics, toolPose } from "../../domain/kinematics/index.js";
import { angleBetween } from "../../domain/geometry/quaternion.js";
import { distance } from "../../domain/geometry/vec3.js";
import { createRandom } from "../../domain/random.js";
import type { RobotModel } from "../../domain/kinematics/robot-model.js";
import { robotModelFromUrdf } from "../ros/urdf-robot-model.js";
import { TOOL_LINK, writeUrdf } from "./write-urdf.js";

const read = (xml: string, more: object = {}): RobotModel => {
  const { gripper, homePositions, seedPositions } = pandaModel;
  const model = robotModelFromUrdf(xml, {
    baseLink: "base_link",
    tipLink: TOOL_LINK,
    gripper,
    homePositions,
    seedPositions,
    ...more,
  });
  if (!model.ok) throw new Error(model.message);
  return model.value;
};

describe("a robot model written as URDF", () => {
  it("is read back as the same body: joints, limits, tool, shapes, wherever the arm is", () => {
    const again = read(writeUrdf(pandaModel));
    const random = createRandom(3);

    expect(again).toMatchObject({ name: pandaModel.name, gripper: pandaModel.gripper });
    expect(again.joints.map(({ name, type, lower, upper, maxSpeed }) => [name, type, lower, upper, maxSpeed])).toEqual(
      pandaModel.joints.map(({ name, type, lower, upper, maxSpeed }) => [name, type, lower, upper, maxSpeed]),
    );
    for (let run = 0; run < 25; run++) {
      const q = pandaModel.joints.map(({ lower, upper }) => random.between(lower, upper));
      const [one, other] = [forwardKinematics(pandaModel, q), forwardKinematics(again, q)];
      for (const [i, link] of one.links.entries())
        expect(distance(link.position, other.links[i].position)).toBeLessThan(1e-7);
      expect(distance(one.tool.position, other.tool.position)).toBeLessThan(1e-7);
      expect(angleBetween(one.tool.orientation, other.tool.orientation)).toBeLessThan(1e-6);
      const found = capsulesAt(again, q);
      expect(found).toHaveLength(pandaModel.capsules.length);
      for (const { link, from, to, radiusM } of capsulesAt(pandaModel, q)) {
        const same = found.filter((each) => each.link === link && each.radiusM === radiusM);
        expect(same.some((each) => Math.max(distance(from, each.from), distance(to, each.to)) < 1e-7)).toBe(true);
      }
    }
  });

  it("may end at the flange, with the tool named by the profile", () => {
    const q = pandaModel.homePositions;
    const again = read(writeUrdf(pandaModel), { tipLink: "link7", toolInTip: pandaModel.toolInFlange });

    expect(distance(toolPose(again, q).position, toolPose(pandaModel, q).position)).toBeLessThan(1e-9);
    expect(again.capsules).toHaveLength(pandaModel.capsules.length);
  });

  it("turns the camera on its mast left by the first joint and down by the second", () => {
    const orientation = [-0.5, 0.5, -0.5, 0.5] as const; // looking ahead: z of the picture along x of the base
    const xml = writeUrdf(pandaModel, {
      head: {
        frame: "eye",
        homeInBase: { position: [0, 0, 1.5], orientation },
        joints: [
          { name: "pan", lower: -1, upper: 1 },
          { name: "tilt", lower: -1, upper: 1 },
        ],
        maxSpeedRadps: 1,
      },
    });
    const head = read(xml, { tipLink: "eye", homePositions: undefined, seedPositions: undefined });
    const ahead = (q: readonly number[]): readonly number[] => {
      const [x, y, z, w] = toolPose(head, q).orientation;
      return [2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)];
    };

    expect(ahead([0, 0])[0]).toBeCloseTo(1, 6);
    expect(ahead([0.3, 0])[1]).toBeCloseTo(Math.sin(0.3), 6);
    expect(ahead([0, 0.3])[2]).toBeCloseTo(-Math.sin(0.3), 6);
  });
});
