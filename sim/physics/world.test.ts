import loadMujoco from "@mujoco/mujoco";
import { describe, expect, it } from "vitest";
import { angleBetween, quaternionFromMatrix, type Matrix3 } from "../../src/domain/geometry/quaternion.js";
import { distance } from "../../src/domain/geometry/vec3.js";
import { forwardKinematics } from "../../src/domain/kinematics/index.js";
import { createRandom } from "../../src/domain/random.js";
import { createScene } from "../scenes/index.js";
import { pandaModel } from "../worlds/panda-model.js";
import { objectBody, worldXml } from "../worlds/world-xml.js";
import { createWorld, TIMESTEP_S } from "./world.js";

describe("the world's MJCF", () => {
  it("has the arm of the robot model: forward kinematics agree with MuJoCo's everywhere", async () => {
    const mj = await loadMujoco();
    const model = mj.MjModel.from_xml_string(worldXml(createScene("tabletop", 1)));
    const data = new mj.MjData(model);
    const random = createRandom(3);
    const site = model.site("tool").id;

    for (let trial = 0; trial < 40; trial++) {
      const q = pandaModel.joints.map(({ lower, upper }) => random.between(lower, upper));
      for (const [i, { name }] of pandaModel.joints.entries()) data.qpos[model.jnt_qposadr[model.jnt(name).id]] = q[i];
      mj.mj_kinematics(model, data);
      const position = Array.from(data.site_xpos.slice(3 * site, 3 * site + 3) as Float64Array);
      const matrix = Array.from(data.site_xmat.slice(9 * site, 9 * site + 9) as Float64Array);
      const { tool } = forwardKinematics(pandaModel, q);

      expect(distance(tool.position, position as [number, number, number])).toBeLessThan(1e-6);
      expect(angleBetween(tool.orientation, quaternionFromMatrix(matrix as unknown as Matrix3))).toBeLessThan(1e-5);
    }
    data.delete();
    model.delete();
  });

  it("lets everything rest where the scene put it", async () => {
    for (const [layout, seed] of [
      ["kitchen", 1],
      ["kitchen", 44],
      ["kitchen", 45],
      ["tabletop", 46],
    ] as const) {
      const scene = createScene(layout, seed);
      const world = await createWorld(scene);

      for (const { id, pose } of scene.objects) {
        expect(distance(world.bodyPose(objectBody(id)).position, pose.position)).toBeLessThan(0.006);
      }
      for (const { id, openM } of scene.drawers) expect(world.drawerOpening(id)).toBeCloseTo(openM, 3);
      world.dispose();
    }
  });

  it("lets a block lie still in a small bowl, and the bowl with it", async () => {
    for (const seed of [1, 2, 3, 4]) {
      const scene = createScene("tabletop", seed, {
        require: [
          { kind: "bowl", color: "white", size: "small" },
          { kind: "block", color: "red", size: "small" },
        ],
        count: 2,
      });
      const bowl = scene.objects.find(({ kind }) => kind === "bowl")!;
      const [x, y, z] = bowl.pose.position;
      const above = [x + 0.002, y + 0.001, z + 0.05] as const;
      const objects = scene.objects.map((o) =>
        o.kind === "block" ? { ...o, pose: { ...o.pose, position: above } } : o,
      );
      const world = await createWorld({ ...scene, objects });
      const at = () => world.bodyPose(objectBody(bowl.id)).position;
      const stepFor = (seconds: number): void => {
        for (let i = 0; i < seconds / TIMESTEP_S; i++) world.step();
      };
      stepFor(1);
      const settled = at();

      stepFor(4);

      expect(distance(at(), settled)).toBeLessThan(0.002);
      world.dispose();
    }
  });
});
