import { once } from "node:events";
import { createServer } from "node:http";
import { connect as connectTcp, type AddressInfo } from "node:net";
import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBroker, type Broker } from "../../src/adapters/mqtt-broker/index.js";
import type { InboundPacket } from "../../src/ports/message-link.js";
import { brokerRules } from "../../src/transports/serve/broker-rules.js";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const OPERATORS = [
  { name: "ann", role: "operator", passwordEnv: "ANN" },
  { name: "vic", role: "viewer", passwordEnv: "VIC" },
] as const;

async function startBroker(operators: typeof OPERATORS | readonly [] = OPERATORS) {
  const retained: InboundPacket[] = [];
  const broker = await createBroker({
    host: "127.0.0.1",
    port: 0,
    rules: brokerRules({
      remote: { operators: [...operators], robots: [] },
      own: { id: "sim-1", password: "secret" },
      env: { ANN: "a", VIC: "v" },
    }),
    onRetained: (packet) => retained.push(packet),
  });
  closers.push(() => broker.close());
  return { broker, retained };
}

async function join(broker: Broker, username: string, password: string, url?: string): Promise<MqttClient> {
  const client = await connectAsync(url ?? `mqtt://127.0.0.1:${broker.port}`, {
    username,
    password,
    reconnectPeriod: 0,
    connectTimeout: 5_000,
    protocolVersion: 4,
  });
  client.on("error", () => undefined);
  closers.push(() => client.endAsync(true));
  return client;
}

/** What a client reads from now on, as `topic payload`. */
async function read(client: MqttClient, filter: string): Promise<string[]> {
  const got: string[] = [];
  client.on("message", (topic, payload) => got.push(`${topic} ${payload.toString()}`));
  await client.subscribeAsync(filter, { qos: 1 });
  return got;
}

/** A client by hand (MQTT 3.1.1, sections 3.1 and 3.8) that never reads again once it has subscribed. */
async function subscribeAndFreeze(broker: Broker, filter: string): Promise<void> {
  const socket = connectTcp(broker.port, "127.0.0.1");
  closers.push(async () => socket.destroy());
  await once(socket, "connect");
  const text = (value: string): Buffer => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
  const packet = (type: number, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([type, body.length]), body]);
  };
  socket.write(packet(0x10, text("MQTT"), Buffer.from([4, 2, 0, 0]), text("frozen")));
  await once(socket, "data");
  socket.write(packet(0x82, Buffer.from([0, 1]), text(filter), Buffer.from([0])));
  await once(socket, "data");
  socket.pause();
}

describe("the broker in this process", () => {
  it.each([
    ["ann", "wrong"],
    ["ann", ""],
    ["eve", "a"],
    ["robot-sim-1", "guess"],
    ["robot-sim-2", ""],
  ])("does not let %s in with password %j", async (username, password) => {
    const { broker } = await startBroker();

    await expect(join(broker, username, password)).rejects.toThrow(/not authorized|Bad username/i);
  });

  it("passes an operator's message on under their own name alone", async () => {
    const { broker } = await startBroker();
    const robot = await join(broker, "robot-sim-1", "secret");
    const got = await read(robot, "handeye/sim-1/#");
    const ann = await join(broker, "ann", "a");

    await ann.publishAsync("handeye/sim-1/command", JSON.stringify({ operator: "sue" }), { qos: 1 });
    await ann.publishAsync("handeye/sim-1/state", "{}", { qos: 1 });
    await ann.publishAsync("handeye/sim-1/command/response", "{}", { qos: 1 });
    await ann.publishAsync("handeye/sim-1/command", JSON.stringify({ operator: "ann" }), { qos: 1 });

    await vi.waitFor(() => expect(got).toHaveLength(1));
    expect(got).toEqual(['handeye/sim-1/command {"operator":"ann"}']);
    expect(ann.connected).toBe(true);
  });

  it("keeps a retained command from everybody but the robot, which learns that it was one", async () => {
    const { broker, retained } = await startBroker();
    const ann = await join(broker, "ann", "a");

    await ann.publishAsync("handeye/sim-1/command", JSON.stringify({ operator: "ann" }), { qos: 1, retain: true });
    const late = await read(await join(broker, "robot-sim-1", "secret"), "handeye/sim-1/#");
    await ann.publishAsync("handeye/sim-1/stop", "now", { qos: 1 });

    await vi.waitFor(() => expect(late).toEqual(["handeye/sim-1/stop now"]));
    expect(retained).toMatchObject([{ topic: "handeye/sim-1/command", retain: true }]);
  });

  it("does not let operators read the broker's own topics", async () => {
    const { broker } = await startBroker();
    const ann = await join(broker, "ann", "a");

    const [grant] = await ann.subscribeAsync("$SYS/#").catch(() => [{ qos: 128 }]);

    expect(grant.qos).toBe(128);
  });

  it("ends a connection that announces a packet of 200 MB, and goes on", async () => {
    const { broker } = await startBroker([]);
    const socket = connectTcp(broker.port, "127.0.0.1");
    closers.push(async () => socket.destroy());
    await once(socket, "connect");

    socket.on("error", () => undefined);
    socket.write(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x64, 0, 1]));
    await once(socket, "close");

    expect((await join(broker, "ann", "")).connected).toBe(true);
  });

  it("speaks MQTT over WebSocket on a path of an HTTP server", async () => {
    const { broker } = await startBroker([]);
    const server = createServer();
    broker.attach(server, "/mqtt");
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closers.push(async () => server.close());
    const { port } = server.address() as AddressInfo;
    const page = await join(broker, "ann", "", `ws://127.0.0.1:${port}/mqtt`);
    const got = await read(page, "handeye/sim-1/state");
    const robot = await join(broker, "robot-sim-1", "secret");

    await robot.publishAsync("handeye/sim-1/state", "{}", { qos: 1 });

    await vi.waitFor(() => expect(got).toEqual(["handeye/sim-1/state {}"]));
  });

  it("leaves pictures out for a reader that hangs, and lets nobody else wait for it", async () => {
    const { broker } = await startBroker([]);
    await subscribeAndFreeze(broker, "handeye/sim-1/#");
    const live = await join(broker, "ann", "");
    await live.subscribeAsync("handeye/sim-1/#");
    const robot = await join(broker, "robot-sim-1", "secret");
    const picture = Buffer.alloc(60_000, 1);

    for (let i = 0; i < 400; i++) {
      const arrived = new Promise((resolve) => live.once("message", resolve));
      robot.publish("handeye/sim-1/camera/head", picture);
      await arrived;
    }

    expect(broker.leftOut).toBeGreaterThan(200);
  });
});
