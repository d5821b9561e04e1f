import { createPointingEpisode, type EpisodeRow, type PointingEpisode } from "../../../../sim/suites/index.js";
import type { TextureLibrary } from "../../../../sim/render/index.js";
import type { Look } from "../../../ports/perception.js";
import type { Eyes } from "../../create-eyes.js";
import type { Launch } from "../../launch/launch-schema.js";
import { judgePointing } from "./judge-pointing.js";
import { lookAtPicture } from "./look-at-picture.js";
import { pointAtPhrase, type Pointing } from "./point-at-phrase.js";

export interface PointingRun {
  readonly episode: PointingEpisode;
  readonly look: Look;
  readonly pointing: Pointing;
  readonly row: EpisodeRow;
}

/**
 * One picture and one phrase from the seed to the verdict, and the same phrase in the other language beside it. Nothing moves. `eyes`:
 * on-board ones that are loaded already.
 */
export async function runPointing(
  order: { readonly index: number; readonly seed: number },
  launch: Launch,
  { eyes, textures }: { readonly eyes?: Eyes; readonly textures?: TextureLibrary } = {},
): Promise<PointingRun> {
  const episode = createPointingEpisode(order.index, order.seed, textures);
  const look = await lookAtPicture(episode.picture, launch, eyes);
  const pointing = pointAtPhrase(episode.phrase, look.scene);
  const seen = { detections: look.scene.detections, depth: look.depth };
  const row = judgePointing(episode, pointing, seen);
  if (episode.twin === undefined || row.pointing === undefined) return { episode, look, pointing, row };
  const { language, phrase } = episode.twin;
  const { success, cause } = judgePointing({ ...episode, phrase, language }, pointAtPhrase(phrase, look.scene), seen);
  const twin = { language, phrase, success, cause };
  return { episode, look, pointing, row: { ...row, pointing: { ...row.pointing, twin } } };
}
