import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFakeRuntime } from "../../../test/support/fake-runtime.js";
import { createSkillBench, testSkill } from "../../../test/support/skill-bench.js";
import { ok } from "../../skill-kit/index.js";
import { createHttpServer } from "../http/create-http-server.js";
import { createGate } from "../http/gate.js";
import { createMcpRoute } from "./mcp-route.js";
import { createMcpServer } from "./create-mcp-server.js";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const OPERATORS = [
  { name: "ann", role: "operator", passwordEnv: "ANN" },
  { name: "bob", role: "operator", passwordEnv: "BOB" },
  { name: "vic", role: "viewer", passwordEnv: "VIC" },
] as const;

async function start() {
  const { service } = createSkillBench([testSkill({ run: async ({ text }) => ok({ text }) })]);
  const robot = createFakeRuntime();
  const asked: string[] = [];
  const mcp = createMcpRoute({
    gate: createGate({
      remote: { operators: [...OPERATORS], defaultRole: "supervisor" },
      env: { ANN: "secret-a", BOB: "secret-b", VIC: "secret-v" },
    }),
    createServer: ({ operator }) =>
      createMcpServer({
        skills: service,
        runtime: async () => robot,
        running: () => robot,
        version: "1",
        from: "remote",
        howToReset: "Ask Ann.",
        onMission() {
          asked.push(`${operator} begins`);
          return () => void asked.push(`${operator} is done`);
        },
      }),
  });
  const http = await createHttpServer({ host: "127.0.0.1", port: 0, routes: [mcp.route] });
  closers.push(
    () => http.close(),
    () => mcp.close(),
  );
  const url = new URL(`http://127.0.0.1:${http.port}/mcp`);
  const connect = async (password: string) => {
    const client = new Client({ name: "test", version: "1" });
    const transport = new StreamableHTTPClientTransport(url, {
      requestInit: { headers: { authorization: `Bearer ${password}` } },
    });
    await client.connect(transport);
    closers.push(() => client.close());
    return { client, sessionId: transport.sessionId ?? "" };
  };
  const post = (headers: Record<string, string>) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
    });
  return { robot, asked, connect, post };
}

describe("MCP over HTTP", () => {
  it("runs skills and missions for who has a password, and says who began a mission", async () => {
    const { robot, asked, connect } = await start();
    const { client } = await connect("secret-a");

    expect(await client.callTool({ name: "echo", arguments: { text: "hi" } })).toMatchObject({
      structuredContent: { text: "hi" },
    });
    const mission = client.callTool({ name: "run_mission", arguments: { instruction: "open the drawer" } });
    await vi.waitFor(() => expect(robot.effects).toEqual(["run open the drawer"]));
    expect(asked).toEqual(["ann begins"]);
    robot.finish();

    expect(await mission).toMatchObject({ isError: false });
    expect(asked).toEqual(["ann begins", "ann is done"]);
  });

  it("keeps out who has none, who may only look, and pages of other sites", async () => {
    const { post } = await start();

    expect((await post({})).status).toBe(401);
    expect((await post({ authorization: "Bearer wrong" })).status).toBe(401);
    expect((await post({ authorization: "Bearer secret-v" })).status).toBe(403);
    expect((await post({ authorization: "Bearer secret-a", origin: "https://evil.example" })).status).toBe(403);
  });

  it("gives nobody the session of somebody else", async () => {
    const { connect, post } = await start();
    const { sessionId } = await connect("secret-a");

    const own = await post({ authorization: "Bearer secret-a", "mcp-session-id": sessionId });
    const others = await post({ authorization: "Bearer secret-b", "mcp-session-id": sessionId });

    expect([own.status, others.status]).toEqual([200, 404]);
  });

  it("stops the robot when a mission is called off, and the next one says what to do", async () => {
    const { robot, connect } = await start();
    const { client } = await connect("secret-a");
    const off = new AbortController();
    const call = { name: "run_mission", arguments: { instruction: "open the drawer" } };
    const given = vi.spyOn(robot, "run");
    const running = client.callTool(call, undefined, { signal: off.signal }).catch(() => "called off");
    await vi.waitFor(() => expect(robot.effects).toHaveLength(1));

    off.abort();

    expect(await running).toBe("called off");
    await vi.waitFor(() => expect(given.mock.calls[0][1]?.signal?.aborted).toBe(true));
    robot.finish({ outcome: "stopped", grade: "failed", code: "stopped", message: "Stopped." });
    const next = client.callTool(call);
    await vi.waitFor(() => expect(robot.effects).toHaveLength(2));
    robot.finish({ outcome: "stopped", grade: "refused", code: "stopped", message: "The robot is stopped." });
    expect(await next).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/Ask Ann\.$/u) }] });
  });
});
