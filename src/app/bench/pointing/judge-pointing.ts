import type { Detection, ImagePoint } from "../../../domain/detection.js";
import type { DepthMap } from "../../../domain/frame.js";
import { deproject } from "../../../domain/geometry/project.js";
import type { EpisodeRow, PointingDetail, PointingEpisode, TruePicture } from "../../../../sim/suites/index.js";
import type { Pointing } from "./point-at-phrase.js";

/** A thing's middle on the ground plane, and the depth of the point on it, may be off by this. */
export const MAX_ERROR_M = 0.03;

/** What the pointing was worth, by the truth. */
export function judgePointing(
  episode: PointingEpisode,
  pointing: Pointing,
  seen: { readonly detections: readonly Detection[]; readonly depth: DepthMap },
): EpisodeRow {
  const { index, seed, group, phrase, language, truth } = episode;
  const { cause, errorM } = judge(episode, pointing, seen.detections);
  const success = cause === "none";
  const pointed = pointing.answer === "one";
  const depthAbsRel = depthErrorOnThings(episode.picture, seen.depth);
  const detail: PointingDetail = {
    language,
    meant: truth.type,
    answer: pointing.answer,
    ...(errorM === undefined ? {} : { errorM }),
    ...(depthAbsRel === undefined ? {} : { depthAbsRel }),
  };
  return {
    index,
    seed,
    group,
    instruction: phrase,
    outcome: pointed ? "done" : "given-up",
    seconds: 0,
    success,
    partial: success ? 1 : 0,
    unsafe: false,
    // The right thing, measured badly, is no claim about another.
    falseClaim: pointed && !success && errorM === undefined,
    asked: pointing.answer === "many",
    cause,
    pointing: detail,
  };
}

interface Judgement {
  /** `none`, or why it is wrong. */
  readonly cause: string;
  readonly errorM?: number;
}

function judge(episode: PointingEpisode, pointing: Pointing, detections: readonly Detection[]): Judgement {
  const { truth, picture } = episode;
  if (pointing.answer === "unread") return { cause: `unread ${pointing.reason}` };
  if (truth.type === "absent") {
    if (pointing.answer === "none") return { cause: "none" };
    const named = pointing.answer === "one" ? pointing.detection?.label : pointing.reason;
    return { cause: `false-presence ${named ?? ""}` };
  }
  if (pointing.answer !== "one") {
    if (pointing.answer === "many") return { cause: `undecided ${pointing.reason}` };
    if (truth.type === "free") return { cause: `no-place-found ${pointing.reason}` };
    return { cause: whyMissed(episode, truth.instances, detections) };
  }
  const hit = trueSurface(picture, pointing.point);
  if (truth.type === "free") {
    const verdict = truth.isRight(hit);
    return { cause: verdict === "right" ? "none" : verdict };
  }
  if (!truth.instances.includes(hit.instance)) return { cause: `wrong-thing ${hit.instance}` };
  if (truth.positionInBase === undefined || pointing.detection === undefined) return { cause: "none" };
  const [x, y] = pointing.detection.extentInBase.center;
  const errorM = Math.hypot(x - truth.positionInBase[0], y - truth.positionInBase[1]);
  const depthOffM = Math.abs(pointing.point.z - hit.depthM);
  const isNear = errorM <= MAX_ERROR_M && depthOffM <= MAX_ERROR_M;
  return { cause: isNear ? "none" : `off-by ${Math.round(Math.max(errorM, depthOffM) * 1000)} mm`, errorM };
}

const pixelAt = ({ frame }: TruePicture, { x, y }: { x: number; y: number }): number => {
  const column = Math.min(frame.width - 1, Math.max(0, Math.floor(x * frame.width)));
  const row = Math.min(frame.height - 1, Math.max(0, Math.floor(y * frame.height)));
  return row * frame.width + column;
};

/** What really is at an image point. */
function trueSurface(picture: TruePicture, point: ImagePoint) {
  const { truth, frame } = picture;
  const pixel = pixelAt(picture, point);
  const depthM = truth.depthM[pixel];
  const instance = truth.names[truth.instanceIds[pixel]];
  return { instance, depthM, positionInBase: deproject(frame, { ...point, z: depthM }) };
}

/** Was it overlooked, called something else, or named rightly while something beside it, that the phrase speaks of, was not found? */
function whyMissed(episode: PointingEpisode, instances: readonly string[], detections: readonly Detection[]): string {
  const onIt = detections.find(({ point }) => instances.includes(trueSurface(episode.picture, point).instance));
  if (onIt === undefined) return "overlooked";
  const thing = episode.things.find((candidate) => candidate.instances === instances);
  const { kind, color } = onIt.attributes ?? { kind: [], color: [] };
  const isColorRight = thing?.color === undefined || color[0]?.[0] === thing.color;
  if (kind[0]?.[0] === thing?.kind && isColorRight) return `not-singled-out ${onIt.label}`;
  return `misnamed ${onIt.label}`;
}

/** Every fourth pixel each way is plenty for a mean. */
const STRIDE = 4;

function depthErrorOnThings({ frame, truth }: TruePicture, depth: DepthMap): number | undefined {
  let sum = 0;
  let count = 0;
  for (let v = 0; v < frame.height; v += STRIDE) {
    for (let u = 0; u < frame.width; u += STRIDE) {
      const pixel = v * frame.width + u;
      if (!truth.names[truth.instanceIds[pixel]].startsWith("object:")) continue;
      const column = Math.floor((u / frame.width) * depth.width);
      const row = Math.floor((v / frame.height) * depth.height);
      sum += Math.abs(depth.depthM[row * depth.width + column] - truth.depthM[pixel]) / truth.depthM[pixel];
      count++;
    }
  }
  return count === 0 ? undefined : sum / count;
}
