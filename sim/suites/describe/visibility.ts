import type { Frame } from "../../../src/domain/frame.js";
import { project } from "../../../src/domain/geometry/project.js";
import type { SeenThing } from "../../tasks/pointing/seen-things.js";

/** As for the eyes' own figures: what shows less than this at 640 x 480 is neither asked about nor held against anybody. */
const MIN_PIXELS = 30;
/** Of the hull of its box in the picture: round things fill about two thirds of it, so that below this most of a thing is hidden. */
const MIN_SHARE = 0.35;

export type Visibility = "clear" | "doubtful" | "hidden";

/** Whether people would agree that the thing can be seen in the picture. */
export function visibilityOf(thing: SeenThing, frame: Frame): Visibility {
  if (thing.pixels === 0) return "hidden";
  if (thing.pixels < MIN_PIXELS) return "doubtful";
  // Places are looked into and stood upon: they are never seen whole.
  if (["drawer", "sink", "shelf", "zone"].includes(thing.kind)) return "clear";
  return thing.pixels >= MIN_SHARE * hullArea(thing, frame) ? "clear" : "doubtful";
}

/** Pixels of the convex hull of the thing's box, as far as it lies in the picture. */
function hullArea({ center, sizeM, yawRad }: SeenThing, frame: Frame): number {
  const [cos, sin] = [Math.cos(yawRad), Math.sin(yawRad)];
  const points: (readonly [number, number])[] = [];
  for (const i of [-0.5, 0.5]) {
    for (const j of [-0.5, 0.5]) {
      for (const k of [-0.5, 0.5]) {
        const [dx, dy] = [i * sizeM[0], j * sizeM[1]];
        const { x, y } = project(frame, [
          center[0] + cos * dx - sin * dy,
          center[1] + sin * dx + cos * dy,
          center[2] + k * sizeM[2],
        ]);
        points.push([clamp(x) * frame.width, clamp(y) * frame.height]);
      }
    }
  }
  const hull = hullOf(points);
  return Math.abs(
    hull.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = hull[(i + 1) % hull.length];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

type Point = readonly [x: number, y: number];

/** Andrew's monotone chain. */
function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
