import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ControllerError } from "../../src/domain/errors.js";
import { spawnWorker } from "../../src/ports/spawn-worker.js";
import { VIEWS_PER_SCENE, type ShardOrder } from "./generator/make-shard.js";
import { sceneSeed, SPLIT_SEEDS, type Split } from "./generator/splits.js";

const SCENES_PER_SHARD = 50;

/** Shards that hold at least `pictures` pictures of a split, in order of their seeds. Throws before anything is written. */
export function planShards(split: Split, pictures: number, folder: string): readonly ShardOrder[] {
  const scenes = Math.ceil(pictures / VIEWS_PER_SCENE);
  sceneSeed(split, scenes - 1);
  const orders: ShardOrder[] = [];
  for (let first = 0; first < scenes; first += SCENES_PER_SHARD) {
    const name = `shard-${String(first / SCENES_PER_SHARD).padStart(4, "0")}`;
    orders.push({
      folder: join(folder, split, name),
      split,
      firstScene: first,
      scenes: Math.min(SCENES_PER_SHARD, scenes - first),
    });
  }
  return orders;
}

async function run(orders: readonly ShardOrder[], workers: number): Promise<void> {
  const left = orders.filter(({ folder }) => !existsSync(join(folder, "shard.json")));
  let done = orders.length - left.length;
  const work = async (): Promise<void> => {
    const worker = spawnWorker(import.meta.url, "./generate-worker.js");
    for (let order = left.shift(); order; order = left.shift()) {
      rmSync(order.folder, { recursive: true, force: true });
      worker.postMessage(order);
      await once(worker, "message");
      done++;
      process.stderr.write(`${order.folder}: ${done} of ${orders.length}\n`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(workers, left.length) }, work));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      split: { type: "string", default: "train" },
      pictures: { type: "string", default: "15000" },
      out: { type: "string", default: ".data/eyes" },
      workers: { type: "string", default: "2" },
    },
  });
  if (!(values.split in SPLIT_SEEDS)) {
    throw new ControllerError(
      "bad-input",
      `Expected --split ${Object.keys(SPLIT_SEEDS).join("|")}; found "${values.split}".`,
    );
  }
  await run(planShards(values.split as Split, Number(values.pictures), resolve(values.out)), Number(values.workers));
}

if (process.argv[1] === import.meta.filename) await main();
