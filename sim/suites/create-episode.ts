import { ControllerError } from "../../src/domain/errors.js";
import { createRandom, type Random } from "../../src/domain/random.js";
import { createScene } from "../scenes/create-scene.js";
import type { SceneSpec } from "../scenes/scene-spec.js";
import type { Family } from "../tasks/family.js";
import type { Episode, Language } from "../tasks/episode.js";
import { initialTruth } from "../tasks/initial-truth.js";
import { blocksInBowls } from "./blocks-in-bowls.js";
import { kitchen } from "./kitchen.js";
import { POINTING_SUITE } from "./pointing/pointing-detail.js";
import { smoke } from "./smoke.js";
import type { Suite } from "./suite.js";

/** All suites by name. A new suite is one file and one entry here. */
export const SUITES: Readonly<Record<string, Suite>> = Object.fromEntries(
  [smoke, kitchen, blocksInBowls].map((suite) => [suite.name, suite]),
);

/** Scene seeds from here on are never used in training. */
const FIRST_SUITE_SEED = 900_000;
const SUITE_SEEDS = 1_000_000_000;
const MAX_ATTEMPTS = 200;

export function suiteOf(name: string): Suite {
  if (Object.hasOwn(SUITES, name)) return SUITES[name];
  throw new ControllerError(
    "bad-input",
    `There is no suite "${name}"; choose one of: ${[...Object.keys(SUITES), POINTING_SUITE].join(", ")}.`,
  );
}

/**
 * Trial `index` of a suite. Scene, words and goal follow from the three arguments alone. The words single out what they mean by the
 * scene's truth, and the goal does not hold at the start. Throws `bad-input` for an unknown suite or a negative index.
 */
export function createEpisode(suiteName: string, index: number, seed: number): Episode {
  const suite = suiteOf(suiteName);
  if (!Number.isInteger(index) || index < 0) {
    throw new ControllerError("bad-input", `An episode's index is an integer from 0 on, not ${index}.`);
  }
  const { rotation } = suite;
  const round = Math.floor(index / rotation.length);
  const families = rotation[index % rotation.length];
  const family = families[round % families.length];
  const language: Language = languageOf(suite, index, round, families.length);

  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const random = createRandom(seed).fork(`${suite.name}/${index}/${attempt}`);
    const sceneSeed = FIRST_SUITE_SEED + random.below(SUITE_SEEDS);
    const scene = tryScene(family, sceneSeed, random);
    if (!scene) continue;
    const written = family.write({ scene, language, random });
    if (!written) continue;
    const start = initialTruth(scene);
    if (written.goal(start, start).success) continue;
    return { suite: suite.name, index, seed: sceneSeed, scene, language, group: family.group, ...written };
  }
  throw new ControllerError(
    "internal",
    `No clear task of family "${family.group}" was found in ${MAX_ATTEMPTS} scenes (suite ${suite.name}, episode ${index}, seed ${seed}).`,
  );
}

/** Undefined when what the family asks for does not fit into this seed's scene. */
function tryScene(family: Family, sceneSeed: number, random: Random): SceneSpec | undefined {
  try {
    return createScene(family.layout, sceneSeed, family.options(random));
  } catch (error) {
    if (error instanceof ControllerError && error.code === "bad-input") return undefined;
    throw error;
  }
}

/** Languages alternate from family to family and, for each family, from turn to turn, so that every group meets all of them. */
function languageOf(suite: Suite, index: number, round: number, familyCount: number): Language {
  const turn = Math.floor(round / familyCount);
  // With an odd number of families, `round` alone already changes parity from one turn to the next.
  const shift = familyCount % 2 === 0 ? turn : 0;
  return suite.languages[((index % suite.rotation.length) + round + shift) % suite.languages.length];
}
