import { mkdtempSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createOperator } from "../support/operator.js";
import { ORACLE, ROOT } from "../support/run-cli.js";
import { startServe } from "../support/serve-cli.js";

const MAIN = join(ROOT, "dist/src/transports/cli/main.js");
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const env = (): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  NO_COLOR: "1",
  XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "handeye-state-")),
});
/** Robots are slow for clients that wait a minute at most. */
const LONG = { timeout: 120_000 };

async function onStdio(args: readonly string[] = []) {
  const client = new Client({ name: "test", version: "1" });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [MAIN, "mcp", ...ORACLE, ...args],
    cwd: ROOT,
    env: env(),
    stderr: "pipe",
  });
  const trouble: string[] = [];
  // The SDK's client reads an answer at once and the progress before it, where both come together, a moment later.
  client.onerror = ({ message }) => {
    if (!message.startsWith("Received a progress notification for an unknown token")) trouble.push(message);
  };
  await client.connect(transport);
  closers.push(() => client.close());
  return { client, trouble };
}

describe("handeye mcp", { timeout: 180_000 }, () => {
  it("tells what it sees and runs a mission to its verified end, and stdout has nothing but the protocol", async () => {
    const { client, trouble } = await onStdio();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(["caption", "run_mission"]));

    const caption = await client.callTool({ name: "caption", arguments: {} }, undefined, LONG);
    expect(caption).toMatchObject({ structuredContent: { picture: "head camera" } });
    const steps: string[] = [];
    const mission = await client.callTool(
      { name: "run_mission", arguments: { instruction: "open the left drawer" } },
      undefined,
      { ...LONG, onprogress: ({ message = "" }) => steps.push(message) },
    );

    expect(mission).toMatchObject({ isError: false, structuredContent: { outcome: "done", grade: "verified" } });
    expect(steps.some((step) => step.startsWith("Step 1: open("))).toBe(true);
    const state = await client.callTool({ name: "robot_state", arguments: {} });
    expect(state).toMatchObject({ structuredContent: { kind: "sim", safety: "nominal", approve: "auto" } });
    expect(trouble).toEqual([]);
  });

  it("does not move where a person has to approve, for nobody is there who could", async () => {
    const { client } = await onStdio(["--approve", "always"]);

    const mission = await client.callTool(
      { name: "run_mission", arguments: { instruction: "open the left drawer" } },
      undefined,
      LONG,
    );

    expect(mission).toMatchObject({ isError: true, structuredContent: { code: "not-approved" } });
    const { structuredContent } = mission as unknown as { structuredContent: { receipts: { grade: string }[] } };
    expect(structuredContent.receipts.map(({ grade }) => grade)).not.toContain("verified");
  });

  it("serves over HTTP on loopback, and not to pages of other sites", async () => {
    const child = spawn(process.execPath, [MAIN, "mcp", "--http", "--port", "0", ...ORACLE], { cwd: ROOT, env: env() });
    const exit = once(child, "exit");
    closers.push(() => (child.kill("SIGTERM"), exit));
    let stdout = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    const url = await new Promise<string>((resolve) =>
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        const [found] = /http:\S+/.exec(text) ?? [];
        if (found !== undefined) resolve(found);
      }),
    );
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    closers.push(() => client.close());

    const { tools } = await client.listTools();
    const foreign = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://evil.example" },
      body: "{}",
    });
    const lost = await fetch(url, { method: "POST", headers: { "mcp-session-id": "x" }, body: "{}" });

    expect(new URL(url).hostname).toBe("127.0.0.1");
    expect(tools.map(({ name }) => name)).toContain("stop_robot");
    expect([foreign.status, lost.status]).toEqual([403, 404]);
    expect(stdout).toBe("");
  });

  it("is part of `handeye serve`, where people approve what a program asks for, and the program cannot", async () => {
    const serving = await startServe([...ORACLE, "--approve", "always"]);
    closers.push(() => serving.end());
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${serving.http}/mcp`)));
    closers.push(() => client.close());
    const [program, bob] = await Promise.all(
      // Without logins whoever comes over HTTP goes by this name.
      ["http", "bob"].map((name) => createOperator({ url: serving.mqtt, name })),
    );
    closers.push(() => Promise.all([program.close(), bob.close()]));

    const mission = client.callTool(
      { name: "run_mission", arguments: { instruction: "open the left drawer" } },
      undefined,
      LONG,
    );
    const [card] = await vi.waitFor(() => {
      const waiting = bob.on("approval/request").filter((each) => each["waiting"] === true);
      expect(waiting).toHaveLength(1);
      return waiting;
    }, LONG);
    const word = { requestId: card["id"], digest: card["digest"], decision: "approved" };
    const own = await program.send("approval/response", word);
    await vi.waitFor(
      () => expect(bob.on("response")).toContainEqual(expect.objectContaining({ id: own, code: "own-request" })),
      LONG,
    );
    const second = await client.callTool({ name: "run_mission", arguments: { instruction: "look left" } });
    await bob.send("approval/response", word);

    expect(second).toMatchObject({ isError: true, _meta: { "handeye/code": "busy" } });
    expect(await mission).toMatchObject({ structuredContent: { outcome: "done", grade: "verified" } });

    await client.callTool({ name: "stop_robot", arguments: {} });
    const stopped = await client.callTool({ name: "run_mission", arguments: { instruction: "look left" } });
    expect(stopped).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^stopped: .*A person resets it on the dashboard\.$/u) }],
      _meta: { "handeye/code": "stopped" },
    });
  });
});
