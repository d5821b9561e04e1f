import type { Grounding } from "../../src/domain/detection.js";
import type { DepthMap, Frame } from "../../src/domain/frame.js";
import { thingLabel } from "../../src/domain/thing-label.js";
import { instanceMasks, instanceWords } from "../../sim/oracle/index.js";
import { createSceneRenderer, intrinsicsFor } from "../../sim/render/index.js";
import type { SceneSpec } from "../../sim/scenes/index.js";

export interface NamedGrounding extends Grounding {
  /** Instance name: `object:<id>`, `drawer:<id>` ... */
  readonly name: string;
  readonly pixels: number;
}

/** A scene's first picture with exact masks, without physics. */
export function renderLook(scene: SceneSpec): { frame: Frame; depth: DepthMap; groundings: readonly NamedGrounding[] } {
  const renderer = createSceneRenderer(scene);
  const { width, height, poseInBase } = scene.headCamera;
  const intrinsics = intrinsicsFor(scene.headCamera);
  const picture = renderer.render({ width, height, intrinsics, poseInWorld: poseInBase }, new Map());
  const depthM = picture.depthM.slice();
  const snapshot = {
    timeMs: 0,
    hardestBumpN: 0,
    hardestPressN: 0,
    drawers: scene.drawers,
    objects: scene.objects.map((object) => ({ ...object, inContactWith: [], held: false })),
  };
  const groundings = instanceMasks({ width, height, instanceIds: picture.instanceIds }).flatMap(
    ({ instance, box, mask, pixels }): NamedGrounding[] => {
      const { name } = renderer.instances[instance];
      const attributes = instanceWords(name, snapshot);
      return attributes ? [{ name, pixels, label: thingLabel(attributes), box, score: 1, mask, attributes }] : [];
    },
  );
  const frame: Frame = {
    camera: "head",
    sequence: 1,
    capturedAtMs: 0,
    width,
    height,
    rgb: picture.rgb.slice(),
    depthM,
    intrinsics,
    poseInBase,
  };
  return { frame, depth: { width, height, depthM, source: "sensor" }, groundings };
}
