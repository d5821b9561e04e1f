import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: resolve(import.meta.dirname, "../../../dist/dashboard"),
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 800,
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
