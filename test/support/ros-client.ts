import { WebSocket } from "ws";
import type { Op } from "./rosbridge/index.js";

/** A client of a rosbridge that remembers what it got, and waits for more. */
export interface RosClient {
  say(...ops: Op[]): void;
  /** Resolves with the first operation that fits, among those that came and those to come. */
  next(fits: (op: Op) => boolean): Promise<Op>;
  /** The next message of a topic from now on. */
  message(topic: string): Promise<Record<string, unknown>>;
  close(): void;
}

export async function joinRosbridge(url: string): Promise<RosClient> {
  const socket = new WebSocket(url);
  const got: Op[] = [];
  const waiting = new Set<{ fits: (op: Op) => boolean; resolve: (op: Op) => void }>();
  socket.on("message", (data) => {
    const op = JSON.parse((data as Buffer).toString()) as Op;
    if (op.op !== "publish") got.push(op);
    for (const waiter of waiting) {
      if (!waiter.fits(op)) continue;
      waiting.delete(waiter);
      waiter.resolve(op);
    }
  });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const wait = (fits: (op: Op) => boolean): Promise<Op> =>
    new Promise((resolve) => void waiting.add({ fits, resolve }));
  return {
    say: (...ops) => ops.forEach((op) => socket.send(JSON.stringify(op))),
    next: (fits) => {
      const found = got.find(fits);
      return found === undefined ? wait(fits) : Promise.resolve(found);
    },
    message: async (topic) =>
      (await wait((op) => op.op === "publish" && op.topic === topic)).msg as Record<string, unknown>,
    close: () => socket.terminate(),
  };
}
