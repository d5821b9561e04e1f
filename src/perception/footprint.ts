/** A point of the base frame's xy plane, metres. */
export interface PlanarPoint {
  readonly x: number;
  readonly y: number;
}

/** Rectangle in the base frame's xy plane. `lengthM` runs along `yawRad` and is the longer side. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly lengthM: number;
  readonly widthM: number;
  /** -pi/2 to pi/2. */
  readonly yawRad: number;
}

const turn = (o: PlanarPoint, a: PlanarPoint, b: PlanarPoint): number =>
  (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

/** Counter-clockwise hull (Andrew's monotone chain). */
export function convexHull(points: readonly PlanarPoint[]): readonly PlanarPoint[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (ordered: readonly PlanarPoint[]): PlanarPoint[] => {
    const chain: PlanarPoint[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

export const wrapHalfTurn = (angleRad: number): number => {
  const wrapped = angleRad - Math.PI * Math.round(angleRad / Math.PI);
  return wrapped <= -Math.PI / 2 ? wrapped + Math.PI : wrapped;
};

/** Extent of the points along a direction: middle and full length. */
export function spanAlong(points: readonly PlanarPoint[], directionRad: number): { middle: number; length: number } {
  const c = Math.cos(directionRad);
  const s = Math.sin(directionRad);
  let low = Infinity;
  let high = -Infinity;
  for (const { x, y } of points) {
    const t = x * c + y * s;
    if (t < low) low = t;
    if (t > high) high = t;
  }
  return { middle: (low + high) / 2, length: high - low };
}

/** Bounding rectangle with one side along `yawRad`; `lengthM` is along it, longer or not. */
export function rectangleAlong(points: readonly PlanarPoint[], yawRad: number): Rectangle {
  const along = spanAlong(points, yawRad);
  const across = spanAlong(points, yawRad + Math.PI / 2);
  const c = Math.cos(yawRad);
  const s = Math.sin(yawRad);
  return {
    x: along.middle * c - across.middle * s,
    y: along.middle * s + across.middle * c,
    lengthM: along.length,
    widthM: across.length,
    yawRad,
  };
}

/** Smallest rectangle around the points: one of its sides lies on a side of the hull. */
export function minimumAreaRectangle(points: readonly PlanarPoint[]): Rectangle {
  const hull = convexHull(points);
  if (hull.length < 2) return { x: hull[0]?.x ?? 0, y: hull[0]?.y ?? 0, lengthM: 0, widthM: 0, yawRad: 0 };
  let best: Rectangle | undefined;
  for (let i = 0; i < hull.length; i++) {
    const a = hull[i];
    const b = hull[(i + 1) % hull.length];
    const rectangle = rectangleAlong(hull, Math.atan2(b.y - a.y, b.x - a.x));
    if (!best || rectangle.lengthM * rectangle.widthM < best.lengthM * best.widthM) best = rectangle;
  }
  return longSideFirst(best as Rectangle);
}

function longSideFirst(rectangle: Rectangle): Rectangle {
  const swap = rectangle.widthM > rectangle.lengthM;
  return {
    x: rectangle.x,
    y: rectangle.y,
    lengthM: swap ? rectangle.widthM : rectangle.lengthM,
    widthM: swap ? rectangle.lengthM : rectangle.widthM,
    yawRad: wrapHalfTurn(swap ? rectangle.yawRad + Math.PI / 2 : rectangle.yawRad),
  };
}

/**
 * Direction in which a convex polygon is longest, by the second moments of its area: steadier than its rectangle where it is
 * nearly an ellipse.
 */
export function principalYaw(polygon: readonly PlanarPoint[]): number {
  const n = polygon.length;
  const x0 = polygon.reduce((sum, p) => sum + p.x, 0) / n;
  const y0 = polygon.reduce((sum, p) => sum + p.y, 0) / n;
  let [area, mx, my, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const a = { x: polygon[i].x - x0, y: polygon[i].y - y0 };
    const b = { x: polygon[(i + 1) % n].x - x0, y: polygon[(i + 1) % n].y - y0 };
    const w = a.x * b.y - b.x * a.y;
    area += w / 2;
    mx += (w * (a.x + b.x)) / 6;
    my += (w * (a.y + b.y)) / 6;
    xx += (w * (a.x * a.x + a.x * b.x + b.x * b.x)) / 12;
    yy += (w * (a.y * a.y + a.y * b.y + b.y * b.y)) / 12;
    xy += (w * (a.x * b.y + 2 * a.x * a.y + 2 * b.x * b.y + b.x * a.y)) / 24;
  }
  if (Math.abs(area) < 1e-12) return 0;
  return Math.atan2(2 * (xy - (mx * my) / area), xx - (mx * mx) / area - (yy - (my * my) / area)) / 2;
}

/** Moves the far sides away from the viewer by what could not be seen: `hidden` is a vector in the xy plane. */
export function extendAway(rectangle: Rectangle, hidden: PlanarPoint): Rectangle {
  const c = Math.cos(rectangle.yawRad);
  const s = Math.sin(rectangle.yawRad);
  const along = hidden.x * c + hidden.y * s;
  const across = -hidden.x * s + hidden.y * c;
  return longSideFirst({
    x: rectangle.x + (along * c - across * s) / 2,
    y: rectangle.y + (along * s + across * c) / 2,
    lengthM: rectangle.lengthM + Math.abs(along),
    widthM: rectangle.widthM + Math.abs(across),
    yawRad: rectangle.yawRad,
  });
}
