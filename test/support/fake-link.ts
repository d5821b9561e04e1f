import type { InboundPacket, MessageLink } from "../../src/ports/message-link.js";

export interface Sent {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

export interface FakeLink extends MessageLink {
  readonly sent: readonly Sent[];
  deliver(packet: InboundPacket): void;
  setConnected(connected: boolean): void;
  /** JSON of the messages on a topic, oldest first. */
  on(name: string): Record<string, unknown>[];
}

/** A link without a broker. */
export function createFakeLink(robot = "sim-1"): FakeLink {
  const sent: Sent[] = [];
  const readers: ((packet: InboundPacket) => void)[] = [];
  const listeners: ((connected: boolean) => void)[] = [];
  let connected = true;
  return {
    sent,
    get connected() {
      return connected;
    },
    publish(topic, payload, { retain = false } = {}) {
      if (connected) sent.push({ topic, payload: Buffer.from(payload).toString(), retain });
      return connected;
    },
    onPacket: (read) => void readers.push(read),
    onConnection(tell) {
      listeners.push(tell);
      tell(connected);
    },
    close: async () => undefined,
    deliver: (packet) => readers.forEach((read) => read(packet)),
    setConnected(now) {
      connected = now;
      listeners.forEach((tell) => tell(now));
    },
    on: (name) =>
      sent
        .filter(({ topic }) => topic === `handeye/${robot}/${name}`)
        .map(({ payload }) => JSON.parse(payload) as Record<string, unknown>),
  };
}
