import type { IncomingMessage, Server as HttpServer } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { Aedes, type Client } from "aedes";
import { createWebSocketStream, WebSocketServer } from "ws";
import { ControllerError } from "../../domain/errors.js";
import type { InboundPacket } from "../../ports/message-link.js";
import { limitPackets } from "./limit-packets.js";

/** What a login may do. Asked for every message, so it has to be quick. */
export interface BrokerRules {
  /** Whether the login is good. `username` is undefined for somebody who gives none. */
  readonly mayConnect: (username: string | undefined, password: string | undefined) => boolean;
  /** `pass` on, `retained`: to the robot alone, as a message that must not be carried out; `drop`. */
  readonly judge: (username: string | undefined, packet: InboundPacket) => "pass" | "retained" | "drop";
  readonly mayRead: (username: string | undefined, filter: string) => boolean;
  /** Topics of which the newest message counts alone: left out for readers who fall behind. */
  readonly isStream: (topic: string) => boolean;
}

export interface BrokerOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly rules: BrokerRules;
  /** Gets what `judge` calls `retained`. */
  readonly onRetained: (packet: InboundPacket) => void;
}

export interface Broker {
  readonly port: number;
  readonly clients: number;
  /** Stream messages left out for slow readers so far. */
  readonly leftOut: number;
  /** Serves MQTT over WebSocket on `path` of an HTTP server. */
  attach(server: HttpServer, path: string, mayOpen?: (request: IncomingMessage) => boolean): void;
  close(): Promise<void>;
}

const MOST_PACKET_BYTES = 5 * 1024 * 1024;
/** A reader with this much unread is behind. */
const BEHIND_BYTES = 256 * 1024;
/** One reader that hangs holds up everybody for at most this long. */
const DRAIN_TIMEOUT_MS = 5_000;

interface Line {
  readonly unread: () => number;
}

/** An MQTT 3.1.1 broker in this process. Rejects with `port-taken`. */
export async function createBroker({ host, port, rules, onRetained }: BrokerOptions): Promise<Broker> {
  const aedes = await Aedes.createBroker({ drainTimeout: DRAIN_TIMEOUT_MS, concurrency: 100 });
  const names = new WeakMap<Client, string | undefined>();
  const lines = new WeakMap<object, Line>();
  const sockets = new Set<{ destroy(): void }>();
  let leftOut = 0;

  aedes.authenticate = (client, username, password, done) => {
    const isGood = rules.mayConnect(username, password?.toString());
    if (isGood) names.set(client, username);
    done(null, isGood);
  };
  aedes.authorizePublish = (client, packet, done) => {
    if (client === null) return done(null);
    const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
    const inbound = { topic: packet.topic, payload, retain: packet.retain };
    const verdict = rules.judge(names.get(client), inbound);
    if (verdict !== "pass") {
      if (verdict === "retained") onRetained({ ...inbound, payload: Uint8Array.from(payload) });
      // An error would close the line; the message goes where nobody reads.
      packet.topic = "$dropped";
      packet.payload = Buffer.alloc(0);
      packet.retain = false;
    }
    done(null);
  };
  aedes.authorizeSubscribe = (client, subscription, done) =>
    done(null, rules.mayRead(names.get(client), subscription.topic) ? subscription : null);
  aedes.authorizeForward = (client, packet) => {
    if (!rules.isStream(packet.topic)) return packet;
    const unread = lines.get(client.conn)?.unread() ?? 0;
    if (unread <= BEHIND_BYTES) return packet;
    leftOut++;
    return null;
  };

  const serve = (line: Duplex, unread: () => number, request?: IncomingMessage): void => {
    const limited = limitPackets(MOST_PACKET_BYTES);
    const conn = Duplex.from({ readable: line.pipe(limited), writable: line });
    lines.set(conn, { unread: () => conn.writableLength + unread() });
    limited.on("error", () => line.destroy());
    line.on("error", () => conn.destroy());
    conn.on("error", () => line.destroy());
    line.on("close", () => conn.destroy());
    sockets.add(line);
    line.on("close", () => sockets.delete(line));
    aedes.handle(conn, request);
  };

  const tcp = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    serve(socket, () => socket.writableLength);
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once("error", (cause: NodeJS.ErrnoException) => reject(portTaken(host, port, cause)));
    tcp.listen(port, host, resolve);
  }).catch(async (error: unknown) => {
    await new Promise<void>((resolve) => aedes.close(resolve));
    throw error;
  });
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_PACKET_BYTES + 16,
    handleProtocols: (offered) => (offered.has("mqtt") ? "mqtt" : false),
  });

  return {
    port: (tcp.address() as AddressInfo).port,
    get clients() {
      return aedes.connectedClients;
    },
    get leftOut() {
      return leftOut;
    },
    attach(server, path, mayOpen = () => true) {
      server.on("upgrade", (request, socket, head) => {
        if (new URL(request.url ?? "/", "http://localhost").pathname !== path || !mayOpen(request)) {
          socket.destroy();
          return;
        }
        webSockets.handleUpgrade(request, socket, head, (webSocket) => {
          const line = createWebSocketStream(webSocket);
          serve(line, () => line.writableLength + webSocket.bufferedAmount, request);
        });
      });
    },
    async close() {
      webSockets.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => tcp.close(() => resolve()));
    },
  };
}

function portTaken(host: string, port: number, cause: NodeJS.ErrnoException): ControllerError {
  const why = cause.code === "EADDRINUSE" ? "another program uses it" : cause.message;
  return new ControllerError(
    "port-taken",
    `The MQTT broker cannot listen on ${host}:${port}: ${why}. Name another --mqtt-port.`,
    {
      cause,
    },
  );
}
