import { encodableMessage } from "./encode-message.js";
import type { Faults } from "./faults.js";
import type { BridgeClient, Compression, Op, OpHandler, RosbridgeOptions, RosMessage } from "./rosbridge.types.js";
import { shortType, typeFor } from "./type-names.js";

/** What one client asked for, once or several times. */
interface Request {
  readonly throttleMs: number;
  readonly queueLength: number;
  readonly compression: Compression;
}

interface Subscription {
  readonly requests: Map<string, Request>;
  lastSentMs: number;
  /** The newest message held back by the throttle. */
  held: (() => void) | undefined;
  cancelTimer: (() => void) | undefined;
}

interface Topic {
  type: string;
  readonly publishers: Map<BridgeClient, { latch: boolean }>;
  readonly subscribers: Map<BridgeClient, Subscription>;
  latched: RosMessage | undefined;
}

export interface TopicHub {
  readonly advertise: OpHandler;
  readonly unadvertise: OpHandler;
  readonly subscribe: OpHandler;
  readonly unsubscribe: OpHandler;
  readonly publish: OpHandler;
  leave(client: BridgeClient): void;
  /** Topic, type, names of publishers and of subscribers. */
  list(): readonly { topic: string; type: string; publishers: readonly string[]; subscribers: readonly string[] }[];
}

/** Publishers and subscribers, with the real bridge's throttle, queue and merging of one client's subscriptions. */
export function createTopicHub({ version, clock, timers }: RosbridgeOptions, faults: Faults): TopicHub {
  const topics = new Map<string, Topic>();

  const topicOf = (name: string, type: string | undefined): Topic => {
    const known = topics.get(name);
    if (known !== undefined) {
      if (known.type === "") known.type = type ?? "";
      return known;
    }
    const made: Topic = { type: type ?? "", publishers: new Map(), subscribers: new Map(), latched: undefined };
    topics.set(name, made);
    return made;
  };
  const typeFits = (client: BridgeClient, op: Op, topic: Topic): boolean => {
    const type = op.type as string | undefined;
    if (type === undefined) return true;
    const wrongForm = version === 1 && shortType(type) !== type;
    if (!wrongForm && (topic.type === "" || shortType(topic.type) === shortType(type))) return true;
    client.complain(`${op.op}: topic ${String(op.topic)} has type ${topic.type}, not ${type}`, op.id);
    return false;
  };
  const tidy = (name: string, topic: Topic): void => {
    if (topic.publishers.size === 0 && topic.subscribers.size === 0) topics.delete(name);
  };

  const merged = (subscription: Subscription): Request => {
    const all = [...subscription.requests.values()];
    const compression = (["png", "cbor", "cbor-raw"] as const).find((c) => all.some((r) => r.compression === c));
    return {
      throttleMs: Math.min(...all.map((r) => r.throttleMs)),
      queueLength: Math.min(...all.map((r) => r.queueLength)),
      compression: compression ?? "none",
    };
  };

  const deliver = (client: BridgeClient, name: string, topic: Topic, message: ReturnType<typeof encodableMessage>) => {
    const subscription = topic.subscribers.get(client);
    if (subscription === undefined) return;
    const { throttleMs, queueLength, compression } = merged(subscription);
    const wire = message.wire(compression);
    if (wire === undefined) return;
    const now = (): void => {
      subscription.lastSentMs = clock.nowMs();
      subscription.held = undefined;
      client.sendMessage(wire, { key: name, queueLength });
    };
    const waitMs = subscription.lastSentMs + throttleMs - clock.nowMs();
    if (throttleMs === 0 || waitMs <= 0) return now();
    if (queueLength === 0) return;
    subscription.held = now;
    subscription.cancelTimer ??= timers.after(waitMs, () => {
      subscription.cancelTimer = undefined;
      subscription.held?.();
    });
  };

  return {
    advertise(client, op) {
      const name = op.topic as string;
      const topic = topicOf(name, op.type as string);
      if (!typeFits(client, op, topic)) return;
      topic.publishers.set(client, { latch: op.latch === true });
    },
    unadvertise(client, op) {
      const topic = topics.get(op.topic as string);
      topic?.publishers.delete(client);
      if (topic !== undefined) tidy(op.topic as string, topic);
    },
    subscribe(client, op) {
      const name = op.topic as string;
      const compression = (op.compression as Compression | undefined) ?? "none";
      if (compression === "png" || compression === "cbor-raw") {
        client.complain(`subscribe: this bridge has no ${compression} encoding; ask for none or cbor`, op.id);
      }
      const topic = topicOf(name, op.type as string | undefined);
      if (!typeFits(client, op, topic)) return;
      const subscription = topic.subscribers.get(client) ?? {
        requests: new Map(),
        lastSentMs: -Infinity,
        held: undefined,
        cancelTimer: undefined,
      };
      subscription.requests.set(op.id ?? "", {
        throttleMs: Number(op.throttle_rate ?? 0),
        queueLength: Number(op.queue_length ?? 0),
        compression,
      });
      topic.subscribers.set(client, subscription);
      if (topic.latched !== undefined) deliver(client, name, topic, encodableMessage(name, topic.type, topic.latched));
    },
    unsubscribe(client, op) {
      const topic = topics.get(op.topic as string);
      const subscription = topic?.subscribers.get(client);
      if (topic === undefined || subscription === undefined) return;
      if (op.id === undefined) subscription.requests.clear();
      else subscription.requests.delete(op.id);
      if (subscription.requests.size > 0) return;
      subscription.cancelTimer?.();
      topic.subscribers.delete(client);
      tidy(op.topic as string, topic);
    },
    publish(client, op) {
      const name = op.topic as string;
      const topic = topics.get(name);
      if (topic === undefined || topic.type === "") {
        client.complain(`publish: topic ${name} has no type yet; advertise it first`, op.id);
        return;
      }
      if (!topic.publishers.has(client)) topic.publishers.set(client, { latch: false });
      const msg = op.msg as RosMessage;
      for (const sent of faults.tamper.get(name)?.(msg) ?? [msg]) {
        if (topic.publishers.get(client)?.latch === true) topic.latched = sent;
        const message = encodableMessage(name, topic.type, sent);
        for (const subscriber of topic.subscribers.keys()) deliver(subscriber, name, topic, message);
      }
    },
    leave(client) {
      for (const [name, topic] of topics) {
        topic.publishers.delete(client);
        topic.subscribers.get(client)?.cancelTimer?.();
        topic.subscribers.delete(client);
        tidy(name, topic);
      }
    },
    list: () =>
      [...topics].map(([topic, { type, publishers, subscribers }]) => ({
        topic,
        type: typeFor(version, type),
        publishers: [...publishers.keys()].map(({ name }) => name),
        subscribers: [...subscribers.keys()].map(({ name }) => name),
      })),
  };
}
