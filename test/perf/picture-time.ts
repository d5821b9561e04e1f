import loadMujoco from "@mujoco/mujoco";
import type { Pose } from "../../src/domain/geometry/pose.js";
import { rotate } from "../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import { createSceneRenderer, intrinsicsFor, type RenderView } from "../../sim/render/index.js";
import { createScene, type SceneSpec } from "../../sim/scenes/index.js";
import { drawerJoint, worldXml } from "../../sim/worlds/world-xml.js";
import { ms, timeCalls, type Measurement } from "./measure.js";

const FAR_M = 10;
const AGREES_WITHIN_M = 0.002;

/** One RGB-D picture with shadows, beside `mj_multiRay` (depth alone) on the same scene and rays, and how far the depths agree. */
export async function measurePictures(): Promise<readonly Measurement[]> {
  // Rays hit only what collides; for the comparison everything does.
  const drawn = createScene("kitchen", 1);
  const scene: SceneSpec = { ...drawn, statics: drawn.statics.map((part) => ({ ...part, collides: true })) };
  const rays = await createRayCaster(scene);
  const renderer = createSceneRenderer(scene);
  const lines: Measurement[] = [];
  try {
    for (const [width, height] of [
      [320, 240],
      [640, 480],
    ]) {
      const { horizontalFovRad, poseInBase } = scene.headCamera;
      const intrinsics = intrinsicsFor({ width, height, horizontalFovRad });
      const view: RenderView = { width, height, intrinsics, poseInWorld: poseInBase };
      const [thing] = scene.objects;
      let nudge = 0;
      // A thing moves in every picture, so that shadows are drawn anew as in a mission.
      const render = () =>
        renderer.render(view, new Map([[`object:${thing.id}`, nudged(thing.pose, (nudge += 1e-6))]]));
      const cast = rays.prepare(view);
      const picture = await timeCalls(render, { times: 12, warmUp: 3 });
      const ray = await timeCalls(cast, { times: 3, warmUp: 1 });
      const { medianM, share } = compare(render().depthM, cast());
      lines.push({
        name: `picture ${width} x ${height}`,
        value: ms(picture.medianMs),
        beside:
          `mj_multiRay ${ms(ray.medianMs)}; depths differ by ${(medianM * 1000).toFixed(3)} mm (median), ` +
          `${(share * 100).toFixed(1)} % of fixed surfaces within ${AGREES_WITHIN_M * 1000} mm`,
      });
    }
  } finally {
    rays.dispose();
  }
  return lines;
}

const nudged = (pose: Pose, byM: number): Pose => ({
  ...pose,
  position: [pose.position[0] + byM, pose.position[1], pose.position[2]],
});

/** Depths of rays that hit boxes which both draw alike; 0 where a ray hit something else. */
interface RayCaster {
  prepare(view: RenderView): () => Float32Array;
  dispose(): void;
}

async function createRayCaster(scene: SceneSpec): Promise<RayCaster> {
  const mj = await loadMujoco();
  const model = mj.MjModel.from_xml_string(worldXml(scene));
  if (!model) throw new Error("MuJoCo refused the world's MJCF.");
  const data = new mj.MjData(model);
  for (const drawer of scene.drawers) {
    const joint = model.jnt(drawerJoint(drawer.id));
    data.qpos[model.jnt_qposadr[joint.id]] = drawer.openM;
    joint.delete();
  }
  mj.mj_forward(model, data);
  const comparable = Array.from({ length: model.ngeom }, (_, id): boolean => {
    const geom = model.geom(id);
    const { name } = geom;
    geom.delete();
    return /^(static|drawer):/.test(name);
  });

  return {
    prepare({ width, height, intrinsics: { fx, fy, cx, cy }, poseInWorld }) {
      const count = width * height;
      // The binding takes typed arrays; its types know plain ones only.
      const directions = new Float64Array(3 * count);
      const alongAxis = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        const x = ((i % width) + 0.5 - cx) / fx;
        const y = (Math.floor(i / width) + 0.5 - cy) / fy;
        const length = Math.hypot(x, y, 1);
        const local: Vec3 = [x / length, y / length, 1 / length];
        directions.set(rotate(poseInWorld.orientation, local), 3 * i);
        alongAxis[i] = local[2];
      }
      const eye = [...poseInWorld.position];
      return () => {
        const hits = new mj.IntBuffer(count);
        const ranges = new mj.DoubleBuffer(count);
        const normals = new mj.DoubleBuffer(3 * count);
        mj.mj_multiRay(
          model,
          data,
          eye,
          directions as unknown as number[],
          [1, 1, 1, 1, 1, 1],
          true,
          -1,
          hits,
          ranges,
          normals,
          count,
          FAR_M,
        );
        const geoms = hits.GetView() as Int32Array;
        const range = ranges.GetView() as Float64Array;
        const depthM = Float32Array.from(range, (value, i) => (comparable[geoms[i]] ? value * alongAxis[i] : 0));
        hits.delete();
        ranges.delete();
        normals.delete();
        return depthM;
      };
    },
    dispose() {
      data.delete();
      model.delete();
    },
  };
}

function compare(drawn: Float32Array, cast: Float32Array): { medianM: number; share: number } {
  const differences: number[] = [];
  for (let i = 0; i < cast.length; i++) {
    if (cast[i] > 0 && drawn[i] > 0) differences.push(Math.abs(cast[i] - drawn[i]));
  }
  differences.sort((a, b) => a - b);
  const within = differences.filter((difference) => difference < AGREES_WITHIN_M).length;
  return { medianM: differences[differences.length >> 1], share: within / differences.length };
}
