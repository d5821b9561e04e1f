import { CLOSED_BELOW_M, COLORS, type DrawerState } from "../../src/domain/vocabulary.js";
import type { Random } from "../../src/domain/random.js";
import { FRONT_STRIP_HEADROOM_M } from "./catalogue.js";
import { boxBetween, WORKTOP_Z, type Layout } from "./layout.js";
import { plainMaterial, surfaceMaterial } from "./materials.js";
import type { DrawerSpec, MaterialSpec, StaticSpec } from "./scene-spec.js";

export const KITCHEN_DRAWERS = ["drawer-left", "drawer-right"] as const;
export type KitchenDrawer = (typeof KITCHEN_DRAWERS)[number];

const DRAWER_Y: Readonly<Record<KitchenDrawer, number>> = { "drawer-left": -0.2, "drawer-right": -0.48 };
const OPENINGS_M: Readonly<Record<DrawerState, readonly [number, number]>> = {
  closed: [0, CLOSED_BELOW_M / 4],
  ajar: [0.03, 0.09],
  open: [0.16, 0.22],
};

/** The sink's hole in the counter. */
const BASIN = { x: [0.28, 0.56], y: [0.28, 0.6], floorZ: 0.6 } as const;
const SHELF_Z = WORKTOP_Z + 0.17;
const SLAB_M = 0.04;

interface Surfaces {
  readonly counter: MaterialSpec;
  readonly cabinet: MaterialSpec;
  readonly metal: MaterialSpec;
  readonly shelf: MaterialSpec;
  readonly wall: MaterialSpec;
  readonly floor: MaterialSpec;
}

const room = ({ counter, cabinet, wall, floor }: Surfaces): StaticSpec[] => {
  const slab = (name: string, x: readonly [number, number], y: readonly [number, number]): StaticSpec =>
    boxBetween(name, [x[0], y[0], WORKTOP_Z - SLAB_M], [x[1], y[1], WORKTOP_Z], { material: counter });
  return [
    boxBetween("floor", [-2, -2.5, -0.05], [1.1, 2.5, 0], { material: floor }),
    boxBetween("wall", [1.05, -2.5, 0], [1.1, 2.5, 2.4], { material: wall, collides: false }),
    // Between the robot's base and the sink's front wall.
    boxBetween("counter-cabinet", [0.254, -0.85, 0], [0.262, 0.85, WORKTOP_Z - SLAB_M], { material: cabinet }),
    slab("counter-front", [0.2, BASIN.x[0]], [-0.85, 0.85]),
    slab("counter-back", [BASIN.x[1], 1.05], [-0.85, 0.85]),
    slab("counter-middle", BASIN.x, [-0.85, BASIN.y[0]]),
    slab("counter-left", BASIN.x, [BASIN.y[1], 0.85]),
  ];
};

const sink = (metal: MaterialSpec): StaticSpec[] => {
  const { x, y, floorZ } = BASIN;
  const wallM = 0.018;
  const top = WORKTOP_Z - SLAB_M;
  const inSink = { material: metal, region: "sink" };
  const rim = { ...inSink, collides: false };
  const rimM = 0.018;
  const lip: readonly [number, number] = [WORKTOP_Z - 0.001, WORKTOP_Z + 0.003];
  return [
    boxBetween("sink-floor", [x[0] - wallM, y[0] - wallM, floorZ - 0.03], [x[1] + wallM, y[1] + wallM, floorZ], inSink),
    boxBetween("sink-wall-front", [x[0] - wallM, y[0] - wallM, floorZ], [x[0], y[1] + wallM, top], inSink),
    boxBetween("sink-wall-back", [x[1], y[0] - wallM, floorZ], [x[1] + wallM, y[1] + wallM, top], inSink),
    boxBetween("sink-wall-right", [x[0], y[0] - wallM, floorZ], [x[1], y[0], top], inSink),
    boxBetween("sink-wall-left", [x[0], y[1], floorZ], [x[1], y[1] + wallM, top], inSink),
    boxBetween("sink-rim-front", [x[0] - rimM, y[0] - rimM, lip[0]], [x[0], y[1] + rimM, lip[1]], rim),
    boxBetween("sink-rim-back", [x[1], y[0] - rimM, lip[0]], [x[1] + rimM, y[1] + rimM, lip[1]], rim),
    boxBetween("sink-rim-right", [x[0], y[0] - rimM, lip[0]], [x[1], y[0], lip[1]], rim),
    boxBetween("sink-rim-left", [x[0], y[1], lip[0]], [x[1], y[1] + rimM, lip[1]], rim),
    boxBetween("tap-post", [0.583, 0.428, WORKTOP_Z], [0.607, 0.452, 0.87], { material: metal, collides: false }),
    boxBetween("tap-spout", [0.5, 0.43, 0.855], [0.607, 0.45, 0.873], { material: metal, collides: false }),
  ];
};

