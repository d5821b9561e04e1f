import { readFileSync } from "node:fs";
import { connect, type IClientOptions } from "mqtt";
import { ControllerError } from "../../domain/errors.js";
import type { InboundPacket, MessageLink } from "../../ports/message-link.js";

export interface MqttLinkOptions {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`. */
  readonly url: string;
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM files: the authority that signed the broker's certificate, and this client's own certificate and key. */
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  /** 5 where the broker speaks it: then a message sent with the retain flag is known as such even when it comes fresh. */
  readonly protocolVersion: 4 | 5;
  readonly filters: readonly string[];
  /** Published by the broker, retained, when this link is gone without a good-bye. */
  readonly will: { readonly topic: string; readonly payload: string };
  /** Longest wait for the first connection; later ones are tried again for ever. */
  readonly connectTimeoutMs: number;
  readonly onTrouble: (message: string) => void;
}

const RECONNECT_MS = 1_000;
/** Reason codes for a login that is not good: MQTT 3.1.1, section 3.2.2.3, and MQTT 5, section 3.2.2.2. */
const REFUSED_LOGIN: ReadonlySet<number> = new Set([4, 5, 134, 135]);

/**
 * Connects or rejects with `link-failed`. Sessions are clean: a broker that was away, or a robot that was, leaves nothing to
 * carry out. Subscriptions are made anew on every connection, before `onConnection` is told.
 */
export async function createMqttLink(options: MqttLinkOptions): Promise<MessageLink> {
  const settings: IClientOptions = {
    protocolVersion: options.protocolVersion,
    clientId: options.clientId,
    clean: true,
    resubscribe: false,
    queueQoSZero: false,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: options.connectTimeoutMs,
    keepalive: 5,
    username: options.username,
    password: options.password,
    will: { topic: options.will.topic, payload: Buffer.from(options.will.payload), qos: 1, retain: true },
    ...pem("ca", options.caFile),
    ...pem("cert", options.certFile),
    ...pem("key", options.keyFile),
  };
  const client = connect(options.url, settings);
  const readers = new Set<(packet: InboundPacket) => void>();
  const listeners = new Set<(connected: boolean) => void>();
  let connected = false;
  let closed = false;
  let lastTrouble = "";

  const become = (now: boolean): void => {
    if (connected === now) return;
    connected = now;
    if (!now && !closed) options.onTrouble(`${options.url}: the link is lost; trying again.`);
    listeners.forEach((tell) => tell(now));
  };
  const trouble = (error: Error): void => {
    // A broker that is down is told once, not every second.
    if (error.message === lastTrouble) return;
    lastTrouble = error.message;
    options.onTrouble(`${options.url}: ${error.message || String(error)}`);
  };

  client.on("error", trouble);
  client.on("close", () => become(false));
  client.on("message", (topic, payload, packet) => {
    readers.forEach((read) => read({ topic, payload, retain: packet.retain }));
  });
  const first = new Promise<void>((resolve, reject) => {
    const give = (reason: string): void => {
      client.end(true);
      reject(linkFailed(options.url, reason));
    };
    const timer = setTimeout(() => give(lastTrouble || "no answer"), options.connectTimeoutMs);
    client.on("connect", () => {
      client.subscribe([...options.filters], { qos: 1, rap: true }, (error, granted) => {
        const denied = granted?.filter((grant) => grant.qos >= 128).map((grant) => grant.topic) ?? [];
        if (error !== null || denied.length > 0) {
          clearTimeout(timer);
          const reason = denied.length > 0 ? `not allowed to read ${denied.join(", ")}` : (error?.message ?? "");
          if (!closed) trouble(new Error(reason));
          give(reason);
          return;
        }
        clearTimeout(timer);
        lastTrouble = "";
        become(true);
        resolve();
      });
    });
    client.on("error", (error) => {
      // Wrong credentials do not get better by waiting.
      if ("code" in error && REFUSED_LOGIN.has(error.code)) {
        clearTimeout(timer);
        give("the broker refuses this login");
      }
    });
  });
  await first;

  return {
    get connected() {
      return connected;
    },
    publish(topic, payload, { qos = 0, retain = false } = {}) {
      if (!connected) return false;
      client.publish(
        topic,
        typeof payload === "string" ? payload : Buffer.from(payload),
        { qos, retain },
        () => undefined,
      );
      return true;
    },
    onPacket: (read) => void readers.add(read),
    onConnection(tell) {
      listeners.add(tell);
      tell(connected);
    },
    async close() {
      if (closed) return;
      closed = true;
      await client.endAsync();
    },
  };
}

const pem = (field: "ca" | "cert" | "key", path: string | undefined): Partial<IClientOptions> => {
  if (path === undefined) return {};
  try {
    return { [field]: readFileSync(path) };
  } catch (cause) {
    throw new ControllerError("bad-launch-file", `remote.broker.${field}File: ${path} cannot be read.`, { cause });
  }
};

const linkFailed = (url: string, reason: string): ControllerError =>
  new ControllerError(
    "link-failed",
    `No link to the MQTT broker ${url}: ${reason}. Is it running, and is the login right?`,
  );
