import { quaternionFromAxisAngle, quaternionToMatrix } from "../../../src/domain/geometry/quaternion.js";
import { project } from "../../../src/domain/geometry/project.js";
import { transformPoint } from "../../../src/domain/geometry/pose.js";
import { createTextureLibrary } from "../../../sim/render/index.js";
import type { SceneSpec } from "../../../sim/scenes/index.js";
import type { Box } from "./box.js";
import { cutCrop } from "./cut-crop.js";
import { drawLooks, STORED_PER_CROP, type LookSample } from "./draw-looks.js";
import type { View } from "./draw-view.js";
import { gridLabels, halve, type Thing } from "./label-picture.js";
import { createShardWriter, type ShardWriter } from "./shard-writer.js";
import { sceneSeed, type Split } from "./splits.js";
import { createViewer, PICTURE, type TakenView } from "./take-view.js";
import { trainingScene } from "./training-scene.js";

export const VIEWS_PER_SCENE = 4;
const CROP_PX = 80;
const MASK_PX = 40;

export interface ShardOrder {
  readonly folder: string;
  readonly split: Split;
  readonly firstScene: number;
  readonly scenes: number;
}

/** Renders, labels and writes one shard. Its bytes follow from split, first scene and number of scenes alone. */
export function makeShard(order: ShardOrder): { readonly pictures: number; readonly looks: number } {
  const { split, firstScene, scenes } = order;
  const seeds = Array.from({ length: scenes }, (_, i) => sceneSeed(split, firstScene + i));
  const writer = createShardWriter(order.folder);
  const textures = createTextureLibrary();
  const counts = { pictures: 0, things: 0, looks: 0 };
  for (const seed of seeds) {
    const scene = trainingScene(split, seed);
    const takeView = createViewer(scene, textures);
    for (let index = 0; index < VIEWS_PER_SCENE; index++) {
      const written = writePicture(scene, takeView(index), {
        writer,
        picture: counts.pictures,
        exact: split !== "train",
      });
      counts.pictures++;
      counts.things += written.things;
      counts.looks += written.looks;
    }
  }
  writer.finish({ split, ...counts, firstSceneSeed: seeds[0], scenes });
  return counts;
}

interface Writing {
  readonly writer: ShardWriter;
  /** Number of the picture within its shard. */
  readonly picture: number;
  /** Crops as the contract has them, without jitter. */
  readonly exact: boolean;
}

function writePicture(
  scene: SceneSpec,
  { rendered, view, names, things, random }: TakenView,
  { writer, picture, exact }: Writing,
): { things: number; looks: number } {
  const grid = gridLabels(rendered, names, PICTURE.width);
  writer.append("rgb", halve(rendered.rgb, PICTURE.width, PICTURE.height));
  writer.append("depth", grid.depthMm);
  writer.append("kind", grid.kind);
  writer.append("color", grid.color);
  writer.append("camera", cameraRow(view));
  for (const thing of things)
    writer.append("things", row(picture, { thing, real: true, sidePx: 0, fx: view.intrinsics.fx }));

  const canvas = { picture: rendered, ...PICTURE };
  const looks = drawLooks(things, canvas, { random: random.fork("looks"), exact, decoys: decoysIn(scene, view) });
  for (const look of looks)
    writeLook(writer, look, { picture, rgb: rendered.rgb, ids: rendered.instanceIds, fx: view.intrinsics.fx });
  return { things: things.length, looks: looks.length };
}

interface LookSource {
  readonly picture: number;
  readonly rgb: Uint8Array;
  readonly ids: Uint8Array;
  readonly fx: number;
}

function writeLook(writer: ShardWriter, look: LookSample, { picture, rgb, ids, fx }: LookSource): void {
  const { thing, real, square } = look;
  const stored = { ...square, side: square.side * STORED_PER_CROP };
  writer.append("looks", row(picture, { thing, real, sidePx: square.side, fx }));
  writer.append("crops", cutCrop({ data: rgb, ...PICTURE, channels: 3 }, stored, CROP_PX));
  writer.append("masks", real ? maskOf(ids, thing, stored) : new Uint8Array(MASK_PX * MASK_PX));
}

/** Share of each mask cell that the thing covers, 0..255. Over the picture's edge there is nothing. */
function maskOf(ids: Uint8Array, thing: Thing, square: { centerX: number; centerY: number; side: number }): Uint8Array {
  const pad = 2;
  const [x0, y0] = [Math.max(0, thing.x0 - pad), Math.max(0, thing.y0 - pad)];
  const [x1, y1] = [Math.min(PICTURE.width, thing.x1 + pad), Math.min(PICTURE.height, thing.y1 + pad)];
  const width = x1 - x0 + 2 * pad;
  const height = y1 - y0 + 2 * pad;
  const data = new Uint8Array(width * height);
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      if (ids[y * PICTURE.width + x] === thing.instance) data[(y - y0 + pad) * width + x - x0 + pad] = 255;
    }
  }
  const shifted = { ...square, centerX: square.centerX - x0 + pad, centerY: square.centerY - y0 + pad };
  return cutCrop({ data, width, height, channels: 1 }, shifted, MASK_PX);
}

function row(
  picture: number,
  { thing, real, sidePx, fx }: { thing: Thing; real: boolean; sidePx: number; fx: number },
): Float32Array {
  const { group, kind, color, state, pixels, x0, y0, x1, y1, zM, size } = thing;
  return Float32Array.of(
    picture,
    group,
    kind,
    color,
    state,
    pixels,
    x0,
    y0,
    x1,
    y1,
    zM,
    size,
    real ? 1 : 0,
    sidePx,
    fx,
  );
}

/** Intrinsics of the halved picture, then position and rotation (row-major) of the camera in the base frame. */
function cameraRow({ intrinsics, cameraInBase }: View): Float32Array {
  const { fx, fy, cx, cy } = intrinsics;
  return Float32Array.of(
    fx / 2,
    fy / 2,
    cx / 2,
    cy / 2,
    ...cameraInBase.position,
    ...quaternionToMatrix(cameraInBase.orientation),
  );
}

/** Boxes in the picture around clutter that looks like something to pick up and is not. */
function decoysIn(scene: SceneSpec, view: View): readonly Box[] {
  const camera = { ...PICTURE, intrinsics: view.intrinsics, poseInBase: view.cameraInWorld };
  return scene.statics
    .filter(({ name }) => /^(clutter|picture|tap)/.test(name))
    .flatMap(({ center, sizeM, yawRad }) => {
      const pose = { position: center, orientation: quaternionFromAxisAngle([0, 0, 1], yawRad) };
      const corners = [-0.5, 0.5].flatMap((x) =>
        [-0.5, 0.5].flatMap((y) =>
          [-0.5, 0.5].map((z) => project(camera, transformPoint(pose, [x * sizeM[0], y * sizeM[1], z * sizeM[2]]))),
        ),
      );
      if (corners.some(({ z }) => z < 0.2)) return [];
      const xs = corners.map(({ x }) => Math.min(PICTURE.width, Math.max(0, x * PICTURE.width)));
      const ys = corners.map(({ y }) => Math.min(PICTURE.height, Math.max(0, y * PICTURE.height)));
      const box = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
      return box.x1 - box.x0 > 8 && box.y1 - box.y0 > 8 ? [box] : [];
    });
}
