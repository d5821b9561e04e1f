import { readFileSync } from "node:fs";
import { connectAsync, type MqttClient } from "mqtt";

export interface Operator {
  readonly client: MqttClient;
  /** Sends a signed message with a fresh id, or with the given fields; resolves with its id when the broker has it. */
  send(name: string, message?: Record<string, unknown>): Promise<string>;
  /** All JSON messages on `handeye/<robot>/<name>` so far, oldest first. */
  on(name: string): Record<string, unknown>[];
  /** Bytes and count of camera pictures. */
  pictures(): number;
  close(): Promise<void>;
}

export interface OperatorOptions {
  readonly url: string;
  readonly name: string;
  readonly password?: string;
  readonly caFile?: string;
  readonly robot?: string;
  /** Writes to `<topic>/from/<name>`, as a broker with rules wants it. */
  readonly signsTopics?: boolean;
}

/** A person with an MQTT client of their own: only what the contract says, nothing of the robot's code. */
export async function createOperator(options: OperatorOptions): Promise<Operator> {
  const robot = options.robot ?? "sim-1";
  const client = await connectAsync(options.url, {
    protocolVersion: 4,
    username: options.name,
    password: options.password ?? "",
    reconnectPeriod: 200,
    ...(options.caFile === undefined ? {} : { ca: readFileSync(options.caFile) }),
  });
  client.on("error", () => undefined);
  const got = new Map<string, Record<string, unknown>[]>();
  let pictures = 0;
  client.on("message", (topic, payload) => {
    const name = topic.split("/").slice(2).join("/");
    if (name.startsWith("camera/")) {
      pictures++;
      return;
    }
    const messages = got.get(name) ?? [];
    messages.push(JSON.parse(payload.toString()) as Record<string, unknown>);
    got.set(name, messages);
  });
  await client.subscribeAsync(
    ["status", "state", "response", "question", "approval/request", "overlay", "event/+", "camera/+"].map(
      (name) => `handeye/${robot}/${name}`,
    ),
    { qos: 1 },
  );
  let count = 0;
  return {
    client,
    async send(name, message = {}) {
      const now = Date.now();
      const id = `${options.name}-${now}-${++count}`;
      const brief = { operator: options.name, sentAt: new Date(now).toISOString() };
      const isBrief = name === "lease" || name === "jog";
      const signed = isBrief ? brief : { id, ...brief, expiresAt: new Date(now + 10_000).toISOString() };
      const topic = `handeye/${robot}/${name}${options.signsTopics === true ? `/from/${options.name}` : ""}`;
      await client.publishAsync(topic, JSON.stringify({ ...signed, ...message }), { qos: 1 });
      return id;
    },
    on: (name) => got.get(name) ?? [],
    pictures: () => pictures,
    close: () => client.endAsync(true),
  };
}
