import { DRAWER_STATES } from "../../domain/vocabulary.js";
import type { Collected, Group, Report, Truth } from "./collect-eyes.js";
import { reliabilityOf, type Reliability } from "./reliability.js";

/** One measured figure, under the path that the card has it at. */
export interface Figure {
  /** For example `groups.things.recall`. */
  readonly path: string;
  /** Share, 0 to 1; for depth the mean relative error. */
  readonly value: number;
  /** Out of how many. */
  readonly count: number;
  readonly lowerIsBetter?: true;
}

export interface EyesFigures {
  readonly pictures: number;
  readonly figures: readonly Figure[];
  /** Of the score, of the best kind's and of the best colour's probability. */
  readonly calibration: Readonly<Record<"found" | "kind" | "color", Reliability>>;
}

const BINS = [
  ["30-99", 30, 100],
  ["100-299", 100, 300],
  ["300-999", 300, 1000],
  ["1000+", 1000, Infinity],
] as const;
/** Things that show fewer pixels are counted by size only. */
const CLEAR_PIXELS = 100;

type Match = Report & { readonly truth: Truth };
const isMatch = (report: Report): report is Match => report.truth !== undefined;
const kindRight = ({ grounding, truth }: Match): boolean => grounding.attributes?.kind[0]?.[0] === truth.kind;
const colorRight = ({ grounding, truth }: Match): boolean => grounding.attributes?.color[0]?.[0] === truth.color;

/** The figures of the card of models/eyes, from what the eyes reported; figures without a single case are left out. */
export function eyesFigures({ pictures, truths, reports, depthErrors }: Collected): EyesFigures {
  const matches = reports.filter(isMatch);
  const found = new Set(matches.map(({ truth }) => truth));
  const things = matches.filter(({ truth }) => truth.group === "things");
  const named = new Set(things.filter((match) => kindRight(match) && colorRight(match)).map(({ truth }) => truth));
  const coloured = matches.filter(({ truth }) => truth.color !== undefined);
  const unseen = matches.filter(({ truth }) => truth.isUnseen && truth.pixels >= CLEAR_PIXELS);
  const isClearThing = ({ group, pixels }: Truth): boolean => group === "things" && pixels >= CLEAR_PIXELS;

  const figures = [
    ...(["things", "containers", "handles"] as const).flatMap((group) => groupFigures(group, truths, reports, found)),
    share("foundAndNamedRight", truths.filter(isClearThing), (truth) => named.has(truth)),
    ...BINS.flatMap(([name, low, high]) => {
      const isInBin = ({ group, pixels }: Truth): boolean => group === "things" && pixels >= low && pixels < high;
      const seen = things.filter(({ truth }) => isInBin(truth));
      return [
        share(`bySize.${name}.recall`, truths.filter(isInBin), (truth) => found.has(truth)),
        share(`bySize.${name}.kind`, seen, kindRight),
        share(`bySize.${name}.color`, seen, colorRight),
      ];
    }),
    share("unseenCombinations.kind", unseen, kindRight),
    share("unseenCombinations.color", unseen, colorRight),
    ...DRAWER_STATES.map((state) => {
      const drawers = matches.filter(({ truth, grounding }) => truth.state === state && grounding.attributes?.state);
      return share(`drawerState.${state}`, drawers, ({ grounding }) => grounding.attributes?.state?.[0]?.[0] === state);
    }),
    depthFigure("depthAbsRel.things", depthErrors.things),
    depthFigure("depthAbsRel.allBelow2m", depthErrors.all),
  ];
  return {
    pictures,
    figures: figures.filter(({ count }) => count > 0),
    calibration: {
      found: reliabilityOf(
        reports.map(({ grounding, truth }) => ({ probability: grounding.score, isRight: truth !== undefined })),
      ),
      kind: reliabilityOf(
        matches.map((match) => ({
          probability: match.grounding.attributes?.kind[0]?.[1] ?? 0,
          isRight: kindRight(match),
        })),
      ),
      color: reliabilityOf(
        coloured.map((match) => ({
          probability: match.grounding.attributes?.color[0]?.[1] ?? 0,
          isRight: colorRight(match),
        })),
      ),
    },
  };
}

function groupFigures(
  group: Group,
  truths: readonly Truth[],
  reports: readonly Report[],
  found: ReadonlySet<Truth>,
): readonly Figure[] {
  const there = truths.filter((truth) => truth.group === group);
  const said = reports.filter((report) => report.group === group);
  return [
    share(`groups.${group}.recall`, there, (truth) => found.has(truth)),
    share(`groups.${group}.precision`, said, isMatch),
  ];
}

function share<T>(path: string, items: readonly T[], holds: (item: T) => boolean): Figure {
  return { path, value: items.filter(holds).length / items.length, count: items.length };
}

const depthFigure = (path: string, errors: readonly number[]): Figure => ({
  path,
  value: errors.reduce((sum, error) => sum + error, 0) / errors.length,
  count: errors.length,
  lowerIsBetter: true,
});
