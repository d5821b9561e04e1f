import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { connectAsync, type MqttClient } from "mqtt";
import { createRecorder } from "../../src/adapters/mcap/index.js";
import { createBroker, createMqttLink } from "../../src/app/create-broker.js";
import { createSimStack } from "../../src/app/create-runtime.js";
import { createDesk } from "../../src/app/desk.js";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { createMachineTimers, unixTimeMs } from "../../src/app/machine-time.js";
import type { Runtime } from "../../src/app/runtime.js";
import { inboundFilters, topicOf } from "../../src/domain/remote/topics.js";
import { spawnWorker } from "../../src/ports/spawn-worker.js";
import { createMqttTransport } from "../../src/transports/mqtt/create-mqtt-transport.js";
import { brokerRules, robotLogin } from "../../src/transports/serve/broker-rules.js";
import { ms, type Measurement } from "./measure.js";

const STOPS = 30;
const STREAM_S = 10;
const PHYSICS_STEP_MS = 2;

const now = (): number => performance.timeOrigin + performance.now();
const percentile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
};
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Stop over MQTT, and pictures to three pages and one frozen reader, while missions look and move. */
export async function measureRemote(): Promise<readonly Measurement[]> {
  const launch = loadLaunch("launch/kitchen-sim.json", ["robot.rate=1"]);
  const timers = createMachineTimers();
  const password = "perf";
  const broker = await createBroker({
    host: "127.0.0.1",
    port: 0,
    rules: brokerRules({ remote: { operators: [], robots: [] }, own: { id: "sim-1", password }, env: {} }),
    onRetained: () => undefined,
  });
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  broker.attach(server, "/mqtt");
  const { runtime, simulation } = await createSimStack(launch);
  let haltedAt = 0;
  const watched: Runtime = Object.create(runtime, {
    stop: {
      value: () => {
        runtime.stop();
        haltedAt = now();
      },
    },
  }) as Runtime;
  const link = await createMqttLink({
    url: `mqtt://127.0.0.1:${broker.port}`,
    clientId: "perf",
    username: robotLogin("sim-1"),
    password,
    protocolVersion: 4,
    filters: inboundFilters("sim-1"),
    will: { topic: topicOf("sim-1", "status"), payload: "{}" },
    connectTimeoutMs: 10_000,
    onTrouble: () => undefined,
  });
  const transport = createMqttTransport({
    link,
    runtime: watched,
    desk: createDesk({ newId: () => "perf" }),
    robot: "sim-1",
    version: "perf",
    nowMs: unixTimeMs,
    after: (after, callback) => timers.after(after, callback),
    roleOf: () => "supervisor",
    identity: "claimed",
    requireLease: false,
    leaseTimeoutMs: 3_000,
    cameraFps: 15,
  });
  const wsUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`;
  const viewers = spawnWorker(import.meta.url, "./remote-viewers-worker.js", {
    workerData: { mqttPort: broker.port, wsUrl },
  });
  try {
    await heard(viewers, "ready");
    const streamed = await measureStream(viewers);
    const delays: number[] = [];
    for (let i = 0; i < STOPS; i++) {
      let moving = (): void => undefined;
      const moves = new Promise<void>((resolve) => (moving = resolve));
      const end = runtime.subscribe({ publish: (event) => void (event.event === "command" && moving()) });
      const mission = runtime.run("take the red mug");
      await Promise.race([moves, mission]);
      end();
      await pause(80 + ((i * 37) % 200));
      viewers.postMessage({ kind: "stop" });
      const { at } = (await heard(viewers, "sent")) as { at: number };
      await mission;
      delays.push(haltedAt - at + (simulation.stopProbe() ?? Number.NaN) * PHYSICS_STEP_MS);
      await runtime.reset();
    }
    return [
      ...streamed(broker.leftOut),
      {
        name: "stop over MQTT",
        value: `${ms(percentile(delays, 0.99))} p99`,
        beside: `publish to zero joint command, ${STOPS} stops in mid-mission, median ${ms(percentile(delays, 0.5))}; three pages watch`,
      },
    ];
  } finally {
    await viewers.terminate();
    await transport.close();
    await link.close();
    await runtime.close();
    server.close();
    await broker.close();
  }
}

async function measureStream(viewers: Worker): Promise<(leftOut: number) => Measurement[]> {
  const ask = async (): Promise<{ pictures: number[]; delays: number[] }> => {
    viewers.postMessage({ kind: "report" });
    return (await heard(viewers, "report")) as { pictures: number[]; delays: number[] };
  };
  await ask();
  await pause(STREAM_S * 1000);
  const { pictures, delays } = await ask();
  const rates = pictures.map((count) => (count / STREAM_S).toFixed(1)).join(", ");
  return (leftOut) => [
    {
      name: "camera over MQTT",
      value: `${rates} pictures/s`,
      beside: `640x480 to three pages, ${ms(percentile(delays, 0.95))} p95 from shutter to page; a fourth reader is frozen, ${leftOut} left out for it`,
    },
  ];
}

function heard(worker: Worker, kind: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const read = (message: { readonly kind: string }): void => {
      if (message.kind !== kind) return;
      worker.off("message", read);
      resolve(message);
    };
    worker.on("message", read);
    worker.once("error", reject);
  });
}

const ROBOTS = 100;
const FLEET_S = 5;
const EVERY_MS = 200;

/** A hundred robots' reports on one broker, as somebody who watches all of them gets them. */
export async function measureFleet(): Promise<readonly Measurement[]> {
  const broker = await createBroker({
    host: "127.0.0.1",
    port: 0,
    rules: brokerRules({ remote: { operators: [], robots: [] }, own: { id: "own", password: "x" }, env: {} }),
    onRetained: () => undefined,
  });
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const clients: MqttClient[] = [];
  try {
    const viewer = await connectAsync(url, { protocolVersion: 4, username: "ann" });
    clients.push(viewer);
    const delays: number[] = [];
    viewer.on("message", (_topic, payload) => delays.push(now() - Number(payload.toString())));
    await viewer.subscribeAsync("handeye/+/state", { qos: 0 });
    for (let i = 0; i < ROBOTS; i++) {
      clients.push(await connectAsync(url, { protocolVersion: 4, username: robotLogin(`r-${i}`) }));
    }
    let sent = 0;
    for (let t = 0; t < FLEET_S * 1000; t += EVERY_MS) {
      clients.slice(1).forEach((client, i) => client.publish(topicOf(`r-${i}`, "state"), String(now())));
      sent += ROBOTS;
      await pause(EVERY_MS);
    }
    return [
      {
        name: `${ROBOTS} robots, one broker`,
        value: `${ms(percentile(delays, 0.99))} p99`,
        beside: `${delays.length} of ${sent} reports in ${FLEET_S} s, from robot to viewer`,
      },
    ];
  } finally {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await broker.close();
  }
}

const FRAMES = 300;

/** Pictures and events into one MCAP file. */
export async function measureRecorder(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), "handeye-perf-"));
  try {
    const recorder = await createRecorder({ path: join(folder, "run.mcap") });
    const rgb = new Uint8Array(640 * 480 * 3).map((_, i) => (i * 31) & 0xff);
    const began = now();
    for (let i = 0; i < FRAMES; i++) {
      recorder.frame({ camera: "head", width: 640, height: 480, rgb, capturedAtMs: i * 33 });
      recorder.publish({ event: "note", timeMs: i * 33, level: "info", text: `picture ${i}` });
      // The recorder leaves pictures out rather than fall behind; here everything has to get in.
      if (i % 20 === 19) await pause(0);
    }
    const file = await recorder.close();
    const seconds = (now() - began) / 1000;
    return [
      {
        name: "recorder",
        value: `${Math.round(file.messages / seconds)} messages/s`,
        beside: `${file.messages} of ${FRAMES * 3} messages, ${(file.bytes / 1e6 / seconds).toFixed(1)} MB/s, 640x480 pictures encoded on the way`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
