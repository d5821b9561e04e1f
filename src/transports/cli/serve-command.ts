import { unixTimeMs } from "../../app/machine-time.js";
import { EXIT_CODES } from "../../domain/mission.js";
import { createService, type Service } from "../serve/create-service.js";
import { launchFrom, type CommonOptions } from "./common-options.js";
import { eventToJson } from "./event-json.js";
import { createJsonLog } from "./json-log.js";
import { createStyle } from "./style.js";
import { createTrace } from "./trace.js";

export interface ServeOptions extends CommonOptions {
  readonly json?: boolean;
  readonly host: string;
  readonly port: number;
  readonly mqttPort: number;
  readonly broker?: string;
  readonly record?: string;
  readonly logFormat: "text" | "json";
}

/**
 * Stays up until SIGINT or SIGTERM; then holds the robot, closes the recording, and leaves with 0. A second signal leaves at once.
 * The simulator runs at real time unless `--set robot.rate=` says otherwise.
 */
export async function serveCommand(options: ServeOptions): Promise<number> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  const isJsonLog = options.logFormat === "json";
  const style = createStyle(process.stderr.isTTY && process.env["NO_COLOR"] === undefined);
  const launch = launchFrom(options, [
    ...(options.broker === undefined ? [] : [`remote.broker.url=${JSON.stringify(options.broker)}`]),
    ...(options.record === undefined ? [] : [`telemetry.record=${JSON.stringify(options.record)}`]),
  ]);
  const live =
    launch.robot.type === "sim" && launch.robot.rate === "fast"
      ? { ...launch, robot: { ...launch.robot, rate: 1 } }
      : launch;

  const log = createJsonLog({ write: err, nowMs: unixTimeMs, robot: launch.robot.id });
  const trouble = (message: string): void => void (isJsonLog ? log.line("error", message) : err(style.red(message)));
  let service: Service | undefined;
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals > 1) process.exit(EXIT_CODES.stopped);
    service?.runtime.stop();
    leave();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    service = await createService({
      launch: live,
      host: options.host,
      port: options.port,
      mqttPort: options.mqttPort,
      env: process.env,
      onTrouble: trouble,
      arm: options.arm === true,
    });
    const { http, mqtt, ws } = service.addresses;
    if (options.json === true) {
      out(JSON.stringify({ event: "serving", http, mqtt, ws }));
      service.runtime.subscribe({ publish: (event) => void out(eventToJson(event)) });
    } else {
      out(`handeye serves ${launch.robot.id}: dashboard ${http}  mqtt ${mqtt}  ws ${ws}`);
      if (!isJsonLog && options.quiet !== true) service.runtime.subscribe(createTrace({ write: err, style }));
    }
    if (isJsonLog) {
      log.line("info", "serving", { http, mqtt, ws });
      service.runtime.subscribe(log);
    }
    if (service.runtime.interrupted !== undefined && options.quiet !== true) {
      const text = `The last mission was interrupted: ${service.runtime.interrupted}`;
      if (isJsonLog) log.line("warn", text);
      else err(style.dim(text));
    }
    await left;
    for (const artefact of await service.close()) {
      if (isJsonLog) log.line(artefact.ok ? "info" : "error", artefact.message, { artefact: artefact.kind });
      else if (!artefact.ok || options.quiet !== true) err(`${artefact.kind.padEnd(9)}  ${artefact.message}`);
    }
    return 0;
  } finally {
    await service?.close();
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}
