import type { TruthSnapshot } from "../physics/truth.js";
import type { SceneSpec } from "../scenes/scene-spec.js";

/** The truth at the start as the scene says it, before physics lets things settle: for checking that a goal is not met already. */
export function initialTruth(scene: SceneSpec): TruthSnapshot {
  return {
    timeMs: 0,
    objects: scene.objects.map(({ id, kind, color, size, sizeM, pose, startsIn }) => ({
      id,
      kind,
      color,
      size,
      sizeM,
      pose,
      inContactWith: [],
      held: false,
      containedIn: startsIn,
    })),
    drawers: scene.drawers.map(({ id, openM }) => ({ id, openM })),
    hardestBumpN: 0,
    hardestPressN: 0,
  };
}
