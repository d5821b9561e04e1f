import { setImmediate } from "node:timers/promises";
import type { Extent, Grounding } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import { project } from "../domain/geometry/project.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { levelDepth } from "./level-depth.js";
import { kindOf, measure, type Measurement } from "./measure.js";
import { drawBodies, measureByOutline } from "./measure-by-outline.js";
import type { RoomHeights } from "./room-heights.js";
import type { CameraView } from "./surface-points.js";

export interface FrameMeasuring {
  readonly depth: DepthMap;
  readonly groundings: readonly Grounding[];
  readonly heights: RoomHeights;
  /** Where the hand is while it holds something: what is seen there stands on nothing. */
  readonly holdingAt?: Vec3;
}

/**
 * Everything found in one frame, in metres: by the sensor's depth, or, where depth was only estimated, by outlines and the
 * heights of surfaces. Also the depth as it then is. Gives the event loop its turn between things: a stop must not wait.
 */
export async function measureFrame(
  view: CameraView,
  { depth, groundings, heights, holdingAt }: FrameMeasuring,
): Promise<{ readonly measured: readonly Measurement[]; readonly depth: DepthMap }> {
  const all = async (
    found: readonly Grounding[],
    read: (grounding: Grounding) => Measurement | undefined,
  ): Promise<Measurement[]> => {
    const measured: Measurement[] = [];
    for (const grounding of found) {
      await setImmediate();
      const measurement = read(grounding);
      if (measurement) measured.push(measurement);
    }
    return measured;
  };
  const isHandle = (grounding: Grounding): boolean => kindOf(grounding) === "handle";
  const handlesFirst = async (
    read: (grounding: Grounding, handles: readonly Extent[]) => Measurement | undefined,
  ): Promise<readonly Measurement[]> => {
    const handles = await all(groundings.filter(isHandle), (g) => read(g, []));
    const bars = handles.map(({ extentInBase }) => extentInBase);
    return [
      ...handles,
      ...(await all(
        groundings.filter((g) => !isHandle(g)),
        (g) => read(g, bars),
      )),
    ];
  };
  if (depth.source !== "model") {
    return { measured: await handlesFirst((g, handles) => measure(view, depth, g, handles)), depth };
  }

  const levelled = levelDepth(view, depth, { groundings, heights });
  const hand = holdingAt && project(view, holdingAt);
  const isHeld = ({ box }: Grounding): boolean =>
    hand !== undefined && hand.x > box.x0 && hand.x < box.x1 && hand.y > box.y0 && hand.y < box.y1;
  const measured = await handlesFirst((g, handles) =>
    isHeld(g)
      ? measure(view, depth, g)
      : measureByOutline(view, g, { ...levelled, groundings, estimated: depth, handles }),
  );
  return { measured, depth: drawBodies(view, levelled.depth, measured) };
}
