import type { AddressInfo } from "node:net";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { createActionDesk } from "./action-desk.js";
import { createBridgeLink, type BridgeLink } from "./bridge-client.js";
import { noFaults, type Faults } from "./faults.js";
import { rosapi } from "./rosapi.js";
import type { Op, RosbridgeOptions } from "./rosbridge.types.js";
import { createServiceDesk } from "./service-desk.js";
import { createTopicHub } from "./topic-hub.js";

export interface Rosbridge {
  /** `ws://host:port` */
  readonly url: string;
  /** Misbehaviours to switch on. */
  readonly faults: Faults;
  /** Open connections. */
  readonly clients: number;
  /** Resolves with the next operation (from now on) that a client sends and that fits. */
  saw(fits: (op: Op) => boolean): Promise<Op>;
  /** Breaks connections (default: all) without a word. New ones are taken. Clients are named `/client_1`, `/client_2` ... as they came. */
  dropLinks(fits?: (client: string) => boolean): void;
  /** Neither reads nor writes nor answers pings, as a stopped process. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/**
 * A rosbridge of protocol 2.0 without ROS: its clients are the graph. Serves the simulator as a robot on machines without
 * ROS, and tests. Listens on loopback unless told otherwise: the protocol has no authentication.
 */
export async function startRosbridge(options: RosbridgeOptions): Promise<Rosbridge> {
  const { version, goalsInNewThread = true, maxMessageSize = 10_000_000, host = "127.0.0.1" } = options;
  const faults = noFaults();
  const links = new Map<WebSocket, BridgeLink>();
  const watchers = new Set<{ fits: (op: Op) => boolean; resolve: (op: Op) => void }>();
  const topics = createTopicHub(options, faults);
  const actions = createActionDesk(faults);
  const desks = () => ({ topics, services, actions, clients: [...links.values()].map(({ name }) => name) });
  const services = createServiceDesk(rosapi(options, desks, faults), faults);
  const wake = new Map<WebSocket, () => void>();
  const process = { frozen: false };
  let made = 0;

  const handlers = new Map<string, (link: BridgeLink, op: Op) => Promise<void> | void>([
    ["advertise", topics.advertise],
    ["unadvertise", topics.unadvertise],
    ["subscribe", topics.subscribe],
    ["unsubscribe", topics.unsubscribe],
    ["publish", topics.publish],
    ["advertise_service", services.advertise],
    ["unadvertise_service", services.unadvertise],
    ["call_service", services.call],
    ["service_response", services.respond],
    ["set_level", () => undefined],
  ]);
  // ROS 1 knows actions as topics only.
  if (version === 2) {
    handlers.set("advertise_action", actions.advertise);
    handlers.set("unadvertise_action", actions.unadvertise);
    handlers.set("send_action_goal", (link, op) => {
      const finished = actions.send(link, op);
      return goalsInNewThread ? undefined : finished;
    });
    handlers.set("cancel_action_goal", actions.cancel);
    handlers.set("action_feedback", actions.feedback);
    handlers.set("action_result", actions.result);
  }

  /** Returns a promise where the client's next operation has to wait for it. */
  const handle = (link: BridgeLink, op: Op): Promise<void> | void => {
    for (const watcher of watchers) {
      if (!watcher.fits(op)) continue;
      watchers.delete(watcher);
      watcher.resolve(op);
    }
    const known = handlers.get(op.op);
    if (known !== undefined) return known(link, op);
    link.complain(
      `Unknown operation: ${op.op}. Allowed operations: advertise, publish, subscribe, call_service ...`,
      op.id,
    );
    return undefined;
  };

  const server = new WebSocketServer({
    host,
    port: options.port ?? 0,
    autoPong: false,
    maxPayload: 100 * 1024 * 1024,
    perMessageDeflate: false,
    verifyClient: () => !faults.refuseLinks,
  });
  server.on("connection", (socket) => {
    const link = createBridgeLink(socket, {
      name: `/client_${++made}`,
      version,
      maxMessageSize,
      garble: (op) => (faults.garble === undefined ? op : faults.garble(op)),
    });
    links.set(socket, link);
    if (process.frozen) link.freeze();
    const unread: Op[] = [];
    let blocked = false;
    const work = (): void => {
      while (!blocked && !process.frozen && unread.length > 0) {
        const waiting = handle(link, unread.shift() as Op);
        if (waiting === undefined) continue;
        blocked = true;
        void waiting.then(() => {
          blocked = false;
          work();
        });
      }
    };
    wake.set(socket, work);
    socket.on("message", (data) => {
      const op = parseOp(data);
      if (op === undefined) return link.complain("Unable to deserialize message from client");
      unread.push(op);
      work();
    });
    socket.on("ping", (data) => {
      if (!process.frozen) socket.pong(data);
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      // The real bridge drops what it has not read yet.
      unread.length = 0;
      links.delete(socket);
      wake.delete(socket);
      topics.leave(link);
      services.leave(link);
      actions.leave(link);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `ws://${host}:${port}`,
    faults,
    get clients() {
      return links.size;
    },
    saw: (fits) => new Promise((resolve) => void watchers.add({ fits, resolve })),
    dropLinks(fits = () => true) {
      for (const link of links.values()) if (fits(link.name)) link.close();
    },
    freeze() {
      process.frozen = true;
      for (const link of links.values()) link.freeze();
    },
    thaw() {
      process.frozen = false;
      for (const link of links.values()) link.thaw();
      for (const work of wake.values()) work();
    },
    async close() {
      for (const link of links.values()) link.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function parseOp(data: RawData): Op | undefined {
  try {
    const parsed: unknown = JSON.parse((data as Buffer).toString("utf8"));
    const isOp = typeof parsed === "object" && parsed !== null && typeof (parsed as Op).op === "string";
    return isOp ? (parsed as Op) : undefined;
  } catch {
    return undefined;
  }
}
