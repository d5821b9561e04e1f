import type { Pose } from "../../src/domain/geometry/pose.js";
import { quaternionFromAxisAngle } from "../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Random } from "../../src/domain/random.js";
import type { Color } from "../../src/domain/vocabulary.js";
import { CATALOGUE, DRAWER_HEADROOM_M, MUG_HANDLE_M, type MovableKind, type Support } from "./catalogue.js";
import { drawerFloorZ } from "./drawer-shape.js";
import type { Layout } from "./layout.js";
import { objectMaterial } from "./materials.js";
import { findPlace, weightedOrder, type Circle } from "./placement.js";
import type { SceneOptions } from "./scene-options.js";
import type { DrawerSpec, ObjectSpec, SceneSpec } from "./scene-spec.js";

const COUNTER_GAP_M = 0.03;

interface Draft {
  readonly kind: MovableKind;
  readonly color: Color;
  readonly size: "small" | "large";
  readonly sizeM: Vec3;
  readonly yawRad: number;
  /** Of the circle around its footprint. */
  readonly radiusM: number;
}

function drawSize(kind: MovableKind, size: "small" | "large", random: Random): Vec3 {
  const range = CATALOGUE[kind][size];
  const x = random.between(...range.x);
  const y = range.y === "as-x" ? x : random.between(...range.y);
  const z = range.z === "as-y" ? y : random.between(...range.z);
  return kind === "mug" ? [x + MUG_HANDLE_M, y, z] : [x, y, z];
}

const isRound = (kind: MovableKind): boolean => ["can", "bottle", "apple", "bowl"].includes(kind);

function draft(kind: MovableKind, color: Color, options: { size?: "small" | "large"; random: Random }): Draft {
  const { random } = options;
  const drawn = random.chance(0.5) ? "small" : "large";
  const size = options.size ?? drawn;
  const sizeM = drawSize(kind, size, random);
  const [x, y] = sizeM;
  const radiusM = (isRound(kind) ? x : Math.hypot(x, y)) / 2;
  return { kind, color, size, sizeM, yawRad: random.between(-Math.PI, Math.PI), radiusM };
}

function drawDraft(layout: SceneSpec["layout"], allowed: readonly (readonly [MovableKind, Color])[], random: Random) {
  const weight = (kind: MovableKind): number =>
    CATALOGUE[kind].weight[layout] / allowed.filter(([other]) => other === kind).length;
  let left = random.next() * allowed.reduce((sum, [kind]) => sum + weight(kind), 0);
  const chosen = allowed.find(([kind]) => (left -= weight(kind)) < 0) ?? allowed[0];
  return draft(chosen[0], chosen[1], { random });
}

const ALL_PAIRS: readonly (readonly [MovableKind, Color])[] = (Object.keys(CATALOGUE) as MovableKind[]).flatMap(
  (kind) => CATALOGUE[kind].colors.map((color) => [kind, color] as const),
);

const standingPose = (x: number, y: number, options: { z: number; yawRad: number }): Pose => ({
  position: [x, y, options.z],
  orientation: quaternionFromAxisAngle([0, 0, 1], options.yawRad),
});

/** Places things one by one; knows what is taken. */
class Room {
  readonly objects: ObjectSpec[] = [];
  readonly #taken: Circle[];
  readonly #slots = new Map<string, number[]>();

  constructor(
    private readonly layout: Layout,
    private readonly random: Random,
  ) {
    this.#taken = [...layout.blocked];
  }

  /** False when no place was found. */
  add(thing: Draft, startsIn: string | undefined): boolean {
    const drawer = this.layout.drawers.find(({ id }) => id === startsIn);
    if (drawer) return this.#addToDrawer(thing, drawer);
    if (startsIn === undefined && this.#drawerFirst(thing)) return true;
    return this.#addToSurface(thing, startsIn);
  }

  #fits(thing: Draft, support: Support): boolean {
    return CATALOGUE[thing.kind].supports.includes(support);
  }

