import type { Metrics } from "../../app/create-metrics.js";
import { say, type Route } from "./create-http-server.js";

/** `/metrics`: figures for Prometheus. */
export const metricsRoute =
  (metrics: Pick<Metrics, "text" | "contentType">): Route =>
  async (_request, url, response) => {
    if (url.pathname !== "/metrics") return false;
    say(response, 200, await metrics.text(), metrics.contentType);
    return true;
  };
