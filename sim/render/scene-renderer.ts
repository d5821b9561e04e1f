import type { Pose } from "../../src/domain/geometry/pose.js";
import { quaternionToMatrix } from "../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { SceneSpec } from "../scenes/scene-spec.js";
import { bySize } from "./raster/by-size.js";
import { buildGeometryPool, placeBody, type PoolBody } from "./raster/geometry-pool.js";
import { createVisibility, type PinholeView } from "./raster/visibility.js";
import { sceneBodies } from "./scene-bodies.js";
import type { SceneRenderer } from "./scene-renderer.types.js";
import { createDisplayCurve } from "./shading/color-curves.js";
import { createCrowdingMap } from "./shading/crowding-map.js";
import { exposedLight } from "./shading/lighting.js";
import { createMaterialTable } from "./shading/material-table.js";
import { createPictureNoise } from "./shading/picture-noise.js";
import { shadePicture } from "./shading/shade-picture.js";
import { createShadowMap, type Extent } from "./shading/shadow-map.js";
import { createTextureLibrary, type TextureLibrary } from "./shading/textures.js";

export interface SceneRendererOptions {
  /** Mixed into the seed of the picture's noise, beside the scene's seed and the view's `noiseSeed`. */
  readonly sampleNoise?: number;
  /** Share one among renderers: painting textures is most of what making a renderer costs. */
  readonly textures?: TextureLibrary;
}

const SHADOW_TEXELS = 768;
const CROWDING_CELLS = 256;
/** Lower things (the floor) neither bound the space in which shadows are drawn nor cast any. */
const LOWEST_CASTER_TOP_M = 0.3;
/** Room above the highest standing thing for what is carried there. */
const HEADROOM_M = 0.3;

/**
 * Pictures of a scene from its data alone: colour, depth and pixel names, by a z-buffer over triangles. Bodies that
 * `BodyPoses` does not name keep their pose from the scene; the robot's are drawn only when named.
 * Not for use by two callers at once: all buffers are reused.
 */
export function createSceneRenderer(spec: SceneSpec, options: SceneRendererOptions = {}): SceneRenderer {
  const materials = createMaterialTable(options.textures ?? createTextureLibrary());
  const { instances, bodies } = sceneBodies(spec, (material) => materials.add(material));
  const pool = buildGeometryPool(bodies);
  const fixed = pool.bodies.filter(({ name }) => name === undefined);
  const movable = pool.bodies.filter(({ name }) => name !== undefined);
  for (const body of fixed) if (body.restPose) placeBody(pool, body, body.restPose);

  const extent = workExtent(spec);
  const lighting = exposedLight(spec.light);
  const casters = fixed.filter(({ castsShadow }) => castsShadow);
  const shadow = createShadowMap(pool, { size: SHADOW_TEXELS, toward: lighting.toward, extent, fixed: casters });
  const crowders = fixed.filter(({ occludes }) => occludes);
  const crowding = createCrowdingMap(pool, { size: CROWDING_CELLS, extent, fixed: crowders });
  const visibility = createVisibility(pool);
  const curve = createDisplayCurve();
  const noise = createPictureNoise(spec.headCamera.noise);
  const pictures = bySize((count) => ({
    rgb: new Uint8Array(3 * count),
    depthM: new Float32Array(count),
    instanceIds: new Uint8Array(count),
  }));

  const lastPoses = new Map<PoolBody, Pose | undefined>();
  let everPlaced = false;

  return {
    instances,
    render(view, poses) {
      let moved = !everPlaced;
      everPlaced = true;
      for (const body of movable) {
        const pose = (body.name === undefined ? undefined : poses.get(body.name)) ?? body.restPose;
        if (samePose(lastPoses.get(body), pose)) continue;
        moved = true;
        lastPoses.set(body, pose);
        if (pose) placeBody(pool, body, pose);
      }
      const present = movable.filter((body) => lastPoses.get(body) !== undefined);
      if (moved) {
        shadow.update(present.filter(({ castsShadow }) => castsShadow));
        crowding.update(present.filter(({ occludes }) => occludes));
      }

      const pinhole: PinholeView = {
        width: view.width,
        height: view.height,
        intrinsics: view.intrinsics,
        position: view.poseInWorld.position,
        rotation: quaternionToMatrix(view.poseInWorld.orientation),
      };
      // Nearest first: what is hidden then costs one comparison a pixel.
      const drawn = [...fixed, ...present]
        .map((body) => ({ body, center: (lastPoses.get(body) ?? body.restPose)?.position ?? ORIGIN }))
        .map((item) => ({ ...item, distance: nearness(item.center, item.body.radiusM, pinhole.position) }))
        .sort((a, b) => a.distance - b.distance);
      const buffer = visibility.draw(pinhole, drawn);
      const picture = pictures.get(view.width, view.height);
      shadePicture(
        pinhole,
        { pool, visibility: buffer, materials: materials.materials, lighting, shadow, crowding, curve },
        picture,
      );
      const seed = mixSeeds([spec.seed, options.sampleNoise ?? 0, view.noiseSeed ?? 0]);
      noise.apply(picture.rgb, view.width, seed);
      return picture;
    },
  };
}

const ORIGIN: Vec3 = [0, 0, 0];

const nearness = (center: Vec3, radiusM: number, eye: Vec3): number =>
  Math.hypot(center[0] - eye[0], center[1] - eye[1], center[2] - eye[2]) + (radiusM > 1 ? radiusM : 0);

function samePose(a: Pose | undefined, b: Pose | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.position.every((value, i) => value === b.position[i]) &&
    a.orientation.every((value, i) => value === b.orientation[i])
  );
}

function mixSeeds(seeds: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const seed of seeds) hash = Math.imul(hash ^ (seed | 0), 0x01000193) ^ (hash >>> 15);
  return hash >>> 0;
}

/** Box around what stands on the work surface, from the floor to a little above it. */
function workExtent(spec: SceneSpec): Extent {
  const low: [number, number, number] = [Infinity, Infinity, 0];
  const high: [number, number, number] = [-Infinity, -Infinity, 1];
  for (const { center, sizeM, yawRad, collides } of spec.statics) {
    const top = center[2] + sizeM[2] / 2;
    if (!collides || top < LOWEST_CASTER_TOP_M) continue;
    const [c, s] = [Math.abs(Math.cos(yawRad)), Math.abs(Math.sin(yawRad))];
    const half = [(c * sizeM[0] + s * sizeM[1]) / 2, (s * sizeM[0] + c * sizeM[1]) / 2];
    for (const k of [0, 1]) {
      low[k] = Math.min(low[k], center[k] - half[k] - 0.1);
      high[k] = Math.max(high[k], center[k] + half[k] + 0.1);
    }
    high[2] = Math.max(high[2], top + HEADROOM_M);
  }
  return low[0] < high[0] ? { low, high } : { low: [-1, -1, 0], high: [1.5, 1, 1.3] };
}
