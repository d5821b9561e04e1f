import { parentPort } from "node:worker_threads";
import { makeShard, type ShardOrder } from "./generator/make-shard.js";

parentPort?.on("message", (order: ShardOrder) => {
  parentPort?.postMessage(makeShard(order));
});
