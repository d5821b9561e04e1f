import { describe, expect, it } from "vitest";
import { rotate } from "../../src/domain/geometry/quaternion.js";
import { toLocalPoint, type Pose } from "../../src/domain/geometry/pose.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import { COLORS, MOVABLE_KINDS } from "../../src/domain/vocabulary.js";
import { PALETTE } from "../scenes/palette.js";
import { createScene } from "../scenes/create-scene.js";
import { lookingFrom, objectFixture, plainFixture, sceneFixture, slabFixture, viewFixture } from "./scene-fixture.js";
import { createSceneRenderer } from "./scene-renderer.js";
import type { RenderedPicture, RenderView, SceneRenderer } from "./scene-renderer.types.js";

const NOWHERE: ReadonlyMap<string, Pose> = new Map();
const idOf = (renderer: SceneRenderer, name: string): number =>
  renderer.instances.findIndex((instance) => instance.name === name);
const pixels = (picture: RenderedPicture, id: number): number[] =>
  [...picture.instanceIds.keys()].filter((k) => picture.instanceIds[k] === id);

/** Direction of a pixel's ray in the world, scaled so that its optical part is 1. */
function rayOf(view: RenderView, k: number): Vec3 {
  const { fx, fy, cx, cy } = view.intrinsics;
  const x = (k % view.width) + 0.5;
  const y = Math.floor(k / view.width) + 0.5;
  return rotate(view.poseInWorld.orientation, [(x - cx) / fx, (y - cy) / fy, 1]);
}

