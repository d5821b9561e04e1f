import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import type { Route } from "./create-http-server.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wav": "audio/wav",
};

/** The page may run its own scripts, show pictures that it was sent, and talk to this server; nothing else. */
const POLICY =
  "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' ws: wss:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** Files of a folder, `index.html` at `/`. Nothing outside it, whatever the address says. */
export const staticFilesRoute =
  (folder: string): Route =>
  async (request, url, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    let name: string;
    try {
      name = decodeURIComponent(url.pathname);
    } catch {
      return false;
    }
    const path = normalize(join(folder, name === "/" ? "index.html" : name));
    if (!path.startsWith(folder + sep) || name.includes("\0")) return false;
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) return false;
    response.writeHead(200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "content-length": found.size,
      "cache-control": /-[\w-]{8}\.\w+$/.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    if (request.method === "HEAD") response.end();
    else
      createReadStream(path)
        .on("error", () => response.destroy())
        .pipe(response);
    return true;
  };
