import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { DrawerSpec } from "./scene-spec.js";

/** Side and back walls are lower than the front, so that a hand and the head camera get at what is inside. */
export const DRAWER_SIDE_HEIGHT_M = 0.055;

export interface DrawerBox {
  readonly part: "floor" | "front" | "back" | "left" | "right";
  readonly center: Vec3;
  readonly sizeM: Vec3;
}

/** A capsule, ends in the tray's frame. */
export interface DrawerBar {
  readonly part: "bar" | "post-left" | "post-right";
  readonly from: Vec3;
  readonly to: Vec3;
  readonly radiusM: number;
}

/**
 * A drawer as boxes and bars in the tray's own frame: origin at `DrawerSpec.center`, which is the middle of the box with the
 * lengths `sizeM`; -x is the front. `handle.heightM` is the bar's height above that origin, `standoffM` the distance from the
 * front's outer face to the bar's axis. Physics and pictures are both made from this.
 */
export function drawerParts(drawer: DrawerSpec): { boxes: readonly DrawerBox[]; bars: readonly DrawerBar[] } {
  const [depth, width, height] = drawer.sizeM;
  const wall = drawer.wallM;
  const bottom = -height / 2;
  const sideZ = bottom + DRAWER_SIDE_HEIGHT_M / 2;
  // The tray is a little narrower than its front, as drawers are: it must pass between the cabinet's panels.
  const trayWidth = width - 0.006;
  const inner = depth - 2 * wall;
  const boxes: DrawerBox[] = [
    { part: "floor", center: [0, 0, bottom + wall / 2], sizeM: [depth, trayWidth, wall] },
    { part: "front", center: [-depth / 2 + wall / 2, 0, 0], sizeM: [wall, width, height] },
    { part: "back", center: [depth / 2 - wall / 2, 0, sideZ], sizeM: [wall, trayWidth, DRAWER_SIDE_HEIGHT_M] },
    { part: "left", center: [0, trayWidth / 2 - wall / 2, sideZ], sizeM: [inner, wall, DRAWER_SIDE_HEIGHT_M] },
    { part: "right", center: [0, -trayWidth / 2 + wall / 2, sideZ], sizeM: [inner, wall, DRAWER_SIDE_HEIGHT_M] },
  ];
  const { lengthM, radiusM, standoffM, heightM } = drawer.handle;
  const faceX = -depth / 2;
  const barX = faceX - standoffM;
  const post = (part: "post-left" | "post-right", y: number): DrawerBar => ({
    part,
    from: [barX, y, heightM],
    to: [faceX, y, heightM],
    radiusM: radiusM * 0.7,
  });
  const bars: DrawerBar[] = [
    { part: "bar", from: [barX, -lengthM / 2, heightM], to: [barX, lengthM / 2, heightM], radiusM },
    post("post-left", lengthM / 2),
    post("post-right", -lengthM / 2),
  ];
  return { boxes, bars };
}

/** Height of the tray's inner floor above the tray frame's origin (negative). */
export const drawerFloorZ = (drawer: DrawerSpec): number => -drawer.sizeM[2] / 2 + drawer.wallM;
