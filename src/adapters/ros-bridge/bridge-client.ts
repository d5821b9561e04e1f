import type { WebSocket } from "ws";
import type { BridgeClient, Op } from "./rosbridge.types.js";

/** Bytes that a client may leave unread before its subscriptions hold messages back. */
const UNREAD_BYTES = 256 * 1024;

export interface BridgeLink extends BridgeClient {
  /** Nothing goes out until `thaw`, as from a process that was stopped. */
  freeze(): void;
  thaw(): void;
  close(): void;
}

/** One client's socket: operations in order, messages of subscriptions in queues of bounded length. */
export function createBridgeLink(
  socket: WebSocket,
  options: {
    readonly name: string;
    readonly version: 1 | 2;
    readonly maxMessageSize: number;
    /** A last look at each operation; a text goes out as it is, undefined not at all. */
    readonly garble: (op: Op) => Op | string | undefined;
  },
): BridgeLink {
  const queues = new Map<string, (string | Uint8Array)[]>();
  const frozen: (string | Uint8Array)[] = [];
  let isFrozen = false;
  let fragments = 0;

  const transmit = (wire: string | Uint8Array): void => {
    if (isFrozen) frozen.push(wire);
    else if (socket.readyState === socket.OPEN) socket.send(wire, drain);
  };
  const drain = (): void => {
    for (const [key, queue] of queues) {
      if (socket.bufferedAmount > UNREAD_BYTES) return;
      const wire = queue.shift();
      if (queue.length === 0) queues.delete(key);
      if (wire !== undefined) transmit(wire);
    }
  };
  const inPieces = (wire: string): void => {
    if (wire.length <= options.maxMessageSize) return transmit(wire);
    const total = Math.ceil(wire.length / options.maxMessageSize);
    const id = String(++fragments);
    for (let num = 0; num < total; num++) {
      const data = wire.slice(num * options.maxMessageSize, (num + 1) * options.maxMessageSize);
      transmit(JSON.stringify({ op: "fragment", id, data, num, total }));
    }
  };

  const link: BridgeLink = {
    name: options.name,
    send(op) {
      const sent = options.garble(op);
      if (sent !== undefined) inPieces(typeof sent === "string" ? sent : JSON.stringify(sent));
    },
    sendMessage(wire, { key, queueLength }) {
      if (queueLength > 0 && (isFrozen || socket.bufferedAmount > UNREAD_BYTES)) {
        const queue = queues.get(key) ?? [];
        queue.push(wire);
        if (queue.length > queueLength) queue.shift();
        queues.set(key, queue);
      } else if (typeof wire === "string") inPieces(wire);
      else transmit(wire);
    },
    complain(msg, id) {
      if (options.version === 2) link.send({ op: "status", level: "error", msg, ...(id === undefined ? {} : { id }) });
    },
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
      for (const wire of frozen.splice(0)) transmit(wire);
      drain();
    },
    close: () => socket.terminate(),
  };
  return link;
}
