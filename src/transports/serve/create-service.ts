import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { createBroker, createMqttLink, type Broker } from "../../app/create-broker.js";
import { createMetrics } from "../../app/create-metrics.js";
import { createDesk } from "../../app/desk.js";
import { loadEyes } from "../../app/create-eyes.js";
import { createRuntime } from "../../app/create-runtime.js";
import { createMachineTimers, monotonicMs, unixTimeMs } from "../../app/machine-time.js";
import type { Launch } from "../../app/launch/launch-schema.js";
import { packageRoot, packageVersion } from "../../app/package-root.js";
import { createSceneMemory } from "../../app/skills/scene-memory.js";
import type { Artefact, Runtime } from "../../app/runtime.js";
import { createSkills } from "../../app/skills/create-skills.js";
import { createVoice } from "../../app/voice.js";
import { ControllerError } from "../../domain/errors.js";
import type { Role } from "../../domain/remote/roles.js";
import { inboundFilters, topicOf } from "../../domain/remote/topics.js";
import type { MessageLink } from "../../ports/message-link.js";
import { artefactsRoute } from "../http/artefacts-route.js";
import { createHttpServer, type HttpServer } from "../http/create-http-server.js";
import { createGate } from "../http/gate.js";
import { healthRoute } from "../http/health.js";
import { metricsRoute } from "../http/metrics.js";
import { openApiDocument, openApiRoute } from "../http/openapi.js";
import { skillsRoute } from "../http/skills-route.js";
import { staticFilesRoute } from "../http/static-files.js";
import { createMcpRoute } from "../mcp/mcp-route.js";
import { createMcpServer } from "../mcp/create-mcp-server.js";
import { createMqttTransport, type MqttTransport } from "../mqtt/create-mqtt-transport.js";
import { brokerRules, robotLogin } from "./broker-rules.js";

export interface ServiceOptions {
  readonly launch: Launch;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly mqttPort: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onTrouble: (message: string) => void;
  /** A person has armed the robot (`--arm`). */
  readonly arm?: boolean;
}

