import { randomUUID } from "node:crypto";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { leavesMachine } from "../../../adapters/model-link/index.js";
import { decodePicture } from "../../../adapters/picture/decode-picture.js";
import type { VectorStoreConfig } from "../../../adapters/vector-store/config-schema.js";
import { ControllerError } from "../../../domain/errors.js";
import { createRandom } from "../../../domain/random.js";
import type { FinderOptions } from "../../../memory/index.js";
import type { PictureFinder, VectorStore } from "../../../ports/picture-memory.js";
import type { FindEntry } from "../../launch/skills/find-schema.js";
import { modelFolder } from "../../model-folder.js";
import type { BackendDeps, BackendTable } from "../backend-kind.js";
import { picturesDir } from "../scene-memory.js";
import { imageFor } from "./model-server.js";
import { checkFolder } from "./transformers.js";

/** Who can search what was seen. */
export const findBackends: BackendTable<FindEntry, PictureFinder> = {
  onboard: {
    description: "Full text over what the on-board eyes saw, English and Chinese, and how pictures look from afar.",
    example: { type: "onboard" },
    open: async (_config, deps) => ({ port: await finder(deps), close: async () => undefined }),
  },
  clip: {
    description:
      "The on-board search and, fused with it, vectors of a CLIP; they are kept in files, Qdrant or PostgreSQL.",
    example: { type: "clip", modelDir: "clip-vit-base-patch32" },
    leavesMachine({ store }) {
      if (store.type === "qdrant") return leavesMachine(store.baseUrl);
      return store.type === "pgvector" && leavesMachine(store.url);
    },
    check: (config, deps) => checkFolder(config, deps) ?? checkSecret(config.store, deps),
    async open(config, deps) {
      const { createClip } = await import("../../../adapters/open-weights/index.js");
      const store = await openStore(config.store, config.modelDir, deps);
      const embedder = await createClip({
        modelDir: modelFolder(config.modelDir, deps.launch),
        providers: config.providers,
        onFallback: ({ model, from, to, reason }) =>
          deps.onNote("warning", `${model} runs on ${to}: ${from} cannot be had (${reason})`),
      }).catch(async (error: unknown) => {
        await store.close();
        throw error;
      });
      return {
        port: await finder(deps, { embedder, store }),
        async close() {
          await embedder.close();
          await store.close();
        },
      };
    },
  },
};

async function finder({ keepDir, launch }: BackendDeps, vectors?: FinderOptions["vectors"]): Promise<PictureFinder> {
  const [{ createFinder }, { createTextIndex }, { createPictureFolder }] = await Promise.all([
    import("../../../memory/index.js"),
    import("../../../adapters/text-index/index.js"),
    import("../../../adapters/picture-memory/index.js"),
  ]);
  return createFinder({
    store: createPictureFolder({ folder: picturesDir(keepDir), most: launch.skills.find.most }),
    index: createTextIndex(),
    newId: randomUUID,
    encode: imageFor,
    decode: (jpeg) => decodePicture(jpeg),
    ...(vectors === undefined ? {} : { vectors }),
  });
}

const secretOf = (store: VectorStoreConfig): string | undefined =>
  store.type === "folder" ? undefined : store.type === "qdrant" ? store.apiKeyEnv : store.passwordEnv;

function checkSecret(store: VectorStoreConfig, { env }: BackendDeps): string | undefined {
  const name = secretOf(store);
  return name === undefined || (env[name] ?? "") !== ""
    ? undefined
    : `Its secret is taken from the environment variable ${name}, which is not set.`;
}

async function openStore(store: VectorStoreConfig, modelDir: string, deps: BackendDeps): Promise<VectorStore> {
  const missing = checkSecret(store, deps);
  if (missing !== undefined) throw new ControllerError("bad-launch-file", missing);
  const { createPgvector, createQdrant, createVectorFolder } = await import("../../../adapters/vector-store/index.js");
  const secret = deps.env[secretOf(store) ?? ""];
  switch (store.type) {
    case "folder":
      // Vectors of different models have nothing to do with each other.
      return createVectorFolder({ folder: join(deps.keepDir, `vectors-${basename(modelDir)}`) });
    case "qdrant":
      return createQdrant({
        baseUrl: store.baseUrl,
        collection: store.collection,
        timeoutMs: store.timeoutS * 1000,
        maxRetries: store.maxRetries,
        fetch: globalThis.fetch,
        delay: (ms, { signal }) => delay(ms, undefined, { signal }),
        // Only spreads retries in time.
        random: createRandom(process.pid),
        ...(secret === undefined ? {} : { apiKey: secret }),
      });
    case "pgvector":
      return createPgvector({
        url: store.url,
        table: store.table,
        timeoutMs: store.timeoutS * 1000,
        ...(secret === undefined ? {} : { password: secret }),
      });
  }
}
