import { WebSocket } from "ws";
import { ControllerError } from "../../domain/errors.js";
import { createWireReader, type WireFault } from "./read-wire.js";
import type { Op, Timers } from "./ros-types.js";

/** Unsent bytes beyond which the link counts as too slow to command a robot over. */
const MAX_UNSENT_BYTES = 1024 * 1024;

export interface BridgeSocket {
  readonly isOpen: boolean;
  /** Hands the operation to the system at once. Throws `robot-disconnected` where that is not possible: nothing is kept for later. */
  send(op: Op): void;
  /** Closes without calling `onClose`. Safe to call twice. */
  close(): void;
}

export interface BridgeSocketOptions {
  /** `data` or `stop`, for messages. */
  readonly name: string;
  readonly timers: Timers;
  readonly connectTimeoutMs: number;
  /** A ping this often ... */
  readonly pingEveryMs: number;
  /** ... and the link is dead when it has been silent for this long, open or not. */
  readonly deadAfterMs: number;
  readonly onOp: (op: Op) => void;
  readonly onFault: (fault: WireFault) => void;
  /** The other side, the network or the silence ended it. */
  readonly onClose: (reason: string) => void;
}

/** Opens one connection to a rosbridge. Rejects with `robot-disconnected`, saying what was tried and what to do. */
export function openBridgeSocket(url: string, options: BridgeSocketOptions): Promise<BridgeSocket> {
  const { timers } = options;
  return new Promise((resolve, reject) => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
    } catch (cause) {
      reject(refused(url, `"${url}" is no address of a web socket`, cause));
      return;
    }
    let state: "connecting" | "open" | "closed" = "connecting";
    let heard = true;
    let silentMs = 0;
    let cancelPing = (): void => {};
    const read = createWireReader();

    const end = (reason: string, cause?: unknown): void => {
      if (state === "closed") return;
      const wasOpen = state === "open";
      state = "closed";
      cancelTimeout();
      cancelPing();
      socket.terminate();
      if (wasOpen) options.onClose(reason);
      else reject(refused(url, reason, cause));
    };
    const cancelTimeout = timers.after(options.connectTimeoutMs, () =>
      end(`no answer within ${options.connectTimeoutMs} ms`),
    );
    const ping = (): void => {
      silentMs = heard ? 0 : silentMs + options.pingEveryMs;
      heard = false;
      if (silentMs >= options.deadAfterMs) return end(`the ${options.name} link was silent for ${silentMs} ms`);
      // A bridge that hangs keeps its sockets open: only an answer shows that it lives.
      socket.ping();
      cancelPing = timers.after(options.pingEveryMs, ping);
    };

    socket.on("open", () => {
      if (state !== "connecting") return;
      state = "open";
      cancelTimeout();
      cancelPing = timers.after(options.pingEveryMs, ping);
      resolve({
        get isOpen() {
          return state === "open";
        },
        send(op) {
          if (state !== "open") throw refused(url, "the link is down");
          if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
            end(`the ${options.name} link does not take what is sent`);
            throw refused(url, "the link does not take what is sent");
          }
          socket.send(JSON.stringify(op));
        },
        close() {
          if (state === "closed") return;
          state = "closed";
          cancelPing();
          socket.close();
          // A peer that hangs never answers the closing handshake.
          timers.after(500, () => socket.terminate());
        },
      });
    });
    socket.on("message", (data, isBinary) => {
      heard = true;
      if (state !== "open") return;
      const op = read(data as Buffer, isBinary);
      if (typeof op === "string") options.onFault(op);
      else if (op !== undefined) options.onOp(op);
    });
    socket.on("pong", () => {
      heard = true;
    });
    socket.on("unexpected-response", (_request, response) =>
      end(`the server answered with HTTP ${response.statusCode}, so it is no rosbridge`),
    );
    socket.on("error", (error) => end(error.message || String((error as NodeJS.ErrnoException).code), error));
    socket.on("close", (code) => end(`the ${options.name} link was closed (code ${code})`));
  });
}

const refused = (url: string, reason: string, cause?: unknown): ControllerError =>
  new ControllerError(
    "robot-disconnected",
    `Expected a rosbridge at ${url}: ${reason}. Check the address and that rosbridge_websocket runs there.`,
    { cause, details: { url } },
  );
