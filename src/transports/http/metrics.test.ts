import { expect, it } from "vitest";
import { createHttpServer } from "./create-http-server.js";
import { metricsRoute } from "./metrics.js";

it("serves figures on /metrics and leaves other addresses to others", async () => {
  const metrics = { text: () => Promise.resolve("handeye_stops_total 1\n"), contentType: "text/plain; version=0.0.4" };
  const server = await createHttpServer({ host: "127.0.0.1", port: 0, routes: [metricsRoute(metrics)] });
  const at = `http://127.0.0.1:${server.port}`;

  const found = await fetch(`${at}/metrics`);
  const other = await fetch(`${at}/metrics/more`);
  const text = await found.text();
  await server.close();

  expect([found.status, found.headers.get("content-type"), text]).toEqual([
    200,
    "text/plain; version=0.0.4",
    "handeye_stops_total 1\n",
  ]);
  expect(other.status).toBe(404);
});
