import type { Extent } from "../../src/domain/detection.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Color, Kind } from "../../src/domain/vocabulary.js";

/** A thing of the tiny world: an upright box that stays where it is put. */
export interface FakeThing {
  readonly id: string;
  readonly kind: Kind;
  readonly color?: Color;
  center: Vec3;
  readonly sizeM: Vec3;
  readonly yawRad: number;
}

/** A drawer that slides towards the robot (-x), with its handle in front. */
export interface FakeDrawer {
  readonly id: string;
  /** Middle of the closed drawer's body. */
  readonly center: Vec3;
  readonly sizeM: Vec3;
  openM: number;
  readonly travelM: number;
}

/** World of a kinematic robot: enough to grasp, carry, put down and pull drawers, with no physics at all. */
export interface FakeWorld {
  readonly things: FakeThing[];
  readonly drawers: FakeDrawer[];
  /** Height of the surface under everything. */
  readonly surfaceZ: number;
  /** Ids that slip out of the gripper when they are lifted. */
  readonly slippery: Set<string>;
}

const SURFACE_Z = 0.72;
const HANDLE_STANDOFF_M = 0.04;

export function createFakeWorld(
  things: readonly Partial<FakeThing>[],
  drawers: readonly Partial<FakeDrawer>[] = [],
): FakeWorld {
  return {
    surfaceZ: SURFACE_Z,
    slippery: new Set(),
    things: things.map((thing, i) => {
      const sizeM = thing.sizeM ?? [0.045, 0.06, 0.08];
      const [x, y] = thing.center ?? [0.45, 0.12 * i, 0];
      return {
        id: thing.id ?? `t${i + 1}`,
        kind: thing.kind ?? "bag",
        color: thing.color,
        sizeM,
        yawRad: thing.yawRad ?? 0,
        center: [x, y, thing.center?.[2] || SURFACE_Z + sizeM[2] / 2],
      };
    }),
    drawers: drawers.map((drawer, i) => ({
      id: drawer.id ?? `drawer${i + 1}`,
      center: drawer.center ?? [0.75, -0.2, 0.845],
      sizeM: drawer.sizeM ?? [0.3, 0.26, 0.12],
      openM: drawer.openM ?? 0,
      travelM: drawer.travelM ?? 0.22,
    })),
  };
}

export const extentOfThing = ({ center, sizeM, yawRad }: FakeThing): Extent => ({ center, sizeM, yawRad });

/** Box x axis into the cabinet, as perception measures drawers. */
export const extentOfDrawer = ({ center, sizeM, openM }: FakeDrawer): Extent => ({
  center: [center[0] - openM, center[1], center[2]],
  sizeM,
  yawRad: 0,
});

/** Bar across the front, x axis along the bar. */
export const extentOfHandle = ({ center, sizeM, openM }: FakeDrawer): Extent => ({
  center: [center[0] - openM - sizeM[0] / 2 - HANDLE_STANDOFF_M, center[1], center[2] + 0.01],
  sizeM: [0.12, 0.016, 0.016],
  yawRad: Math.PI / 2,
});

/** Height of what is below a point: the inside of a bowl or sink, a thing's top, or the surface. */
export function supportBelow({ things, surfaceZ }: FakeWorld, [x, y]: Vec3, except: string): number {
  const hollow: readonly Kind[] = ["bowl", "sink"];
  const below = things.filter(
    (t) => t.id !== except && Math.abs(t.center[0] - x) < t.sizeM[0] / 2 && Math.abs(t.center[1] - y) < t.sizeM[1] / 2,
  );
  const heights = below.map((t) => t.center[2] + (hollow.includes(t.kind) ? -1 : 1) * (t.sizeM[2] / 2));
  return heights.length === 0 ? surfaceZ : Math.max(...heights);
}
