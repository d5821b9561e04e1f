import { randomUUID } from "node:crypto";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Route } from "../http/create-http-server.js";
import type { Gate, Visitor } from "../http/gate.js";
import { MOST_BODY_BYTES } from "../http/skills-route.js";
import { readJsonBody } from "../http/read-body.js";
import { sayJson } from "../http/say-json.js";

/** More clients at once than this push out the oldest. */
const MOST_SESSIONS = 16;

export interface McpRouteOptions {
  readonly gate: Gate;
  /** A server for one client, which is this visitor. */
  readonly createServer: (visitor: Visitor) => Server;
}

interface Session {
  readonly transport: StreamableHTTPServerTransport;
  readonly operator: string;
}

/** `/mcp`: streamable HTTP, a session a client, and only for who began it. Pages of other sites are kept out by the gate. */
export function createMcpRoute({ gate, createServer }: McpRouteOptions): {
  readonly route: Route;
  close(): Promise<void>;
} {
  const sessions = new Map<string, Session>();

  async function open(visitor: Visitor): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized(id) {
        sessions.set(id, { transport, operator: visitor.operator });
        const [[oldest, first]] = sessions;
        if (sessions.size <= MOST_SESSIONS) return;
        sessions.delete(oldest);
        void first.transport.close();
      },
    });
    transport.onclose = () => {
      if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
    };
    await createServer(visitor).connect(transport);
    return transport;
  }

  return {
    async route(request, url, response) {
      if (url.pathname !== "/mcp") return false;
      const visitor = gate.admit(request, response, "operator");
      if (visitor === undefined) return true;
      const id = request.headers["mcp-session-id"];
      const session = typeof id === "string" ? sessions.get(id) : undefined;
      const known = session?.operator === visitor.operator ? session.transport : undefined;
      if (id !== undefined && known === undefined) {
        sayJson(response, 404, { jsonrpc: "2.0", id: null, error: { code: -32001, message: "Session not found" } });
        return true;
      }
      if (request.method !== "POST") {
        if (known !== undefined) await known.handleRequest(request, response);
        else sayJson(response, 405, { code: "bad-input", message: "Begin with POST." }, { allow: "POST" });
        return true;
      }
      const body = await readJsonBody(request, MOST_BODY_BYTES);
      if (!body.ok)
        sayJson(response, body.status, { code: "bad-input", message: body.message }, { connection: "close" });
      else await (known ?? (await open(visitor))).handleRequest(request, response, body.json);
      return true;
    },
    async close() {
      const all = [...sessions.values()];
      sessions.clear();
      for (const { transport } of all) await transport.close();
    },
  };
}
