import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { connectAsync } from "mqtt";
import { unframeCamera } from "../../src/domain/remote/framing.js";

/** Three pages' worth of readers and one that never reads, in a thread of their own as in machines of their own. */
interface Setup {
  readonly mqttPort: number;
  readonly wsUrl: string;
}

const { mqttPort, wsUrl } = workerData as Setup;
const now = (): number => performance.timeOrigin + performance.now();
const port = parentPort;
if (port === null) throw new Error("This file runs as a worker.");

const pictures: number[] = [0, 0, 0];
let delays: number[] = [];
for (const viewer of [0, 1, 2]) {
  const client = await connectAsync(wsUrl, { protocolVersion: 4, username: `viewer-${viewer}`, reconnectPeriod: 0 });
  client.on("message", (topic, payload) => {
    if (!topic.includes("/camera/")) return;
    pictures[viewer]++;
    const picture = unframeCamera(payload);
    if (picture !== undefined) delays.push(now() - picture.timeMs);
  });
  await client.subscribeAsync("handeye/#", { qos: 0 });
}

// MQTT 3.1.1, sections 3.1 and 3.8, by hand: a client library would go on reading.
const frozen = connectTcp(mqttPort, "127.0.0.1");
await once(frozen, "connect");
frozen.write(Buffer.from([0x10, 18, 0, 4, ...Buffer.from("MQTT"), 4, 2, 0, 0, 0, 6, ...Buffer.from("frozen")]));
await once(frozen, "data");
frozen.write(Buffer.from([0x82, 14, 0, 1, 0, 9, ...Buffer.from("handeye/#"), 0]));
await once(frozen, "data");
frozen.pause();

const operator = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { protocolVersion: 4, username: "ann" });
port.on("message", (message: { readonly kind: "stop" } | { readonly kind: "report" }) => {
  if (message.kind === "stop") {
    const at = now();
    operator.publish("handeye/sim-1/stop", "");
    port.postMessage({ kind: "sent", at });
    return;
  }
  port.postMessage({ kind: "report", pictures: [...pictures], delays });
  pictures.fill(0);
  delays = [];
});
port.postMessage({ kind: "ready" });
