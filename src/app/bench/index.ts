export {
  formatPointing,
  formatTable,
  renderReport,
  summarise,
  summarisePointing,
  type EpisodeRow,
  type PointingFigures,
  type Summary,
} from "../../../sim/suites/index.js";
export { runBench, type BenchRequest } from "./run-bench.js";
export { rowLabel } from "./row-label.js";