const cabinet = (material: MaterialSpec): StaticSpec[] => {
  const side = (name: string, y0: number, y1: number): StaticSpec =>
    boxBetween(name, [0.6, y0, 0.78], [0.93, y1, 0.915], { material });
  return [
    boxBetween("cabinet-plinth", [0.6, -0.62, WORKTOP_Z], [0.93, -0.06, 0.78], { material }),
    boxBetween("cabinet-top", [0.6, -0.62, 0.915], [0.93, -0.06, 0.93], { material }),
    side("cabinet-right", -0.62, -0.61),
    side("cabinet-divider", -0.35, -0.33),
    side("cabinet-left", -0.07, -0.06),
    boxBetween("cabinet-back", [0.915, -0.61, 0.78], [0.93, -0.07, 0.915], { material }),
  ];
};

const shelf = (material: MaterialSpec): StaticSpec[] => {
  const onShelf = { material, region: "shelf" };
  return [
    boxBetween("shelf-board", [0.6, 0.02, SHELF_Z - 0.02], [0.82, 0.52, SHELF_Z], onShelf),
    boxBetween("shelf-right", [0.62, 0.02, WORKTOP_Z], [0.82, 0.04, SHELF_Z - 0.02], onShelf),
    boxBetween("shelf-left", [0.62, 0.5, WORKTOP_Z], [0.82, 0.52, SHELF_Z - 0.02], onShelf),
  ];
};

/** Boxes out of the hand's reach: a bread bin, a picture, jars. They must not be taken for the things that matter. */
const clutter = (random: Random): StaticSpec[] => {
  const places: readonly (readonly [string, readonly [number, number, number]])[] = [
    ["clutter-right", [0.88, -0.745, WORKTOP_Z]],
    ["clutter-left", [0.86, 0.7, WORKTOP_Z]],
    ["clutter-cabinet", [0.82, random.between(-0.5, -0.2), 0.93]],
    ["clutter-shelf", [0.95, random.between(0.1, 0.4), WORKTOP_Z]],
  ];
  const standing = places
    .filter(() => random.chance(0.45))
    .map(([name, [x, y, z]]): StaticSpec => {
      const half = [random.between(0.04, 0.075), random.between(0.05, 0.085)] as const;
      const material: MaterialSpec = {
        ...plainMaterial(random.pick(COLORS), random),
        texture: random.pick(["plain", "label", "stripes", "wood"] as const),
        textureScale: random.between(5, 20),
        contrast: random.between(0.1, 0.4),
      };
      const top = z + random.between(0.1, 0.26);
      const yawRad = random.between(-0.4, 0.4);
      return boxBetween(name, [x - half[0], y - half[1], z], [x + half[0], y + half[1], top], { material, yawRad });
    });
  if (!random.chance(0.5)) return standing;
  const [y, z] = [random.between(-0.6, 0.5), random.between(1.25, 1.6)];
  const material = { ...plainMaterial(random.pick(COLORS), random), texture: "stripes" as const, contrast: 0.4 };
  const picture = boxBetween("picture", [1.03, y - 0.15, z - 0.1], [1.05, y + 0.15, z + 0.1], {
    material,
    collides: false,
  });
  return [...standing, picture];
};

