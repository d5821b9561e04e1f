export {
  formatDescribe,
  formatPointing,
  formatTable,
  renderReport,
  summarise,
  summariseDescribe,
  summarisePointing,
  type DescribeFigures,
  type EpisodeRow,
  type PointingFigures,
  type Summary,
} from "../../../sim/suites/index.js";
export { honestLaunch } from "./honest-launch.js";
export { runBench, type BenchRequest } from "./run-bench.js";
export { rowLabel } from "./row-label.js";
