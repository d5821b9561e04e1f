import { describe, expect, it } from "vitest";
import { CATALOGUE, createScene, drawerFloorZ, type MovableKind, type ObjectSpec, type SceneSpec } from "./index.js";

const LAYOUTS = ["kitchen", "tabletop"] as const;
const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const each = (check: (scene: SceneSpec) => void): void => {
  for (const layout of LAYOUTS) for (const seed of SEEDS) check(createScene(layout, seed));
};
const isRound = (thing: ObjectSpec): boolean => ["can", "bottle", "apple", "bowl"].includes(thing.kind);
const radius = (thing: ObjectSpec): number =>
  (isRound(thing) ? thing.sizeM[0] : Math.hypot(thing.sizeM[0], thing.sizeM[1])) / 2;

describe("createScene", () => {
  it("follows from layout, seed and options alone", () => {
    expect(createScene("kitchen", 7)).toEqual(createScene("kitchen", 7));
    expect(createScene("kitchen", 7)).not.toEqual(createScene("kitchen", 8));
  });

  it("holds the demo's green bag in the one drawer that is ajar, and one red mug on the counter", () => {
    const { objects, drawers } = createScene("kitchen", 1);

    expect(objects.filter(({ kind, color }) => kind === "bag" && color === "green").map((o) => o.startsIn)).toEqual([
      "drawer-left",
    ]);
    expect(objects.filter(({ kind, color }) => kind === "mug" && color === "red").map((o) => o.startsIn)).toEqual([
      "counter",
    ]);
    expect(drawers.map(({ id, openM }) => [id, openM > 0.02])).toEqual([
      ["drawer-left", true],
      ["drawer-right", false],
    ]);
  });

  it("leaves three centimetres between bounding circles outside drawers", () => {
    each(({ objects }) => {
      const outside = objects.filter((thing) => !thing.startsIn.startsWith("drawer"));
      for (const [index, a] of outside.entries())
        for (const b of outside.slice(index + 1)) {
          const [ax, ay] = a.pose.position;
          const [bx, by] = b.pose.position;
          expect(Math.hypot(ax - bx, ay - by) - radius(a) - radius(b)).toBeGreaterThanOrEqual(0.03 - 1e-9);
        }
    });
  });

  it("keeps what lies in drawers between their walls and under the cabinet's top", () => {
    each(({ objects, drawers }) => {
      for (const drawer of drawers)
        for (const thing of objects.filter(({ startsIn }) => startsIn === drawer.id)) {
          const [x, y, z] = thing.pose.position;
          const [depth, width] = drawer.sizeM;
          const along = x - (drawer.center[0] - drawer.openM);
          const narrow = Math.min(thing.sizeM[0], thing.sizeM[1]) / 2;
          expect(Math.abs(along)).toBeLessThan(depth / 2 - drawer.wallM - narrow);
          expect(Math.abs(y - drawer.center[1])).toBeLessThan(width / 2 - drawer.wallM - narrow);
          expect(z - thing.sizeM[2] / 2).toBeCloseTo(drawer.center[2] + drawerFloorZ(drawer) + 0.001, 9);
          expect(z + thing.sizeM[2] / 2).toBeLessThan(0.915);
        }
    });
  });

  it("puts everything within the arm's reach and gives each thing a size and colour of its kind", () => {
    each(({ objects }) => {
      expect(objects.length).toBeGreaterThanOrEqual(3);
      const outside = objects.filter((thing) => !thing.startsIn.startsWith("drawer"));
      const reaches = outside.map(({ pose }) => Math.hypot(pose.position[0], pose.position[1]));
      expect(Math.max(...reaches)).toBeLessThanOrEqual(0.72);
      for (const { kind, color, size, sizeM } of objects) {
        const entry = CATALOGUE[kind as MovableKind];
        expect(entry.colors).toContain(color);
        expect(sizeM[1]).toBeGreaterThanOrEqual((entry[size].y === "as-x" ? entry[size].x : entry[size].y)[0]);
      }
    });
  });

  it("obeys what a suite requires, forces and forbids", () => {
    const scene = createScene("kitchen", 31, {
      require: [{ kind: "can", color: "blue", startsIn: "drawer-right", size: "small" }],
      drawers: { "drawer-right": "open" },
      forbid: [{ kind: "can" }, { color: "red" }],
      count: 6,
    });

    expect(scene.drawers[1].openM).toBeGreaterThan(0.12);
    expect(scene.objects.filter(({ kind }) => kind === "can")).toMatchObject([
      { color: "blue", startsIn: "drawer-right", size: "small" },
    ]);
    expect(scene.objects.some(({ color }) => color === "red")).toBe(false);
  });

  it("marks the zones that are asked for, apart from each other", () => {
    const { regions } = createScene("tabletop", 12, { zones: ["blue", "red"] });

    expect(regions.map(({ color }) => color).slice(0, 2)).toEqual(["blue", "red"]);
    const [a, b] = regions.map(({ center }) => center);
    expect(Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]))).toBeGreaterThan(0.14);
  });

  it("says what does not fit", () => {
    const require = Array.from({ length: 3 }, () => ({
      kind: "bag" as const,
      color: "red" as const,
      startsIn: "drawer-left",
    }));

    expect(() => createScene("kitchen", 5, { require })).toThrow(/red bag \(drawer-left\)/);
  });
});
