import { ControllerError } from "../../../src/domain/errors.js";
import { createRandom } from "../../../src/domain/random.js";
import { createTextureLibrary, type TextureLibrary } from "../../render/index.js";
import { createScene } from "../../scenes/create-scene.js";
import type { SceneSpec } from "../../scenes/scene-spec.js";
import { seenThings } from "../../tasks/pointing/seen-things.js";
import { takePicture, type TruePicture } from "../pointing/take-picture.js";
import { DESCRIBE_SUITE } from "./describe-detail.js";
import { visibilityOf } from "./visibility.js";
import { writeQuestions, type PictureQuestion, type ShownThing } from "./write-questions.js";

/** One picture with questions in English and Chinese whose answers are plain in it. Everything follows from index and seed. */
export interface DescribeEpisode {
  readonly suite: typeof DESCRIBE_SUITE;
  readonly index: number;
  /** The scene's seed: the suite's seed plus the index. */
  readonly seed: number;
  readonly scene: SceneSpec;
  readonly picture: TruePicture;
  readonly things: readonly ShownThing[];
  readonly questions: readonly PictureQuestion[];
}

/** Kitchens and tables take turns. Throws `bad-input` for a negative index. */
export function createDescribeEpisode(
  index: number,
  seed: number,
  textures: TextureLibrary = createTextureLibrary(),
): DescribeEpisode {
  if (!Number.isInteger(index) || index < 0) {
    throw new ControllerError("bad-input", `An episode's index is an integer from 0 on, not ${index}.`);
  }
  const sceneSeed = seed + index;
  const scene = createScene(index % 2 === 0 ? "kitchen" : "tabletop", sceneSeed);
  const picture = takePicture(scene, textures);
  const things = seenThings(scene, picture.truth).map((thing): ShownThing => ({
    ...thing,
    visibility: visibilityOf(thing, picture.frame),
  }));
  const random = createRandom(sceneSeed).fork(DESCRIBE_SUITE);
  const questions = (["en", "zh"] as const).flatMap((language) => writeQuestions(things, { language, random, index }));
  return { suite: DESCRIBE_SUITE, index, seed: sceneSeed, scene, picture, things, questions };
}
