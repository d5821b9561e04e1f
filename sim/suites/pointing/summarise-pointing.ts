import type { Language } from "../../tasks/episode.js";
import type { Count, EpisodeRow } from "../summarise.js";
import type { PointingDetail } from "./pointing-detail.js";

/** Figures of the suite `pointing` beyond the common ones. Rates are shares, 0 to 1. */
export interface PointingFigures {
  readonly languages: Readonly<Partial<Record<Language, { readonly episodes: number; readonly rate: number }>>>;
  /**
   * What the language alone costs: the same questions about the same pictures in both languages. Rates are of `episodes`, the
   * questions that were put in both; `onlyEn` and `onlyZh` count those that came right in one language only.
   */
  readonly paired?: {
    readonly episodes: number;
    readonly en: number;
    readonly zh: number;
    readonly onlyEn: number;
    readonly onlyZh: number;
  };
  /** Pointed at something although nothing fits the words; of the phrases that fit nothing. */
  readonly falsePresence: Count;
  /** Found nothing, or could not decide, although the thing is in the picture; of the phrases about things. */
  readonly missed: Count;
  /** Pointed at another thing; of the phrases about things. */
  readonly wrongThing: Count;
  /** Phrases that were not understood; of all. */
  readonly unread: Count;
  /** Median metres on the ground plane between things as measured and as they are, where the right one was found. */
  readonly errorMedianM?: number;
  /** Mean of |depth - truth| / truth over things. */
  readonly depthAbsRel?: number;
}

const rounded = (value: number): number => Number(value.toFixed(4));

function count<T>(items: readonly T[], holds: (item: T) => boolean): Count {
  const found = items.filter(holds).length;
  return { count: found, rate: items.length === 0 ? 0 : rounded(found / items.length) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return rounded((sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2);
}

type PointingRow = EpisodeRow & { readonly pointing: PointingDetail };

/** Undefined when none of the rows is of the suite `pointing`. */
export function summarisePointing(rows: readonly EpisodeRow[]): PointingFigures | undefined {
  const pointed = rows.filter((row): row is PointingRow => row.pointing !== undefined);
  if (pointed.length === 0) return undefined;
  const things = pointed.filter(({ pointing }) => pointing.meant === "thing");
  const absent = pointed.filter(({ pointing }) => pointing.meant === "absent");
  const errors = pointed.flatMap(({ pointing: { errorM } }) => (errorM === undefined ? [] : [errorM]));
  const depths = pointed.flatMap(({ pointing: { depthAbsRel } }) => (depthAbsRel === undefined ? [] : [depthAbsRel]));
  const languages = [...new Set(pointed.map(({ pointing }) => pointing.language))].sort().map((language) => {
    const spoken = pointed.filter(({ pointing }) => pointing.language === language);
    return [language, { episodes: spoken.length, rate: count(spoken, (row) => row.success).rate }] as const;
  });
  const paired = pairedFigures(pointed);
  return {
    languages: Object.fromEntries(languages),
    ...(paired && { paired }),
    falsePresence: count(absent, ({ pointing }) => pointing.answer === "one" || pointing.answer === "many"),
    missed: count(things, ({ pointing }) => pointing.answer === "none" || pointing.answer === "many"),
    wrongThing: count(things, ({ cause }) => cause.startsWith("wrong-thing")),
    unread: count(pointed, ({ pointing }) => pointing.answer === "unread"),
    ...(errors.length > 0 ? { errorMedianM: median(errors) } : {}),
    ...(depths.length > 0 ? { depthAbsRel: rounded(depths.reduce((sum, v) => sum + v, 0) / depths.length) } : {}),
  };
}

function pairedFigures(rows: readonly PointingRow[]): PointingFigures["paired"] {
  const pairs = rows.flatMap(({ success, pointing: { language, twin } }) =>
    twin === undefined
      ? []
      : [language === "en" ? { en: success, zh: twin.success } : { en: twin.success, zh: success }],
  );
  if (pairs.length === 0) return undefined;
  return {
    episodes: pairs.length,
    en: count(pairs, ({ en }) => en).rate,
    zh: count(pairs, ({ zh }) => zh).rate,
    onlyEn: pairs.filter(({ en, zh }) => en && !zh).length,
    onlyZh: pairs.filter(({ en, zh }) => zh && !en).length,
  };
}
