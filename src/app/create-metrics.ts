export { createMetrics, type Gauges, type Metrics, type MetricsOptions } from "../adapters/metrics/index.js";
