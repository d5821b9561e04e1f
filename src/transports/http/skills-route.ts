import type { IncomingMessage, ServerResponse } from "node:http";
import type { SkillService } from "../../app/skills/skill-service.js";
import type { Route } from "./create-http-server.js";
import type { Gate, Visitor } from "./gate.js";
import { readJsonBody } from "./read-body.js";
import { sayJson } from "./say-json.js";
import { statusOf } from "./skill-status.js";

export interface SkillsRouteOptions {
  readonly skills: SkillService;
  readonly gate: Gate;
  readonly robot: string;
  /** Why a skill that moves the robot may not run now for somebody: another drives it, it is stopped ... */
  readonly mayMove?: (visitor: Visitor) => { readonly code: string; readonly message: string } | undefined;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly response: ServerResponse;
  readonly visitor: Visitor;
}

/** Pictures and sounds come as base64 in the input. */
export const MOST_BODY_BYTES = 64 * 1024 * 1024;
const PATH = /^\/skills(?:\/([^/]*))?\/?$/;

/**
 * `GET /skills`, `GET /skills/<name>`, and `POST /skills/<name>`, whose body is the skill's input. With `Accept: text/event-stream` the
 * answer is a stream: `progress` events, then one `response`. A client that goes away calls its run off.
 */
export const skillsRoute = (options: SkillsRouteOptions): Route => {
  const { skills, gate, robot } = options;

  async function list(name: string | undefined, response: ServerResponse): Promise<void> {
    const listings = await skills.list();
    if (name === undefined) return sayJson(response, 200, { robot, skills: listings });
    const one = listings.find((each) => each.name === name);
    if (one !== undefined) return sayJson(response, 200, one);
    const message = `There is no skill "${name}". There are: ${listings.map((each) => each.name).join(", ")}.`;
    sayJson(response, 404, { code: "unknown-skill", message });
  }

  async function run(name: string, { request, url, response, visitor }: Asked): Promise<void> {
    const type = request.headers["content-type"]?.split(";")[0].trim().toLowerCase();
    // A form of another site can send every other kind without asking first.
    if (type !== "application/json") {
      return sayJson(response, 415, { code: "bad-input", message: "Expected content-type: application/json." });
    }
    const body = await readJsonBody(request, MOST_BODY_BYTES);
    if (!body.ok) {
      const code = body.status === 413 ? "too-large" : "bad-input";
      return sayJson(response, body.status, { code, message: body.message }, { connection: "close" });
    }
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const isStream = /\btext\/event-stream\b/i.test(request.headers.accept ?? "");
    const backend = url.searchParams.get("backend");
    const tell = (event: string, data: unknown): void =>
      void (response.destroyed || response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
    if (isStream) {
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      response.flushHeaders();
    }
    const answer = await skills.run(
      name,
      { input: body.json, ...(backend === null ? {} : { backend }) },
      {
        signal: gone.signal,
        from: "remote",
        mayMove: () => options.mayMove?.(visitor),
        ...(isStream ? { onProgress: (progress) => tell("progress", progress) } : {}),
      },
    );
    if (response.destroyed) return;
    if (!isStream) {
      return sayJson(
        response,
        statusOf(answer),
        answer,
        !answer.ok && answer.code === "busy" ? { "retry-after": "1" } : {},
      );
    }
    tell("response", answer);
    response.end();
  }

  return async (request, url, response) => {
    const match = PATH.exec(url.pathname);
    if (match === null) return false;
    const name = match[1] === "" ? undefined : match[1];
    const { method } = request;
    const allowed = name === undefined ? ["GET", "HEAD"] : ["GET", "HEAD", "POST"];
    if (method === undefined || !allowed.includes(method)) {
      sayJson(
        response,
        405,
        { code: "bad-input", message: `Expected ${allowed.join(" or ")}.` },
        { allow: allowed.join(", ") },
      );
      return true;
    }
    const visitor = gate.admit(request, response, method === "POST" ? "operator" : "viewer");
    if (visitor === undefined) return true;
    if (method === "POST" && name !== undefined) await run(name, { request, url, response, visitor });
    else await list(name, response);
    return true;
  };
};
