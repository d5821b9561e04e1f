import type { MissionOutcome } from "../../src/domain/mission.js";
import type { DescribeDetail } from "./describe/describe-detail.js";
import type { PointingDetail } from "./pointing/pointing-detail.js";
import type { EpisodeScore } from "./score-episode.js";

/** One finished episode, as the runner hands it in. */
export interface EpisodeRow extends EpisodeScore {
  readonly index: number;
  readonly seed: number;
  readonly group: string;
  readonly instruction: string;
  readonly outcome: MissionOutcome;
  /** Simulated seconds that the mission took. */
  readonly seconds: number;
  /** Rows of the suite `describe` only. */
  readonly describe?: DescribeDetail;
  /** Rows of the suite `pointing` only. */
  readonly pointing?: PointingDetail;
  /** What the head camera saw before and after a mission that went wrong, where pictures were asked for. */
  readonly pictures?: EpisodePictures;
}

/** As data URIs, so that a page can hold them. */
export interface EpisodePictures {
  readonly start: string;
  readonly end: string;
}

export interface SummaryMeta {
  readonly suite: string;
  /** What was measured: `oracle` (the simulator's own eyes), `scripted` (rules plan), `on-board` (trained words plan), or a model's name. */
  readonly row: string;
  readonly seed: number;
  readonly planner: string;
  readonly perception: string;
}

export interface Count {
  readonly count: number;
  /** count / episodes; 0 when there are no episodes. */
  readonly rate: number;
}

/** One line of `rows`: the published part of an `EpisodeRow`. */
export type SummaryRow = Omit<EpisodeRow, "index" | "group" | "asked" | "describe" | "pointing" | "pictures">;

/** What `bench --json F` writes. Rates and `partial` are shares, 0 to 1. */
export interface Summary extends SummaryMeta {
  readonly episodes: number;
  readonly success: Count;
  /** Mean share of sub-goals met. */
  readonly partial: number;
  readonly unsafe: Count;
  readonly falseClaims: Count;
  readonly asks: Count;
  /** Median simulated seconds of a mission. */
  readonly secondsMedian: number;
  readonly groups: Readonly<Record<string, { readonly episodes: number; readonly rate: number }>>;
  readonly rows: readonly SummaryRow[];
}

const round = (value: number, digits = 4): number => Number(value.toFixed(digits));
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Rows in any order (workers finish as they finish) to the published figures; equal rows give equal summaries. */
export function summarise(rows: readonly EpisodeRow[], meta: SummaryMeta): Summary {
  const ordered = [...rows].sort((a, b) => a.index - b.index);
  const countOf = (holds: (row: EpisodeRow) => boolean): Count => {
    const count = ordered.filter(holds).length;
    return { count, rate: ordered.length === 0 ? 0 : round(count / ordered.length) };
  };
  const groupNames = [...new Set(ordered.map((row) => row.group))].sort();
  const groups = groupNames.map((name) => {
    const members = ordered.filter((row) => row.group === name);
    const rate = members.filter((row) => row.success).length / members.length;
    return [name, { episodes: members.length, rate: round(rate) }] as const;
  });

  return {
    suite: meta.suite,
    row: meta.row,
    seed: meta.seed,
    planner: meta.planner,
    perception: meta.perception,
    episodes: ordered.length,
    success: countOf((row) => row.success),
    partial: round(mean(ordered.map((row) => row.partial))),
    unsafe: countOf((row) => row.unsafe),
    falseClaims: countOf((row) => row.falseClaim),
    asks: countOf((row) => row.asked),
    secondsMedian: round(median(ordered.map((row) => row.seconds)), 2),
    groups: Object.fromEntries(groups),
    rows: ordered.map(({ seed, instruction, outcome, success, partial, unsafe, falseClaim, seconds, cause }) => ({
      seed,
      instruction,
      outcome,
      success,
      partial: round(partial),
      unsafe,
      falseClaim,
      seconds: round(seconds, 2),
      cause,
    })),
  };
}
