import type { Runtime } from "../../app/runtime.js";
import { say, type Route } from "./create-http-server.js";

/** `/healthz`: the process answers. `/readyz`: it could take a command now, or why not. */
export const healthRoute =
  (options: { readonly runtime: Runtime; readonly isLinked: () => boolean }): Route =>
  (_request, url, response) => {
    if (url.pathname === "/healthz") {
      say(response, 200, "ok");
      return true;
    }
    if (url.pathname !== "/readyz") return false;
    const { task, safety } = options.runtime.state;
    const reasons = [
      ...(options.isLinked() ? [] : ["no link to the MQTT broker"]),
      ...(safety === "nominal" ? [] : [`the robot is ${safety}`]),
    ];
    const body = { ready: reasons.length === 0, task, safety, reasons };
    say(response, body.ready ? 200 : 503, JSON.stringify(body), "application/json");
    return true;
  };
