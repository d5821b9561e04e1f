import type { Result } from "../../../domain/result.js";
import type { SceneAnswer } from "../../../description/index.js";
import type {
  AskedDetail,
  DescribeDetail,
  DescribeEpisode,
  PictureQuestion,
  ShownThing,
} from "../../../../sim/suites/index.js";
import { mentionsIn } from "./mentions.js";

type Things = DescribeEpisode["things"];

/** Whether the answer is what is so. An answer without a yes, a number or a word is none. */
export function judgeAnswer(
  { aspect, language, text, truth }: PictureQuestion,
  answer: Result<SceneAnswer>,
): AskedDetail {
  const said = answer.ok ? answer.value.value : undefined;
  if (said === truth) return { aspect, language, right: true };
  const told = answer.ok ? answer.value.text : `${answer.code}: ${answer.message}`;
  return { aspect, language, right: false, wrong: `${text} said: ${told} (${String(truth)})` };
}

/** What a caption names that the picture does not show, not even a corner of it. */
export function notThere(text: string, things: Things): readonly string[] {
  const shown = things.filter(({ pixels }) => pixels > 0);
  return mentionsIn(text)
    .filter(({ kind, color }) => {
      const same = shown.filter((thing) => thing.kind === kind);
      return same.length === 0 || (color !== undefined && same.every((thing) => thing.color !== color));
    })
    .map(({ kind, color }) => (color === undefined ? kind : `${color} ${kind}`));
}

/** Clearly seen things to pick up that the caption does not name by kind; things of one kind count together. */
export function leftOut(text: string, things: Things): Pick<DescribeDetail, "clear" | "leftOut"> {
  const named = new Set(mentionsIn(text).map(({ kind }) => kind));
  const clear = things.filter(
    ({ visibility, kind }: ShownThing) => visibility === "clear" && !["drawer", "sink", "shelf"].includes(kind),
  );
  return { clear: clear.length, leftOut: clear.filter(({ kind }) => !named.has(kind)).length };
}
