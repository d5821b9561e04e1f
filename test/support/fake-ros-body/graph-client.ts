import { WebSocket } from "ws";
import type { Op, RosMessage } from "../rosbridge/index.js";

/** A rosbridge client for test robots: no limits, no care. */
export interface GraphClient {
  say(op: Op): void;
  publish(topic: string, msg: RosMessage): void;
  subscribe(topic: string, type: string, onMessage: (msg: RosMessage) => void): void;
  on(op: string, handle: (op: Op) => void): void;
  /** Resolves when everything said so far was read by the bridge. */
  settled(): Promise<void>;
  close(): void;
}

export async function joinGraph(url: string): Promise<GraphClient> {
  const socket = new WebSocket(url);
  const handlers = new Map<string, ((op: Op) => void)[]>();
  const topics = new Map<string, (msg: RosMessage) => void>();
  let asked = 0;
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => {
    const op = JSON.parse((data as Buffer).toString()) as Op;
    if (op.op === "publish") topics.get(String(op.topic))?.(op.msg as RosMessage);
    for (const handle of handlers.get(op.op) ?? []) handle(op);
  });
  const client: GraphClient = {
    say: (op) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(op)),
    publish: (topic, msg) => client.say({ op: "publish", topic, msg }),
    subscribe(topic, type, onMessage) {
      topics.set(topic, onMessage);
      client.say({ op: "subscribe", topic, type });
    },
    on: (op, handle) => void handlers.set(op, [...(handlers.get(op) ?? []), handle]),
    settled: () =>
      new Promise((resolve) => {
        const id = `settled-${++asked}`;
        client.on("service_response", (op) => op.id === id && resolve());
        client.say({ op: "call_service", id, service: "/rosapi/get_time", args: {} });
      }),
    close: () => socket.terminate(),
  };
  return client;
}
