import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, it, vi } from "vitest";
import { createOperator } from "../support/operator.js";
import { ROOT, runCli } from "../support/run-cli.js";
import { startServe } from "../support/serve-cli.js";

const GUIDE = readFileSync(join(ROOT, "docs/guide/skills-reach.md"), "utf8");
const MAIN = join(ROOT, "dist/src/transports/cli/main.js");
const SOON = { timeout: 120_000 };

/** Commands of one kind of block, one a line. */
function commands(kind: string): readonly string[] {
  const [, block] = new RegExp(`\`\`\`sh ${kind}\\n([^]*?)\`\`\``).exec(GUIDE) ?? [];
  if (block === undefined) throw new Error(`The guide has no block of ${kind}.`);
  return block.trim().split("\n");
}
/** A command line as a shell reads it, as far as the guide's go. */
const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

/** A curl command of the guide as a request. */
function requestOf(line: string, url: string): [string, RequestInit] {
  const given = words(line.replace("$URL", url));
  const after = (flag: string): string[] => given.flatMap((word, index) => (given[index - 1] === flag ? [word] : []));
  const headers = Object.fromEntries(after("-H").map((header) => header.split(": ") as [string, string]));
  const [body] = after("-d");
  return [given.at(-1) ?? "", { headers, ...(body === undefined ? {} : { method: "POST", body }) }];
}

describe("the guide to reaching skills", { timeout: 180_000 }, () => {
  it.each(commands("run"))("runs %s", async (line) => {
    const run = await runCli(words(line).slice(1));

    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain(
      line.includes("--describe") ? "Input" : line.includes("--input") ? "by onboard" : "caption",
    );
  });

  it("asks over HTTP and MQTT as it says", async () => {
    const serving = await startServe();
    try {
      for (const line of commands("http")) {
        const [address, init] = requestOf(line, serving.http);
        const response = await fetch(address, init);
        const text = await response.text();
        expect({ line, status: response.status, text }).toMatchObject({ status: 200 });
        expect(text).toContain(line.includes("event-stream") ? 'event: response\ndata: {"ok":true' : "{");
      }
      const operator = await createOperator({ url: serving.mqtt, name: "ann" });
      const answers: Record<string, unknown>[] = [];
      operator.client.on("message", (topic, payload) => {
        if (topic.endsWith("/skill/caption/response"))
          answers.push(JSON.parse(payload.toString()) as Record<string, unknown>);
      });
      await operator.client.subscribeAsync("handeye/sim-1/skill/+/response");
      const now = Date.now();
      const published = commands("mqtt").filter((line) => line.startsWith("mosquitto_pub"));
      const [[topic, message], [cancel]] = published.map((line) => [words(line)[2], words(line)[4]]);
      await operator.client.publishAsync(
        topic,
        message.replace("$NOW", new Date(now).toISOString()).replace("$SOON", new Date(now + 10_000).toISOString()),
      );
      await vi.waitFor(() => expect(answers).toMatchObject([{ id: "q1", ok: true, servedBy: "onboard" }]), SOON);
      expect(cancel).toBe("handeye/sim-1/skill/caption/cancel");
      await operator.close();
    } finally {
      await serving.end();
    }
  });

  it("has a configuration with which a client starts the server", async () => {
    const [, block = ""] = /```json mcp\n([^]*?)```/.exec(GUIDE) ?? [];
    const { mcpServers } = JSON.parse(block) as { mcpServers: { handeye: { command: string; args: string[] } } };
    const { command, args } = mcpServers.handeye;
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [MAIN, ...args], cwd: ROOT }));

    const { tools } = await client.listTools();
    await client.close();

    expect(command).toBe("handeye");
    expect(tools.map(({ name }) => name)).toContain("run_mission");
  });

  it("names every status that skills over HTTP answer with", () => {
    const source = readFileSync(join(ROOT, "src/transports/http/skill-status.ts"), "utf8");
    const named = [...source.matchAll(/: (\d{3}),/g)].map(([, status]) => status);

    const missing = named.filter((status) => !["500", "507"].includes(status) && !GUIDE.includes(status));
    expect(named.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });
});