/** Depth at which the ray enters a box; undefined = it misses. The slab method. */
function boxDepth(view: RenderView, ray: Vec3, box: { center: Vec3; sizeM: Vec3; yawRad: number }): number | undefined {
  const half = box.yawRad / 2;
  const frame: Pose = { position: box.center, orientation: [0, 0, Math.sin(half), Math.cos(half)] };
  const from = toLocalPoint(frame, view.poseInWorld.position);
  const direction = rotate([0, 0, -Math.sin(half), Math.cos(half)], ray);
  let enter = 0;
  let leave = Infinity;
  for (let axis = 0; axis < 3; axis++) {
    const a = (-box.sizeM[axis] / 2 - from[axis]) / direction[axis];
    const b = (box.sizeM[axis] / 2 - from[axis]) / direction[axis];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter < leave ? enter : undefined;
}

describe("createSceneRenderer", () => {
  it("gives the depth and the name of boxes as a ray cast does", () => {
    const box = slabFixture({ name: "crate", center: [0.55, 0.1, 0.8], sizeM: [0.2, 0.3, 0.16], yawRad: 0.6 });
    const spec = sceneFixture({
      statics: [{ ...box, region: "shelf" }],
      regions: [{ id: "shelf", kind: "shelf", center: box.center, sizeM: box.sizeM, yawRad: 0.6 }],
    });
    const renderer = createSceneRenderer(spec);
    const view = viewFixture(lookingFrom([0.02, -0.03, 1.4], [0.5, 0.05, 0.75]));

    const picture = renderer.render(view, NOWHERE);

    const shelf = idOf(renderer, "region:shelf");
    let worst = 0;
    let disagreeing = 0;
    let hits = 0;
    for (let k = 0; k < view.width * view.height; k++) {
      const depth = boxDepth(view, rayOf(view, k), box);
      if ((depth !== undefined) !== (picture.instanceIds[k] === shelf)) disagreeing++;
      else if (depth !== undefined) {
        hits++;
        worst = Math.max(worst, Math.abs(depth - picture.depthM[k]));
      }
    }
    expect(hits).toBeGreaterThan(1000);
    expect(disagreeing).toBeLessThanOrEqual(2);
    expect(worst).toBeLessThan(1e-5);
  });

  it("cuts away what is behind the camera when a counter passes beneath it", () => {
    const counter = slabFixture({ center: [0.5, 0, 0.7], sizeM: [4, 4, 0.04] });
    const renderer = createSceneRenderer(sceneFixture({ statics: [counter] }));
    const view = viewFixture(lookingFrom([0.5, 0, 0.92], [0.8, 0.05, 0.72]));

    const picture = renderer.render(view, NOWHERE);

    let worst = 0;
    for (let k = 0; k < view.width * view.height; k++) {
      const depth = boxDepth(view, rayOf(view, k), counter) ?? 0;
      worst = Math.max(worst, Math.abs(depth - picture.depthM[k]));
    }
    expect(worst).toBeLessThan(1e-4);
  });

  it("shades the ground beside a thing that stands in a low light, and only there", () => {
    const light = { direction: [0, -1, 1] as const, ambient: 0.4, diffuse: 0.6, tint: [1, 1, 1] as const };
    const objects = [objectFixture({ kind: "block", sizeM: [0.1, 0.1, 0.1] })];
    const view = viewFixture(lookingFrom([0.5, 0.001, 1.5], [0.5, 0, 0.72]));
    const draw = (shadowStrength: number): Uint8Array => {
      const spec = sceneFixture({ objects, light: { ...light, shadowStrength } });
      return createSceneRenderer(spec).render(view, NOWHERE).rgb.slice();
    };
    const at = (rgb: Uint8Array, x: number, y: number): number => {
      const local = toLocalPoint(view.poseInWorld, [x, y, 0.72]);
      const column = Math.floor((local[0] / local[2]) * view.intrinsics.fx + view.intrinsics.cx);
      const row = Math.floor((local[1] / local[2]) * view.intrinsics.fy + view.intrinsics.cy);
      return rgb[3 * (row * view.width + column)];
    };

    const [none, strong] = [draw(0), draw(0.9)];

    expect(at(strong, 0.5, 0.11)).toBeLessThan(at(none, 0.5, 0.11) - 30);
    expect(at(strong, 0.5, -0.2)).toBe(at(none, 0.5, -0.2));
    expect(at(strong, 0.75, 0.11)).toBe(at(none, 0.75, 0.11));
  });

  it("makes the same bytes for the same seeds, and other noise for another noise seed", () => {
    const spec = createScene("kitchen", 11);
    const view = viewFixture(spec.headCamera.poseInBase);

    const first = createSceneRenderer(spec).render(view, NOWHERE).rgb.slice();
    const renderer = createSceneRenderer(spec);
    renderer.render({ ...view, noiseSeed: 5 }, NOWHERE);
    const again = renderer.render(view, NOWHERE).rgb.slice();
    const other = renderer.render({ ...view, noiseSeed: 6 }, NOWHERE).rgb;

    expect(Buffer.compare(first, again)).toBe(0);
    expect(Buffer.compare(again, other)).not.toBe(0);
  });

  it("keeps each colour nearest to its own word under the lights of many scenes", () => {
    const wrong: string[] = [];
    const objects = COLORS.map((color, i) => ({
      ...objectFixture({ kind: "block", id: color, color }, 0.35 + 0.1 * (i % 4), -0.2 + 0.2 * Math.floor(i / 4)),
      material: plainFixture(PALETTE[color]),
    }));
    for (let seed = 1; seed <= 24; seed++) {
      const { light } = createScene("tabletop", seed);
      const renderer = createSceneRenderer(sceneFixture({ objects, light }));
      const picture = renderer.render(viewFixture(lookingFrom([-0.1, 0, 1.58], [0.5, 0, 0.72]), 320, 240), NOWHERE);
      for (const color of COLORS) {
        const own = pixels(picture, idOf(renderer, `object:${color}`));
        const mean = [0, 1, 2].map((c) => own.reduce((sum, k) => sum + picture.rgb[3 * k + c], 0) / own.length / 255);
        const distance = (rgb: Vec3): number => Math.hypot(...rgb.map((value, c) => value - mean[c]));
        const nearest = COLORS.reduce((a, b) => (distance(PALETTE[b]) < distance(PALETTE[a]) ? b : a));
        if (nearest !== color) wrong.push(`${color} looks ${nearest} in light ${seed}`);
      }
    }

    expect(wrong).toEqual([]);
  });

  it("follows the bodies it is told about and leaves the rest where the scene has them", () => {
    const objects = [objectFixture({ kind: "block", id: "a" }), objectFixture({ kind: "block", id: "b" }, 0.5, 0.2)];
    const renderer = createSceneRenderer(sceneFixture({ objects }));
    const view = viewFixture(lookingFrom([0, 0, 1.5], [0.5, 0, 0.72]));
    const before = renderer.render(view, NOWHERE).instanceIds.slice();
    const lifted: Pose = { position: [0.5, 0, 5], orientation: [0, 0, 0, 1] };

    const after = renderer.render(view, new Map([["object:a", lifted]])).instanceIds.slice();
    const back = renderer.render(view, NOWHERE).instanceIds.slice();

    const count = (ids: Uint8Array, name: string): number => ids.filter((id) => id === idOf(renderer, name)).length;
    expect(count(before, "object:a")).toBeGreaterThan(20);
    expect(count(after, "object:a")).toBe(0);
    expect(count(after, "object:b")).toBe(count(before, "object:b"));
    expect(back).toEqual(before);
  });

  it("draws the robot only where it is told to be", () => {
    const renderer = createSceneRenderer(sceneFixture());
    const view = viewFixture(lookingFrom([0, 0, 1.5], [0.5, 0, 0.72]));
    const robot = idOf(renderer, "robot");
    const hand: Pose = { position: [0.5, 0, 1], orientation: [1, 0, 0, 0] };

    expect(pixels(renderer.render(view, NOWHERE), robot)).toHaveLength(0);
    expect(pixels(renderer.render(view, new Map([["hand", hand]])), robot).length).toBeGreaterThan(50);
  });

  it.each(MOVABLE_KINDS)("has no pinholes in a %s", (kind) => {
    const found = createScene("kitchen", 3).objects.find((object) => object.kind === kind);
    const sizeM = found?.sizeM ?? [0.07, 0.05, 0.06];
    const renderer = createSceneRenderer(sceneFixture({ objects: [objectFixture({ kind, sizeM })] }));
    const view = viewFixture(lookingFrom([0.3, -0.16, 0.92], [0.5, 0, 0.74]), 320, 240);

    const { instanceIds: ids, ...picture } = renderer.render(view, NOWHERE);

    const own = idOf(renderer, `object:${kind}`);
    const inside = pixels({ ...picture, instanceIds: ids }, own);
    const holes = [...ids.keys()].filter(
      (k) => ids[k] !== own && [k - 1, k + 1, k - view.width, k + view.width].every((near) => ids[near] === own),
    );
    expect(inside.length).toBeGreaterThan(500);
    expect(holes).toEqual([]);
  });

  it("names drawers, handles, the sink with its tap, and the shelf of a kitchen", () => {
    const spec = createScene("kitchen", 1);
    const renderer = createSceneRenderer(spec);

    const picture = renderer.render(viewFixture(spec.headCamera.poseInBase, 320, 240), NOWHERE);

    const seen = new Set(picture.instanceIds);
    const names = renderer.instances.filter((_, id) => seen.has(id)).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["drawer:drawer-left", "handle:drawer-right", "region:sink", "region:shelf"]),
    );
  });

  it("says which regions there are when a static names one that is not", () => {
    const spec = sceneFixture({ statics: [slabFixture({ region: "attic" })] });

    expect(() => createSceneRenderer(spec)).toThrow(/"table" belongs to region "attic"; the scene's regions are: none/);
  });
});
