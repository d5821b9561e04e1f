import { COLORS, type Color } from "../../src/domain/vocabulary.js";
import type { Random } from "../../src/domain/random.js";
import { boxBetween, WORKTOP_Z, type Layout } from "./layout.js";
import { plainMaterial, surfaceMaterial } from "./materials.js";
import type { Circle } from "./placement.js";
import type { RegionSpec, StaticSpec } from "./scene-spec.js";

const WORKSPACE = { x: [0.32, 0.62], y: [-0.42, 0.42] } as const;
const ZONE_M = 0.14;
const ZONE_THICK_M = 0.002;
/** Tabletop zones and things keep to a reach that holds for every wrist yaw. */
const MAX_REACH_M = 0.7;
/** The folded arm hides this corner from the head camera. */
const HIDDEN: Circle = { x: 0.32, y: -0.38, radiusM: 0.12 };

interface Zone {
  readonly color: Color;
  readonly center: Circle;
}

function placeZones(colors: readonly Color[], random: Random): readonly Zone[] {
  const zones: Zone[] = [];
  const half = ZONE_M / 2;
  for (const color of colors) {
    for (let attempt = 0; attempt < 200; attempt++) {
      const x = random.between(WORKSPACE.x[0] + half, WORKSPACE.x[1] - half);
      const y = random.between(WORKSPACE.y[0] + half, WORKSPACE.y[1] - half);
      if (Math.hypot(x, y) + half > MAX_REACH_M) continue;
      if (Math.hypot(x - HIDDEN.x, y - HIDDEN.y) < HIDDEN.radiusM + half) continue;
      const center = { x, y, radiusM: half * Math.SQRT2 };
      if (zones.some((zone) => Math.max(Math.abs(zone.center.x - x), Math.abs(zone.center.y - y)) < ZONE_M + 0.03))
        continue;
      zones.push({ color, center });
      break;
    }
  }
  return zones;
}

/** The table without movable things. `zoneColors` forces zones; a few more may be drawn. */
export function tabletopLayout(random: Random, zoneColors: readonly Color[] = []): Layout {
  const look = random.fork("look");
  const table = surfaceMaterial("counter", look);
  const leg = surfaceMaterial("cabinet", look);
  const own = random.fork("zones");
  const others = own.shuffle(COLORS.filter((color) => !zoneColors.includes(color)));
  const count = Math.max(zoneColors.length, own.pick([0, 1, 2, 2, 3] as const));
  const zones = placeZones([...zoneColors, ...others].slice(0, count), own);
  const legAt = (name: string, x: number, y: number): StaticSpec =>
    boxBetween(name, [x, y, 0], [x + 0.05, y + 0.05, WORKTOP_Z - 0.04], { material: leg });

  return {
    statics: [
      boxBetween("floor", [-2, -2.5, -0.05], [2.2, 2.5, 0], { material: surfaceMaterial("floor", look) }),
      boxBetween("wall", [2.2, -2.5, 0], [2.25, 2.5, 2.4], {
        material: surfaceMaterial("wall", look),
        collides: false,
      }),
      boxBetween("table", [0.22, -0.55, WORKTOP_Z - 0.04], [0.8, 0.55, WORKTOP_Z], { material: table }),
      legAt("leg-right-front", 0.29, -0.53),
      legAt("leg-left-front", 0.29, 0.48),
      legAt("leg-right-back", 0.73, -0.53),
      legAt("leg-left-back", 0.73, 0.48),
      ...zones.map(({ color, center: { x, y } }) =>
        boxBetween(
          `zone-${color}`,
          [x - ZONE_M / 2, y - ZONE_M / 2, WORKTOP_Z],
          [x + ZONE_M / 2, y + ZONE_M / 2, WORKTOP_Z + ZONE_THICK_M],
          { material: plainMaterial(color, own), region: `zone-${color}`, collides: false },
        ),
      ),
    ],
    drawers: [],
    regions: zones.map(({ color, center }): RegionSpec => ({
      id: `zone-${color}`,
      kind: "zone",
      color,
      center: [center.x, center.y, WORKTOP_Z + 0.08],
      sizeM: [ZONE_M, ZONE_M, 0.18],
      yawRad: 0,
    })),
    areas: [{ support: "counter", x: [0.29, 0.65], y: [-0.45, 0.45], z: WORKTOP_Z, maxHeightM: 0.3, weight: 1 }],
    blocked: [HIDDEN, ...zones.map((zone) => zone.center)],
  };
}
