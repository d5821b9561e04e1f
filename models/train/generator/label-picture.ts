import {
  CLOSED_BELOW_M,
  COLORS,
  DRAWER_STATES,
  KINDS,
  OPEN_ABOVE_M,
  type Color,
  type Kind,
} from "../../../src/domain/vocabulary.js";
import type { RenderedPicture, RenderInstance } from "../../../sim/render/scene-renderer.types.js";
import type { SceneSpec } from "../../../sim/scenes/index.js";

export const GRID_WIDTH = 80;
export const GRID_HEIGHT = 60;
/** In label maps: nothing to name here. */
export const UNNAMED = 255;
const GRID_STEP = 8;

/** What an instance of the renderer is called. Group 0: things to pick up; 1: containers and places; 2: drawer handles. */
export interface Naming {
  readonly group: 0 | 1 | 2;
  readonly kind: number;
  /** -1: has no colour word. */
  readonly color: number;
  /** -1: has no state. */
  readonly state: number;
  readonly size: number;
}

export interface Thing extends Naming {
  readonly instance: number;
  /** Visible pixels. */
  readonly pixels: number;
  /** Box of the visible pixels: first inside and first outside, in pixels. */
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Median depth of the visible pixels, metres. */
  readonly zM: number;
}

export function drawerStateIndex(openM: number): number {
  const state = openM < CLOSED_BELOW_M ? "closed" : openM > OPEN_ABOVE_M ? "open" : "ajar";
  return DRAWER_STATES.indexOf(state);
}

const named = (
  group: Naming["group"],
  kind: Kind,
  rest: { color?: Color; state?: number; size?: number } = {},
): Naming => ({
  group,
  kind: KINDS.indexOf(kind),
  color: rest.color === undefined ? -1 : COLORS.indexOf(rest.color),
  state: rest.state ?? -1,
  size: rest.size ?? -1,
});

/** Names of the renderer's instances, by index; undefined for background and robot. */
export function nameInstances(
  scene: SceneSpec,
  instances: readonly RenderInstance[],
  openM: ReadonlyMap<string, number>,
): readonly (Naming | undefined)[] {
  return instances.map(({ name }) => {
    const [type, id] = [name.slice(0, name.indexOf(":")), name.slice(name.indexOf(":") + 1)];
    if (type === "object") {
      const object = scene.objects.find((o) => o.id === id)!;
      return named(object.kind === "bowl" ? 1 : 0, object.kind, {
        color: object.color,
        size: object.size === "small" ? 0 : 1,
      });
    }
    if (type === "drawer") return named(1, "drawer", { state: drawerStateIndex(openM.get(id)!) });
    if (type === "handle") return named(2, "handle");
    if (type !== "region") return undefined;
    const region = scene.regions.find((r) => r.id === id)!;
    return named(1, region.kind, { color: region.color });
  });
}

/** Everything that can be named in the picture, with its visible box. */
export function findThings(
  picture: RenderedPicture,
  names: readonly (Naming | undefined)[],
  size: { width: number; height: number },
): readonly Thing[] {
  const { width, height } = size;
  const count = names.length;
  const pixels = new Int32Array(count);
  const low = new Int32Array(count * 2).fill(1 << 20);
  const high = new Int32Array(count * 2).fill(-1);
  const depths: number[][] = names.map(() => []);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const id = picture.instanceIds[at];
      if (id === 0 || !names[id]) continue;
      // Every third pixel is plenty for a median; small things keep all of theirs.
      if (pixels[id]++ % 3 === 0) depths[id].push(picture.depthM[at]);
      if (x < low[id * 2]) low[id * 2] = x;
      if (x > high[id * 2]) high[id * 2] = x;
      if (y < low[id * 2 + 1]) low[id * 2 + 1] = y;
      if (y > high[id * 2 + 1]) high[id * 2 + 1] = y;
    }
  }
  return names.flatMap((naming, instance) => {
    if (!naming || pixels[instance] === 0) return [];
    const sorted = Float32Array.from(depths[instance]).sort();
    return [
      {
        ...naming,
        instance,
        pixels: pixels[instance],
        x0: low[instance * 2],
        y0: low[instance * 2 + 1],
        x1: high[instance * 2] + 1,
        y1: high[instance * 2 + 1] + 1,
        zM: sorted[sorted.length >> 1],
      },
    ];
  });
}

export interface GridLabels {
  readonly depthMm: Uint16Array;
  readonly kind: Uint8Array;
  readonly color: Uint8Array;
}

/** Labels at the detector's stride, read at the cells' centres of the 640x480 picture. */
export function gridLabels(
  picture: RenderedPicture,
  names: readonly (Naming | undefined)[],
  width: number,
): GridLabels {
  const cells = GRID_WIDTH * GRID_HEIGHT;
  const labels = {
    depthMm: new Uint16Array(cells),
    kind: new Uint8Array(cells).fill(UNNAMED),
    color: new Uint8Array(cells).fill(UNNAMED),
  };
  for (let j = 0, cell = 0; j < GRID_HEIGHT; j++) {
    for (let i = 0; i < GRID_WIDTH; i++, cell++) {
      const at = (j * GRID_STEP + GRID_STEP / 2) * width + i * GRID_STEP + GRID_STEP / 2;
      labels.depthMm[cell] = Math.min(65_535, Math.round(picture.depthM[at] * 1000));
      const naming = names[picture.instanceIds[at]];
      if (!naming) continue;
      labels.kind[cell] = naming.kind;
      if (naming.color >= 0) labels.color[cell] = naming.color;
    }
  }
  return labels;
}

/** The picture at half size, each pixel the mean of four. */
export function halve(rgb: Uint8Array, width: number, height: number): Uint8Array {
  const w = width >> 1;
  const h = height >> 1;
  const out = new Uint8Array(w * h * 3);
  for (let y = 0, to = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const a = (2 * y * width + 2 * x) * 3;
      const b = a + width * 3;
      for (let c = 0; c < 3; c++, to++) out[to] = (rgb[a + c] + rgb[a + 3 + c] + rgb[b + c] + rgb[b + 3 + c] + 2) >> 2;
    }
  }
  return out;
}
