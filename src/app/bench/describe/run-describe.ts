import { converse, describeScene } from "../../../description/index.js";
import {
  createDescribeEpisode,
  type DescribeDetail,
  type DescribeEpisode,
  type EpisodeRow,
} from "../../../../sim/suites/index.js";
import type { TextureLibrary } from "../../../../sim/render/index.js";
import type { Look } from "../../../ports/perception.js";
import type { Eyes } from "../../create-eyes.js";
import type { Launch } from "../../launch/launch-schema.js";
import { lookAtPicture } from "../pointing/look-at-picture.js";
import { judgeAnswer, leftOut, notThere } from "./judge-describe.js";

export interface DescribeRun {
  readonly episode: DescribeEpisode;
  readonly look: Look;
  readonly row: EpisodeRow;
}

/** One picture, the questions about it and two captions of it, from the seed to the verdict. Nothing moves. */
export async function runDescribe(
  order: { readonly index: number; readonly seed: number },
  launch: Launch,
  { eyes, textures }: { readonly eyes?: Eyes; readonly textures?: TextureLibrary } = {},
): Promise<DescribeRun> {
  const episode = createDescribeEpisode(order.index, order.seed, textures);
  const look = await lookAtPicture(episode.picture, launch, eyes);
  return { episode, look, row: describeRow(episode, look) };
}

/** What is said of the scene, against what is so. */
export function describeRow(episode: DescribeEpisode, { scene }: Pick<Look, "scene">): EpisodeRow {
  const { index, seed, things, questions } = episode;
  const asked = questions.map((question) => judgeAnswer(question, converse(question.text, scene, { history: [] })));
  const captions = (["en", "zh"] as const).map((language) => {
    const { text } = describeScene(scene, { form: "sentence", language });
    return { language, text, notThere: notThere(text, things) };
  });
  const detail: DescribeDetail = { asked, captions, ...leftOut(captions[0].text, things) };
  const wrong = asked.filter(({ right }) => !right);
  const named = captions.flatMap((caption) => caption.notThere);
  const cause =
    named.length > 0
      ? `named-what-is-not-there ${named.join(", ")}`
      : wrong.length > 0
        ? `wrong-${wrong[0].aspect} ${wrong[0].wrong ?? ""}`
        : "none";
  const success = cause === "none";
  return {
    index,
    seed,
    group: episode.scene.layout,
    instruction: `${questions.length} questions, ${captions.length} captions`,
    outcome: success ? "done" : "given-up",
    seconds: 0,
    success,
    partial: asked.length === 0 ? 1 : asked.filter(({ right }) => right).length / asked.length,
    unsafe: false,
    falseClaim: named.length > 0,
    asked: false,
    cause,
    describe: detail,
  };
}
