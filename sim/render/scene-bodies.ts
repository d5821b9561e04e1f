import { composePoses, type Pose } from "../../src/domain/geometry/pose.js";
import { quaternionFromAxisAngle } from "../../src/domain/geometry/quaternion.js";
import type { MaterialSpec, SceneSpec, StaticSpec } from "../scenes/scene-spec.js";
import { drawerMesh, handleMesh } from "./meshes/drawer.js";
import type { MeshPart } from "./meshes/mesh.js";
import { objectMesh } from "./meshes/object-mesh.js";
import { robotMeshes } from "./meshes/robot.js";
import { staticMesh } from "./meshes/static-mesh.js";
import { tapMesh } from "./meshes/tap.js";
import type { BodyMesh } from "./raster/geometry-pool.js";
import type { RenderInstance } from "./scene-renderer.types.js";

export interface SceneBodies {
  readonly instances: readonly RenderInstance[];
  readonly bodies: readonly BodyMesh[];
}

const TAP_POST = "tap-post";
const TAP_SPOUT = "tap-spout";

/** Everything that a scene shows, as meshes with the pixel names they answer to. Things that move come last. */
export function sceneBodies(spec: SceneSpec, addMaterial: (material: MaterialSpec) => number): SceneBodies {
  const instances: RenderInstance[] = [{ name: "background" }];
  const instanceNamed = (name: string): number => instances.push({ name }) - 1;
  const robot = instanceNamed("robot");
  const regions = new Map(spec.regions.map(({ id }) => [id, instanceNamed(`region:${id}`)]));
  const tagged = (parts: readonly MeshPart[], instance: number): BodyMesh["parts"] =>
    parts.map((part) => ({ part, instance, material: addMaterial(part.material) }));

  const sink = spec.regions.find((region) => region.kind === "sink");
  const tap = tapBody(spec.statics);
  const statics = spec.statics
    .filter((item) => !tap || (item.name !== TAP_POST && item.name !== TAP_SPOUT))
    .map((item): BodyMesh => {
      const instance = item.region === undefined ? 0 : regions.get(item.region);
      if (instance === undefined) {
        const known = [...regions.keys()].join(", ") || "none";
        throw new Error(`Static "${item.name}" belongs to region "${item.region}"; the scene's regions are: ${known}.`);
      }
      return {
        name: undefined,
        restPose: { position: item.center, orientation: quaternionFromAxisAngle([0, 0, 1], item.yawRad) },
        castsShadow: item.collides,
        occludes: item.collides,
        parts: tagged(staticMesh(item), instance),
      };
    });
  const tapInstance = (sink && regions.get(sink.id)) ?? 0;
  const taps: BodyMesh[] = tap
    ? [
        {
          name: undefined,
          restPose: tap.pose,
          castsShadow: true,
          occludes: false,
          parts: tagged(tap.parts, tapInstance),
        },
      ]
    : [];

  const drawers = spec.drawers.map((drawer): BodyMesh => {
    const closed: Pose = {
      position: drawer.center,
      orientation: quaternionFromAxisAngle([0, 0, 1], drawer.yawRad),
    };
    const opened: Pose = { position: [-drawer.openM, 0, 0], orientation: [0, 0, 0, 1] };
    return {
      name: `drawer:${drawer.id}`,
      restPose: composePoses(closed, opened),
      castsShadow: true,
      occludes: true,
      parts: [
        ...tagged(drawerMesh(drawer), instanceNamed(`drawer:${drawer.id}`)),
        ...tagged(handleMesh(drawer), instanceNamed(`handle:${drawer.id}`)),
      ],
    };
  });
  const objects = spec.objects.map((object): BodyMesh => ({
    name: `object:${object.id}`,
    restPose: object.pose,
    castsShadow: true,
    occludes: true,
    parts: tagged(objectMesh(object), instanceNamed(`object:${object.id}`)),
  }));
  const links = [...robotMeshes()].map(([name, parts]): BodyMesh => ({
    name,
    restPose: undefined,
    castsShadow: true,
    occludes: false,
    parts: tagged(parts, robot),
  }));
  if (instances.length > 256) {
    throw new Error(`The scene has ${instances.length} named things; pixels can tell 256 apart. Use fewer objects.`);
  }
  return { instances, bodies: [...statics, ...taps, ...drawers, ...objects, ...links] };
}

/** A scene marks its tap by two boxes; the picture shows a bent pipe in their place. */
function tapBody(statics: readonly StaticSpec[]): { pose: Pose; parts: readonly MeshPart[] } | undefined {
  const post = statics.find(({ name }) => name === TAP_POST);
  const spout = statics.find(({ name }) => name === TAP_SPOUT);
  if (!post || !spout) return undefined;
  const foot = post.center[2] - post.sizeM[2] / 2;
  const reach = post.center[0] - (spout.center[0] - spout.sizeM[0] / 2);
  return {
    pose: { position: [post.center[0], post.center[1], foot], orientation: [0, 0, 0, 1] },
    parts: tapMesh(reach),
  };
}