/** A robot that stays up: broker or a link to one, HTTP, dashboard. */
export interface Service {
  readonly runtime: Runtime;
  readonly addresses: { readonly http: string; readonly mqtt: string; readonly ws: string };
  /** Holds the robot, closes the recording, says good-bye. Safe to call twice. */
  close(): Promise<readonly Artefact[]>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const MQTT_PATH = "/mqtt";
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

export async function createService(options: ServiceOptions): Promise<Service> {
  const { launch, host, env, onTrouble } = options;
  const { remote } = launch;
  const ownBroker = remote.broker.url === undefined;
  checkExposure(options);

  const closers: (() => Promise<unknown>)[] = [];
  const timers = createMachineTimers();
  const desk = createDesk({ newId: randomUUID });
  let transport: MqttTransport | undefined;
  let link: MessageLink | undefined;
  let broker: Broker | undefined;
  const metrics = createMetrics({
    robot: launch.robot.id,
    nowMs: monotonicMs,
    gauges: {
      leaseHeld: () => transport?.leaseHeld === true,
      linkUp: () => link?.connected === true,
      streamsLeftOut: () => broker?.leftOut ?? 0,
    },
  });
  try {
    // One set of networks for the mission and for skills. What they have to say is said when a mission begins: before, nobody listens.
    const eyeNotes: string[] = [];
    const eyes = await loadEyes(launch, { onNote: (text) => void eyeNotes.push(text) });
    if (eyes !== undefined) closers.push(() => eyes.close());
    const shared = eyes === undefined ? {} : { eyes };
    const runtime = await createRuntime(launch, {
      ...shared,
      answer: desk.answer,
      approve: desk.approve,
      arm: options.arm === true,
      onPlannerTurn: (turn) => metrics.turn(turn),
      onLookPart: (part, seconds) => metrics.took(part, seconds),
    });
    closers.push(() => runtime.close());
    runtime.subscribe(metrics);
    runtime.subscribe({
      publish({ event }) {
        if (event === "mission-start") for (const text of eyeNotes.splice(0)) runtime.note("warning", text);
      },
    });
    const memory = createSceneMemory({ runtime, launch });
    closers.push(() => memory.close());
    const skills = createSkills(launch, {
      runtime,
      ...shared,
      env,
      onNote: (level, text) => runtime.note(level, text),
      say: async (text) => runtime.note("info", text),
    });
    closers.push(() => skills.close());
    const gate = createGate({ remote, env });
    const password = randomUUID();
    broker = ownBroker
      ? await createBroker({
          host,
          port: options.mqttPort,
          rules: brokerRules({ remote, own: { id: launch.robot.id, password }, env }),
          onRetained: (packet) => transport?.read(packet),
        })
      : undefined;
    const ownedBroker = broker;
    if (ownedBroker !== undefined) closers.push(() => ownedBroker.close());

    let missionOverMcp = false;
    const mcp = createMcpRoute({
      gate,
      createServer: ({ operator }) =>
        createMcpServer({
          skills,
          runtime: async () => runtime,
          running: () => runtime,
          version: packageVersion(),
          from: "remote",
          mayMove: () =>
            missionOverMcp
              ? { code: "busy", message: "A mission is running; wait for its end or stop it." }
              : transport?.moving(operator),
          howToReset: "A person resets it on the dashboard.",
          onMission() {
            // What a program asked for is for others to approve.
            missionOverMcp = true;
            desk.bar(operator);
            return () => {
              missionOverMcp = false;
              desk.bar(undefined);
            };
          },
        }),
    });
    const http: HttpServer = await createHttpServer({
      host,
      port: options.port,
      routes: [
        healthRoute({ runtime, isLinked: () => link?.connected === true }),
        metricsRoute(metrics),
        openApiRoute({
          gate,
          document: async () =>
            openApiDocument({
              skills: await skills.list(),
              version: packageVersion(),
              robot: launch.robot.id,
              hasLogins: remote.operators.length > 0,
            }),
        }),
        artefactsRoute({ artefacts: skills.artefacts, gate }),
        skillsRoute({ skills, gate, robot: launch.robot.id, mayMove: ({ operator }) => transport?.moving(operator) }),
        mcp.route,
        staticFilesRoute(join(packageRoot(), "dist", "dashboard")),
      ],
    });
    closers.push(() => http.close());
    closers.push(() => mcp.close());
    broker?.attach(http.server, MQTT_PATH, (request) => gate.isOwnPage(request));

    const mqttUrl = remote.broker.url ?? `mqtt://${authority(host, broker?.port ?? 0)}`;
    link = await createMqttLink({
      url: mqttUrl,
      clientId: `handeye-${launch.robot.id}-${hostname()}-${process.pid}`.slice(0, 60),
      ...(ownBroker ? { username: robotLogin(launch.robot.id), password } : credentials(launch, env)),
      protocolVersion: ownBroker ? 4 : remote.broker.protocolVersion,
      filters: inboundFilters(launch.robot.id),
      will: {
        topic: topicOf(launch.robot.id, "status"),
        payload: JSON.stringify({ online: false, robot: launch.robot.id }),
      },
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      onTrouble,
    });
    const live = link;
    closers.push(() => live.close());

    transport = createMqttTransport({
      link,
      runtime,
      desk,
      robot: launch.robot.id,
      version: packageVersion(),
      nowMs: unixTimeMs,
      after: (ms, callback) => timers.after(ms, callback),
      roleOf: (name) => roleOf(launch, name),
      identity: remote.identity ?? (ownBroker ? "claimed" : "topic"),
      requireLease: remote.requireLease ?? launch.robot.type !== "sim",
      leaseTimeoutMs: remote.leaseTimeoutS * 1000,
      cameraFps: remote.cameraFps,
      voice: createVoice(launch, { onNote: (level, text) => runtime.note(level, text) }),
      skills: { service: skills, httpUrl: `http://${authority(host, http.port)}` },
      onRefused: (code) => metrics.refused(code),
    });
    const wired = transport;
    closers.push(() => wired.close());

    const httpUrl = `http://${authority(host, http.port)}`;
    let closing: Promise<readonly Artefact[]> | undefined;
    return {
      runtime,
      addresses: {
        http: httpUrl,
        mqtt: mqttUrl,
        ws: ownBroker ? `${httpUrl.replace(/^http/, "ws")}${MQTT_PATH}` : mqttUrl,
      },
      close() {
        closing ??= (async () => {
          runtime.hold("The controller is closing.");
          await wired.close();
          await skills.close();
          const artefacts = await runtime.close();
          for (const close of closers.reverse()) await close();
          return artefacts;
        })();
        return closing;
      },
    };
  } catch (error) {
    for (const close of closers.reverse()) await close().catch(() => undefined);
    throw error;
  }
}

const authority = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Whoever can reach an open broker can drive the robot: beyond this machine that takes names and passwords. */
function checkExposure({ host, launch: { remote } }: ServiceOptions): void {
  if (LOOPBACK.has(host) || remote.broker.url !== undefined) return;
  const open = remote.operators.filter((operator) => operator.passwordEnv === undefined);
  if (remote.operators.length > 0 && open.length === 0) return;
  const found = remote.operators.length === 0 ? "none are listed" : `${open[0].name} has no passwordEnv`;
  throw new ControllerError(
    "bad-launch-file",
    `--host ${host} lets other machines in, which needs remote.operators with a passwordEnv each; ${found}. ` +
      "Use --host 127.0.0.1 with a tunnel, or list them.",
  );
}

function credentials(
  { remote: { broker } }: Launch,
  env: ServiceOptions["env"],
): { username?: string; password?: string; caFile?: string; certFile?: string; keyFile?: string } {
  const read = (name: string | undefined): string | undefined => {
    if (name === undefined) return undefined;
    const value = env[name];
    if (value !== undefined && value !== "") return value;
    throw new ControllerError(
      "bad-launch-file",
      `remote.broker names the environment variable ${name}, which is not set.`,
    );
  };
  const { caFile, certFile, keyFile } = broker;
  return { username: read(broker.usernameEnv), password: read(broker.passwordEnv), caFile, certFile, keyFile };
}

function roleOf({ remote }: Launch, name: string): Role | undefined {
  const listed = remote.operators.find((operator) => operator.name === name);
  if (listed !== undefined) return listed.role;
  return remote.operators.length === 0 ? remote.defaultRole : undefined;
}