function drawer(id: KitchenDrawer, state: DrawerState, look: DrawerLook): DrawerSpec {
  return {
    id,
    // The closed front stands flush with the cabinet's sides at x = 0.60.
    center: [0.75, DRAWER_Y[id], 0.845],
    yawRad: 0,
    sizeM: [0.3, 0.256, 0.12],
    wallM: 0.011,
    travelM: 0.22,
    openM: look.random.between(...OPENINGS_M[state]),
    handle: { lengthM: look.lengthM, radiusM: look.radiusM, standoffM: 0.04, heightM: 0.01 },
    material: look.front,
    handleMaterial: look.handle,
  };
}

interface DrawerLook {
  readonly random: Random;
  readonly lengthM: number;
  readonly radiusM: number;
  readonly front: MaterialSpec;
  readonly handle: MaterialSpec;
}

/** The kitchen without movable things. `states` forces drawers; the others are drawn. */
export function kitchenLayout(random: Random, states: Readonly<Partial<Record<string, DrawerState>>> = {}): Layout {
  const look = random.fork("look");
  const body = surfaceMaterial("cabinet", look);
  const front = look.chance(0.6) ? body : surfaceMaterial("cabinet", look);
  const surfaces: Surfaces = {
    counter: surfaceMaterial("counter", look),
    cabinet: surfaceMaterial("cabinet", look),
    metal: surfaceMaterial("metal", look),
    shelf: surfaceMaterial("cabinet", look),
    wall: surfaceMaterial("wall", look),
    floor: surfaceMaterial("floor", look),
  };
  const drawerLook = {
    lengthM: look.between(0.11, 0.14),
    radiusM: look.between(0.007, 0.009),
    front,
    handle: surfaceMaterial("handle", look),
  };
  const drawers = KITCHEN_DRAWERS.map((id) => {
    const own = random.fork(id);
    const drawn = own.pick(["open", "open", "ajar", "closed"] as const);
    return drawer(id, states[id] ?? drawn, { ...drawerLook, random: own });
  });
  return {
    statics: [
      ...room(surfaces),
      ...sink(surfaces.metal),
      ...cabinet(body),
      ...shelf(surfaces.shelf),
      ...clutter(random.fork("clutter")),
    ],
    drawers,
    regions: [
      { id: "sink", kind: "sink", center: [0.42, 0.44, 0.67], sizeM: [0.28, 0.32, 0.16], yawRad: 0 },
      { id: "shelf", kind: "shelf", center: [0.71, 0.27, 1.01], sizeM: [0.22, 0.5, 0.25], yawRad: 0 },
    ],
    areas: [
      // The folded arm hides the counter further to the right, and the picture ends left of the sink.
      { support: "counter", x: [0.29, 0.575], y: [-0.015, 0.25], z: WORKTOP_Z, maxHeightM: 0.3, weight: 6 },
      {
        support: "counter",
        x: [0.25, 0.33],
        y: [-0.16, 0.2],
        z: WORKTOP_Z,
        maxHeightM: FRONT_STRIP_HEADROOM_M,
        weight: 2,
      },
      { support: "shelf", x: [0.605, 0.715], y: [0.03, 0.36], z: SHELF_Z, maxHeightM: 0.16, weight: 3 },
      { support: "sink", x: [0.33, 0.5], y: [0.36, 0.52], z: BASIN.floorZ, maxHeightM: 0.1, weight: 0.5 },
    ],
    // The hand passes here, low, when it pulls a drawer by its handle.
    blocked: KITCHEN_DRAWERS.map((id) => ({ x: 0.27, y: DRAWER_Y[id], radiusM: 0.045 })),
  };
}
