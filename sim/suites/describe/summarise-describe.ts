import type { Language } from "../../tasks/episode.js";
import type { Count, EpisodeRow } from "../summarise.js";
import { ASPECTS, type Aspect, type DescribeDetail } from "./describe-detail.js";

export interface AspectFigure {
  readonly asked: number;
  /** Share of right answers, 0 to 1. */
  readonly rate: number;
}

/** Figures of the suite `describe` beyond the common ones. */
export interface DescribeFigures {
  readonly answers: Readonly<Record<Aspect, Readonly<Record<Language, AspectFigure>>>>;
  /** Captions that name something that the picture does not show; of all captions. */
  readonly falseCaptions: Count;
  /** Clearly seen things that the English caption leaves out; of all clearly seen things. */
  readonly leftOut: Count;
}

const rounded = (value: number): number => Number(value.toFixed(4));
const countOf = (count: number, of: number): Count => ({ count, rate: of === 0 ? 0 : rounded(count / of) });

/** Undefined when none of the rows is of the suite `describe`. */
export function summariseDescribe(rows: readonly EpisodeRow[]): DescribeFigures | undefined {
  const details = rows.flatMap(({ describe }): readonly DescribeDetail[] => (describe === undefined ? [] : [describe]));
  if (details.length === 0) return undefined;
  const figure = (aspect: Aspect, language: Language): AspectFigure => {
    const asked = details.flatMap((detail) =>
      detail.asked.filter((each) => each.aspect === aspect && each.language === language),
    );
    return { asked: asked.length, rate: countOf(asked.filter(({ right }) => right).length, asked.length).rate };
  };
  const answers = Object.fromEntries(
    ASPECTS.map((aspect) => [aspect, { en: figure(aspect, "en"), zh: figure(aspect, "zh") }]),
  ) as Record<Aspect, Record<Language, AspectFigure>>;
  const captions = details.flatMap((detail) => detail.captions);
  const sum = (value: (detail: DescribeDetail) => number): number =>
    details.reduce((total, detail) => total + value(detail), 0);
  return {
    answers,
    falseCaptions: countOf(captions.filter(({ notThere }) => notThere.length > 0).length, captions.length),
    leftOut: countOf(
      sum(({ leftOut }) => leftOut),
      sum(({ clear }) => clear),
    ),
  };
}
