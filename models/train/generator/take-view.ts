import { createRandom, type Random } from "../../../src/domain/random.js";
import { createSceneRenderer, type RenderedPicture, type TextureLibrary } from "../../../sim/render/index.js";
import type { SceneSpec } from "../../../sim/scenes/index.js";
import { pandaModel } from "../../../sim/worlds/panda-model.js";
import { drawView, type View } from "./draw-view.js";
import { findThings, nameInstances, type Naming, type Thing } from "./label-picture.js";
import { repose } from "./repose.js";

/** Size of the camera's pictures. */
export const PICTURE = { width: 640, height: 480 } as const;

/** A picture and what is true of it. `rendered` is valid until the next view is taken. */
export interface TakenView {
  readonly rendered: RenderedPicture;
  readonly view: View;
  /** By instance. */
  readonly names: readonly (Naming | undefined)[];
  readonly things: readonly Thing[];
  /** For further draws about this picture. */
  readonly random: Random;
}

/** Takes views of one scene; view 0 shows it as built (the arm anywhere), later ones disturbed. Each follows from its number alone. */
export function createViewer(scene: SceneSpec, textures: TextureLibrary): (index: number) => TakenView {
  const renderer = createSceneRenderer(scene, { textures });
  return (index) => {
    const random = createRandom(scene.seed).fork(`view-${index}`);
    const arrangement = repose(scene, random.fork("repose"), { disturbed: index > 0 });
    const view = drawView(scene, arrangement, { robot: pandaModel, random: random.fork("view") });
    const rendered = renderer.render(
      { ...PICTURE, intrinsics: view.intrinsics, poseInWorld: view.cameraInWorld, noiseSeed: index },
      view.bodies,
    );
    const names = nameInstances(scene, renderer.instances, view.openM);
    return { rendered, view, names, things: findThings(rendered, names, PICTURE), random };
  };
}
