import { createReadStream } from "node:fs";
import type { ArtefactShelf } from "../../app/skills/artefact-shelf.js";
import type { Route } from "./create-http-server.js";
import type { Gate } from "./gate.js";
import { sayJson } from "./say-json.js";

/** What a page may show; anything else is only ever saved. */
const SHOWN = /^(image\/(png|jpeg|webp|gif)|video\/mp4|audio\/(wav|mpeg|flac|ogg))$/;
const TEXT = /^(text\/|application\/json$)/;

/**
 * `GET /artefacts` and `GET /artefacts/<run>/<name>`: what skills have made. Media that a model made up carries
 * `handeye-generated: true`. A page among them runs nothing and reaches nothing of this server.
 */
export const artefactsRoute =
  ({ artefacts, gate }: { readonly artefacts: Pick<ArtefactShelf, "list" | "find">; readonly gate: Gate }): Route =>
  async (request, url, response) => {
    const path = url.pathname.replace(/\/$/, "");
    if (path !== "/artefacts" && !path.startsWith("/artefacts/")) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      sayJson(response, 405, { code: "bad-input", message: "Expected GET." }, { allow: "GET, HEAD" });
      return true;
    }
    if (gate.admit(request, response, "viewer") === undefined) return true;
    if (path === "/artefacts") {
      sayJson(response, 200, { artefacts: await artefacts.list() });
      return true;
    }
    const [, , run = "", name = "", more] = path.split("/").map(decoded);
    const found = more === undefined ? await artefacts.find(run, name) : undefined;
    if (found === undefined) {
      sayJson(response, 404, { code: "not-found", message: `There is no artefact at ${url.pathname}.` });
      return true;
    }
    const { mediaType, bytes, recipe, sha256 } = found;
    const range = rangeOf(request.headers.range, bytes);
    if (range === "unsatisfiable") {
      sayJson(
        response,
        416,
        { code: "bad-input", message: `It has ${bytes} bytes.` },
        { "content-range": `bytes */${bytes}` },
      );
      return true;
    }
    const { start, end } = range ?? { start: 0, end: bytes - 1 };
    response.writeHead(range === undefined ? 200 : 206, {
      "content-type": TEXT.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType,
      "content-length": end - start + 1,
      "accept-ranges": "bytes",
      ...(range === undefined ? {} : { "content-range": `bytes ${start}-${end}/${bytes}` }),
      "content-disposition": `${SHOWN.test(mediaType) || mediaType === "text/html" ? "inline" : "attachment"}; filename="${found.name}"`,
      "content-security-policy":
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, max-age=86400, immutable",
      etag: `"${sha256}"`,
      ...(recipe.generated === true ? { "handeye-generated": "true" } : {}),
    });
    if (request.method === "HEAD") response.end();
    else
      createReadStream(found.path, { start, end })
        .on("error", () => response.destroy())
        .pipe(response);
    return true;
  };

/** Players of video ask for parts. Only one part is ever sent; undefined: all of it. */
function rangeOf(
  header: string | undefined,
  bytes: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return undefined;
  const start = match[1] === "" ? Math.max(0, bytes - Number(match[2])) : Number(match[1]);
  const end = match[1] === "" || match[2] === "" ? bytes - 1 : Math.min(bytes - 1, Number(match[2]));
  return start > end || start >= bytes ? "unsatisfiable" : { start, end };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No name has it.
    return "%";
  }
}
