export { formatTable, renderReport, summarise, type EpisodeRow, type Summary } from "../../../sim/suites/index.js";
export { runBench, type BenchRequest } from "./run-bench.js";
