import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Remote } from "../../app/launch/remote-schema.js";
import { packageVersion } from "../../app/package-root.js";
import { createHttpServer } from "../http/create-http-server.js";
import { createGate } from "../http/gate.js";
import { createMcpRoute } from "./mcp-route.js";
import { createMcpServer, type McpServerOptions } from "./create-mcp-server.js";

export interface ServeMcpOptions extends Omit<McpServerOptions, "version" | "from"> {
  readonly remote: Pick<Remote, "operators" | "defaultRole">;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Over HTTP on loopback; absent: on stdio. 0 = any free port. */
  readonly port?: number;
  readonly onServing?: (url: string) => void;
  readonly signal: AbortSignal;
}

/** Resolves when the client has left, or when the signal fires. Rejects with `port-taken`. */
export async function serveMcp(options: ServeMcpOptions): Promise<void> {
  const { port, signal, remote, env, onServing } = options;
  const left = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    // A client ends a server by closing its stdin.
    if (port === undefined) process.stdin.once("end", resolve).once("close", resolve);
    if (signal.aborted) resolve();
  });
  const create = (from: "local" | "remote") => createMcpServer({ ...options, version: packageVersion(), from });
  if (port === undefined) {
    const server = create("local");
    await server.connect(new StdioServerTransport());
    await left;
    await server.close();
    process.stdin.pause();
    return;
  }
  const mcp = createMcpRoute({ gate: createGate({ remote, env }), createServer: () => create("remote") });
  const http = await createHttpServer({ host: "127.0.0.1", port, routes: [mcp.route] });
  onServing?.(`http://127.0.0.1:${http.port}/mcp`);
  await left;
  await mcp.close();
  await http.close();
}
