import { ControllerError } from "../../../src/domain/errors.js";
import { createRandom } from "../../../src/domain/random.js";
import { createTextureLibrary, type TextureLibrary } from "../../render/index.js";
import { createScene } from "../../scenes/create-scene.js";
import type { SceneSpec } from "../../scenes/scene-spec.js";
import type { Language } from "../../tasks/episode.js";
import { absent } from "../../tasks/pointing/absent.js";
import { attribute, unseenCombination } from "../../tasks/pointing/attribute.js";
import type { PointingFamily } from "../../tasks/pointing/family.js";
import { freeSpace } from "../../tasks/pointing/free-space.js";
import type { PointingGroup, PointingTask, PointingTruth } from "../../tasks/pointing/pointing-task.js";
import { relation } from "../../tasks/pointing/relation.js";
import { seenThings, type SeenThing } from "../../tasks/pointing/seen-things.js";
import { superlative } from "../../tasks/pointing/superlative.js";
import { POINTING_SUITE } from "./pointing-detail.js";
import { takePicture, type TruePicture } from "./take-picture.js";

const FAMILIES: readonly PointingFamily[] = [attribute, unseenCombination, relation, superlative, freeSpace, absent];
/** Scene seeds from here on are never used in training. */
const FIRST_SUITE_SEED = 900_000;
const SUITE_SEEDS = 1_000_000_000;
const MAX_ATTEMPTS = 300;
/** Scenes without a clear phrase before another kind of phrase of the group is tried. */
const ATTEMPTS_A_TURN = 30;

/** One picture and one phrase about it. Everything in it follows from index and seed. */
export interface PointingEpisode extends PointingTask {
  readonly suite: typeof POINTING_SUITE;
  readonly index: number;
  /** Seed of the scene, 900000 or more. */
  readonly seed: number;
  readonly group: PointingGroup;
  readonly language: Language;
  readonly scene: SceneSpec;
  readonly picture: TruePicture;
  readonly things: readonly SeenThing[];
  /** The same question about the same picture in the other language; absent where it would mean something else. */
  readonly twin?: { readonly language: Language; readonly phrase: string };
}

/**
 * Trial `index`: groups take turns, languages alternate from round to round, layouts every other round. What the phrase means is clear
 * in the picture, or plainly nothing. Throws `bad-input` for a negative index.
 */
export function createPointingEpisode(
  index: number,
  seed: number,
  textures: TextureLibrary = createTextureLibrary(),
): PointingEpisode {
  if (!Number.isInteger(index) || index < 0) {
    throw new ControllerError("bad-input", `An episode's index is an integer from 0 on, not ${index}.`);
  }
  const family = FAMILIES[index % FAMILIES.length];
  const round = Math.floor(index / FAMILIES.length);
  const language: Language = (index + round) % 2 === 0 ? "en" : "zh";
  const layout = family.layouts[Math.floor(round / 2) % family.layouts.length];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const random = createRandom(seed).fork(`${POINTING_SUITE}/${index}/${attempt}`);
    const sceneSeed = FIRST_SUITE_SEED + random.below(SUITE_SEEDS);
    const scene = sceneWith(family, { layout, sceneSeed, random });
    if (scene === undefined) continue;
    const picture = takePicture(scene, textures);
    const things = seenThings(scene, picture.truth);
    const turn = round + Math.floor(attempt / ATTEMPTS_A_TURN);
    const { frame, truth } = picture;
    const task = family.write({ scene, language, random, things, turn, frame, truth });
    if (task === undefined) continue;
    const { group } = family;
    // Saying takes as much of chance in either language, so a second source in the same state chooses the same thing.
    const again = createRandom(seed).fork(`${POINTING_SUITE}/${index}/${attempt}`);
    again.below(SUITE_SEEDS);
    family.options(again, layout);
    const other: Language = language === "en" ? "zh" : "en";
    const said = family.write({ scene, language: other, random: again, things, turn, frame, truth });
    const isSame = said !== undefined && meanTheSame(said.truth, task.truth);
    return {
      suite: POINTING_SUITE,
      index,
      seed: sceneSeed,
      group,
      language,
      scene,
      picture,
      things,
      ...task,
      ...(isSame && { twin: { language: other, phrase: said.phrase } }),
    };
  }
  throw new ControllerError(
    "internal",
    `No clear phrase of group "${family.group}" was found in ${MAX_ATTEMPTS} scenes (episode ${index}, seed ${seed}).`,
  );
}

/** Free places carry no name to compare; they are written from the same chance, as everything here is. */
const meanTheSame = (a: PointingTruth, b: PointingTruth): boolean =>
  a.type === b.type && (a.type !== "thing" || b.type !== "thing" || a.instances === b.instances);

/** Undefined when what the family requires does not fit into this room. */
function sceneWith(
  family: PointingFamily,
  {
    layout,
    sceneSeed,
    random,
  }: { layout: SceneSpec["layout"]; sceneSeed: number; random: ReturnType<typeof createRandom> },
): SceneSpec | undefined {
  try {
    return createScene(layout, sceneSeed, family.options(random, layout));
  } catch (error) {
    if (error instanceof ControllerError && error.code === "bad-input") return undefined;
    throw error;
  }
}
