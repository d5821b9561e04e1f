import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import {
  formatDescribe,
  formatPointing,
  formatTable,
  honestLaunch,
  renderReport,
  rowLabel,
  runBench,
  summarise,
  summariseDescribe,
  summarisePointing,
  type DescribeFigures,
  type EpisodeRow,
  type PointingFigures,
  type Summary,
} from "../../app/bench/index.js";
import { plannerLabel } from "../../app/create-planner.js";
import { ControllerError } from "../../domain/errors.js";
import { launchFrom, type CommonOptions } from "./common-options.js";

export interface BenchOptions extends CommonOptions {
  readonly episodes: number;
  readonly workers: number;
  readonly shard?: string;
  readonly compareOracle?: boolean;
  readonly honest?: boolean;
  readonly json?: string;
  readonly report?: string;
}

const DEFAULT_SEED = 901_000;

/** With further figures for suites that have them. */
type BenchSummary = Summary & { readonly pointing?: PointingFigures; readonly describe?: DescribeFigures };

/** Simulated episodes, a line each while they run, the table at the end. */
export async function benchCommand(suite: string, options: BenchOptions): Promise<number> {
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  const { summary: own, rows } = await benchOnce(suite, options, undefined, err);
  const oracle = options.compareOracle === true ? (await benchOnce(suite, options, "oracle", err)).summary : undefined;

  const summary = oracle === undefined ? own : { ...own, oracle };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(summary, undefined, 2)}\n`);
  if (options.report !== undefined) writeFileSync(options.report, renderReport(own, rows));
  process.stdout.write(`${formatTable(own, oracle)}
`);
  for (const { perception, pointing, describe } of oracle === undefined ? [own] : [own, oracle]) {
    if (pointing !== undefined) process.stdout.write(`  perception ${perception}\n${formatPointing(pointing)}\n`);
    if (describe !== undefined) process.stdout.write(`  perception ${perception}\n${formatDescribe(describe)}\n`);
  }
  return 0;
}

async function benchOnce(
  suite: string,
  options: BenchOptions,
  perception: "oracle" | undefined,
  err: (line: string) => void,
): Promise<{ readonly summary: BenchSummary; readonly rows: readonly EpisodeRow[] }> {
  // --seed chooses the episodes here; scenes follow from it, so the launch file's own seed is not used.
  const asked = launchFrom({ ...options, seed: undefined, perception: perception ?? options.perception });
  const launch = options.honest === true ? honestLaunch(asked) : asked;
  const seed = options.seed ?? DEFAULT_SEED;
  const rows = await runBench({
    suite,
    episodes: options.episodes,
    seed,
    workers: Math.min(options.workers, availableParallelism()),
    shard: parseShard(options.shard),
    launch,
    pictures: options.report !== undefined && perception === undefined,
    onRow(row, done, total) {
      if (options.quiet === true) return;
      const mark = row.success ? "ok  " : "miss";
      err(
        `${String(done).padStart(4)}/${total}  ${mark}  ${row.outcome.padEnd(8)}  ${row.instruction}${row.success ? "" : `  [${row.cause}]`}`,
      );
    },
  });
  const summary = summarise(rows, {
    suite,
    row: rowLabel(launch),
    seed,
    planner: plannerLabel(launch),
    perception: launch.perception.type,
  });
  const pointing = summarisePointing(rows);
  const describe = summariseDescribe(rows);
  const further = { ...(pointing && { pointing }), ...(describe && { describe }) };
  return { summary: { ...summary, ...further }, rows };
}

function parseShard(text: string | undefined): { part: number; of: number } {
  if (text === undefined) return { part: 1, of: 1 };
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const part = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (match === null || part < 1 || part > of) {
    throw new ControllerError("bad-input", `--shard expects i/n with 1 <= i <= n, for example 1/4; found "${text}".`);
  }
  return { part, of };
}
