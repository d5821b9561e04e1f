import type { Detection } from "../../domain/detection.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import { project } from "../../domain/geometry/project.js";
import type { Scene } from "../../domain/scene.js";
import type { DrawerState } from "../../domain/vocabulary.js";

/**
 * The scene as it should be after a step: only for planning ahead within one answer. The mission looks again after each moving
 * step and asks anew, so nothing is ever believed because it was predicted here.
 */
export function afterGrasp(scene: Scene, thing: Detection): Scene {
  return {
    ...scene,
    detections: scene.detections.filter((d) => d.id !== thing.id),
    held: { label: thing.label, attributes: thing.attributes, sizeM: thing.extentInBase.sizeM },
  };
}

export function afterMove(scene: Scene, thing: Detection, to: Vec3): Scene {
  const center: Vec3 = [to[0], to[1], to[2] + thing.extentInBase.sizeM[2] / 2];
  const moved: Detection = {
    ...thing,
    point: project(scene.view, center),
    positionInBase: center,
    extentInBase: { ...thing.extentInBase, center },
  };
  return {
    ...scene,
    held: undefined,
    detections: scene.detections.map((d) => (d.id === thing.id ? moved : d)),
    freeSpots: scene.freeSpots.filter(
      ({ positionInBase: p, clearanceM }) => Math.hypot(p[0] - to[0], p[1] - to[1]) > clearanceM / 2 + 0.04,
    ),
  };
}

export const afterRelease = (scene: Scene): Scene => ({ ...scene, held: undefined });

export function afterDrawer(scene: Scene, drawer: Detection, state: DrawerState): Scene {
  const attributes = { kind: [], color: [], ...drawer.attributes, state: [[state, 1] as const] };
  return { ...scene, detections: scene.detections.map((d) => (d.id === drawer.id ? { ...d, attributes } : d)) };
}