  #drawerFirst(thing: Draft): boolean {
    if (!this.#fits(thing, "drawer")) return false;
    if (!this.random.chance(thing.kind === "bag" ? 0.6 : 0.25)) return false;
    return this.random.shuffle(this.layout.drawers).some((drawer) => this.#addToDrawer(thing, drawer));
  }

  #addToSurface(thing: Draft, support: string | undefined): boolean {
    const areas = this.layout.areas.filter(
      (area) =>
        (support === undefined ? this.#fits(thing, area.support) : area.support === support) &&
        thing.sizeM[2] <= area.maxHeightM,
    );
    for (const area of weightedOrder(areas, this.random)) {
      const rules = { gapM: COUNTER_GAP_M, taken: this.#taken, random: this.random };
      const place = findPlace(area, { radiusM: thing.radiusM, heightM: thing.sizeM[2] }, rules);
      if (!place) continue;
      this.#taken.push(place);
      const z = area.z + thing.sizeM[2] / 2 + 0.001;
      this.#push(thing, standingPose(place.x, place.y, { z, yawRad: thing.yawRad }), area.support);
      return true;
    }
    return false;
  }

  /**
   * Two slots side by side near the front, where an open drawer shows them and the hand clears cabinet and walls. Long things
   * lie along the drawer, so that fingers that open along y find their narrow side.
   */
  #addToDrawer(thing: Draft, drawer: DrawerSpec): boolean {
    const [x, y, z] = thing.sizeM;
    if (!this.#fits(thing, "drawer") || z > DRAWER_HEADROOM_M) return false;
    const free = this.#slots.get(drawer.id) ?? this.random.shuffle([-1, 1]);
    const side = free.pop();
    if (side === undefined) return false;
    this.#slots.set(drawer.id, free);

    const lengthwise = x >= y ? 0 : Math.PI / 2;
    const yawRad = drawer.yawRad + lengthwise + this.random.between(-0.1, 0.1);
    const long = Math.max(x, y);
    const front = -drawer.sizeM[0] / 2 + drawer.wallM;
    // Between the front and what an opening of 0.16 m shows, with room for half a hand.
    const low = front + Math.max(long / 2 + 0.006, 0.04);
    const along = this.random.between(low, Math.max(low + 0.004, -0.045));
    const across = side * this.random.between(0.05, 0.06);
    const [cos, sin] = [Math.cos(drawer.yawRad), Math.sin(drawer.yawRad)];
    const slid = along - drawer.openM;
    const position: Vec3 = [
      drawer.center[0] + slid * cos - across * sin,
      drawer.center[1] + slid * sin + across * cos,
      drawer.center[2] + drawerFloorZ(drawer) + z / 2 + 0.001,
    ];
    this.#push(thing, standingPose(position[0], position[1], { z: position[2], yawRad }), drawer.id);
    return true;
  }

  #push({ kind, color, size, sizeM }: Draft, pose: Pose, startsIn: string): void {
    const { random } = this;
    const same = this.objects.filter((other) => other.kind === kind && other.color === color).length;
    this.objects.push({
      id: `${color}-${kind}-${same + 1}`,
      kind,
      color,
      size,
      sizeM,
      massKg: random.between(...CATALOGUE[kind].massKg[size]),
      pose,
      material: objectMaterial(kind, color, random),
      variantSeed: random.below(1_000_000),
      startsIn,
    });
  }
}

/** Movable things for an empty room: what is required first, then what chance adds. Undefined when something required does not fit. */
export function furnish(
  layout: SceneSpec["layout"],
  empty: Layout,
  { wanted, random }: { wanted: SceneOptions; random: Random },
): readonly ObjectSpec[] | undefined {
  const room = new Room(empty, random);
  for (const { kind, color, size, startsIn } of wanted.require ?? []) {
    if (!room.add(draft(kind, color, { size, random }), startsIn)) return undefined;
  }
  const forbidden = wanted.forbid ?? [];
  const allowed = ALL_PAIRS.filter(
    ([kind, color]) => !forbidden.some((rule) => (rule.kind ?? kind) === kind && (rule.color ?? color) === color),
  );
  const count = wanted.count ?? 5 + random.below(5);
  for (let tries = 0; room.objects.length < count && tries < 40; tries++) {
    room.add(drawDraft(layout, allowed, random), undefined);
  }
  return room.objects;
}
