import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Runtime } from "../../app/runtime.js";
import { fail, ok } from "../../skill-kit/index.js";
import { createFakeRuntime } from "../../../test/support/fake-runtime.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { createSkillBench, testSkill, type TestSkill } from "../../../test/support/skill-bench.js";
import { SKILLS } from "../../app/skills/skills.js";
import { createMcpServer, type McpServerOptions } from "./create-mcp-server.js";

const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
const echo: TestSkill["run"] = async ({ text }) => ok({ text });

async function start(entries = [testSkill({ run: echo })], options: Partial<McpServerOptions> = {}) {
  const bench = createSkillBench(entries);
  const robot = createFakeRuntime();
  const server = createMcpServer({
    skills: bench.service,
    runtime: async () => robot,
    running: () => robot,
    version: "1",
    from: "local",
    howToReset: "Ask Ann.",
    ...options,
  });
  const client = new Client({ name: "test", version: "1" });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(there), client.connect(here)]);
  clients.push(client);
  return { ...bench, client, robot };
}

describe("skills over MCP", () => {
  it("are tools with their schemas, those that are switched off not", async () => {
    const { client } = await start([
      ...SKILLS,
      testSkill({ run: echo }),
      testSkill({ name: "off", enabled: false, run: echo }),
    ]);

    const { tools } = await client.listTools();

    const names = tools.map(({ name }) => name);
    for (const { skill } of SKILLS) expect(names).toContain(skill.name);
    expect(names).toEqual(expect.arrayContaining(["echo", "run_mission", "stop_robot", "robot_state"]));
    expect(names).not.toContain("off");
    expect(tools.find(({ name }) => name === "echo")).toMatchObject({
      description: "Says what it is given, as echo.",
      inputSchema: { type: "object", properties: { text: { type: "string" } } },
      outputSchema: { type: "object", required: ["text"] },
    });
  });

  it("give their output as structured content, which fits the schema that the client holds it to", async () => {
    const { client } = await start();
    await client.listTools();

    const result = await client.callTool({ name: "echo", arguments: { text: "hi" } });

    expect(result).toMatchObject({ structuredContent: { text: "hi" }, _meta: { "handeye/servedBy": "onboard" } });
    expect(result.content).toMatchObject([{ type: "text", text: 'hi\n{"text":"hi"}' }]);
  });

  it("send pictures in place, name other files, and say what was generated", async () => {
    const { client } = await start([
      testSkill({
        run: async ({ text }, { keep }) => {
          await keep({
            name: "a.png",
            mediaType: "image/png",
            bytes: Buffer.from("pixels"),
            recipe: { generated: true },
          });
          await keep({ name: "b.mp4", mediaType: "video/mp4", bytes: Buffer.from("frames") });
          await keep({ name: "c.txt", mediaType: "text/plain", bytes: Buffer.from("words") });
          return ok({ text });
        },
      }),
    ]);

    const { content } = (await client.callTool({ name: "echo", arguments: {} })) as {
      content: Record<string, unknown>[];
    };

    expect(content[1]).toMatchObject({
      type: "image",
      mimeType: "image/png",
      data: Buffer.from("pixels").toString("base64"),
      _meta: { "handeye/generated": true },
    });
    expect(content[0]["text"]).toMatch(/a\.png \(generated: no camera saw it\)/);
    expect(content[2]).toMatchObject({ type: "resource_link", name: "b.mp4", mimeType: "video/mp4" });
    const read = async (link: Record<string, unknown>) =>
      (await client.readResource({ uri: String(link["uri"]) })).contents[0];
    expect(await read(content[2])).toMatchObject({ blob: Buffer.from("frames").toString("base64") });
    expect(await read(content[3])).toMatchObject({ text: "words", mimeType: "text/plain" });
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(
      expect.arrayContaining(["handeye://camera/head", content[2]["uri"]]),
    );
  });

  it("tell their failures by code", async () => {
    const { client } = await start([testSkill({ run: async () => fail("object-not-found", "no unicorn") })]);

    expect(await client.callTool({ name: "echo", arguments: {} })).toMatchObject({
      isError: true,
      content: [{ text: "object-not-found: no unicorn" }],
      _meta: { "handeye/code": "object-not-found" },
    });
    expect(await client.callTool({ name: "echo", arguments: { text: 7 } })).toMatchObject({
      _meta: { "handeye/code": "bad-input" },
    });
    expect(await client.callTool({ name: "juggle", arguments: {} })).toMatchObject({
      _meta: { "handeye/code": "unknown-skill" },
    });
  });

  it("tell their progress, and are called off", async () => {
    let seen: AbortSignal | undefined;
    const { client } = await start([
      testSkill({
        run: (_input, { progress, signal }) => {
          seen = signal;
          progress({ fraction: 0.5, message: "half" });
          return new Promise(() => undefined);
        },
      }),
    ]);
    const told: unknown[] = [];
    const controller = new AbortController();
    const calling = client
      .callTool({ name: "echo", arguments: {} }, undefined, {
        onprogress: (each) => told.push(each),
        signal: controller.signal,
      })
      .catch((error: Error) => error.message);
    await vi.waitFor(() => expect(told).toEqual([{ progress: 0.5, total: 1, message: "half" }]));

    controller.abort("enough");

    expect(await calling).toContain("enough");
    await vi.waitFor(() => expect(seen?.aborted).toBe(true));
  });

  it.each([
    "handeye://artefacts/run/..%2f..%2fx",
    "handeye://artefacts/../x",
    "file:///etc/passwd",
    "handeye://camera/third",
  ])("have no resource %s", async (uri) => {
    const { client } = await start();

    await expect(client.readResource({ uri })).rejects.toThrow("There is no resource");
  });
});

describe("the robot over MCP", () => {
  it("carries out missions, tells every step, and gives the receipts", async () => {
    const { client, robot } = await start();
    await client.listTools();
    const told: string[] = [];
    const running = client.callTool({ name: "run_mission", arguments: { instruction: "open the drawer" } }, undefined, {
      onprogress: ({ message = "" }) => told.push(message),
    });
    await vi.waitFor(() => expect(robot.effects).toEqual(["run open the drawer"]));
    robot.emit({ timeMs: 1, event: "say", text: "I open it." });
    robot.emit({ timeMs: 2, event: "ask", question: "Which drawer?", choices: ["left", "right"] });
    await vi.waitFor(() => expect(told).toEqual(["I open it.", "Asks: Which drawer?"]));

    robot.finish();

    expect(await running).toMatchObject({
      isError: false,
      structuredContent: { outcome: "done", grade: "verified", receipts: [] },
    });
  });

  it("answers a question without an error", async () => {
    const { client, robot } = await start();
    const running = client.callTool({ name: "run_mission", arguments: { instruction: "what do you see?" } });
    await vi.waitFor(() => expect(robot.effects).toHaveLength(1));

    robot.finish({ outcome: "done", grade: "observed", message: "A red mug." });

    expect(await running).toMatchObject({ isError: false, content: [{ text: "done (observed): A red mug." }] });
  });

  it.each([
    [{ outcome: "done", grade: "attempted", message: "Perhaps." }],
    [{ outcome: "given-up", grade: "refused", code: "not-approved", message: "Denied." }],
  ] as const)("does not call %j a success", async (end) => {
    const { client, robot } = await start();
    const running = client.callTool({ name: "run_mission", arguments: { instruction: "open the drawer" } });
    await vi.waitFor(() => expect(robot.effects).toHaveLength(1));

    robot.finish(end as never);

    expect(await running).toMatchObject({ isError: true, structuredContent: end });
  });

  it("takes one mission at a time, and none where others drive", async () => {
    const busy = await start();
    busy.robot.become({ task: "executing" });
    const call = { name: "run_mission", arguments: { instruction: "open the drawer" } };
    expect(await busy.client.callTool(call)).toMatchObject({ isError: true, _meta: { "handeye/code": "busy" } });

    const driven = await start(undefined, { mayMove: () => ({ code: "lease-held", message: "ann drives" }) });
    expect(await driven.client.callTool(call)).toMatchObject({ _meta: { "handeye/code": "lease-held" } });
    expect([...busy.robot.effects, ...driven.robot.effects]).toEqual([]);
  });

  it.each([{}, { instruction: "" }, { instruction: 7 }, { instruction: "x".repeat(2001) }])(
    "moves for no instruction such as %j",
    async (input) => {
      const { client, robot } = await start();

      expect(await client.callTool({ name: "run_mission", arguments: input })).toMatchObject({
        _meta: { "handeye/code": "bad-input" },
      });
      expect(robot.effects).toEqual([]);
    },
  );

  it("stops, also before it is there", async () => {
    const { client, robot } = await start();
    expect(await client.callTool({ name: "stop_robot", arguments: {} })).toMatchObject({
      content: [{ text: expect.stringMatching(/^Stopped\. .*Ask Ann\.$/u) }],
    });
    expect(robot.effects).toEqual(["stop"]);

    const opened = vi.fn<() => Promise<Runtime>>();
    const absent = await start(undefined, { running: () => undefined, runtime: opened });
    expect(await absent.client.callTool({ name: "stop_robot", arguments: {} })).toMatchObject({
      content: [{ type: "text" }],
    });
    expect(opened).not.toHaveBeenCalled();
  });

  it("says after a stop what a person has to do", async () => {
    const { client, robot } = await start();
    const running = client.callTool({ name: "run_mission", arguments: { instruction: "open the drawer" } });
    await vi.waitFor(() => expect(robot.effects).toHaveLength(1));
    robot.finish({ outcome: "stopped", grade: "refused", code: "stopped", message: "A person has to reset it." });

    expect(await running).toMatchObject({
      isError: true,
      content: [{ text: "stopped (refused, stopped): A person has to reset it. Ask Ann." }],
      structuredContent: { code: "stopped" },
    });
  });

  it("has no tool to approve anything", async () => {
    const { client } = await start([]);

    const { tools } = await client.listTools();

    expect(tools.map(({ name }) => name)).toEqual(["run_mission", "stop_robot", "robot_state"]);
  });

  it("shows what its head camera sees, and says when it sees nothing", async () => {
    const blind = await start();
    await expect(blind.client.readResource({ uri: "handeye://camera/head" })).rejects.toThrow("No camera");
    const robot = { ...createFakeRuntime(), picture: async () => paintFrame() };
    const { client } = await start(undefined, { runtime: async () => robot });

    const { contents } = await client.readResource({ uri: "handeye://camera/head" });

    const [{ mimeType, blob }] = contents as { mimeType: string; blob: string }[];
    expect(mimeType).toBe("image/jpeg");
    expect([...Buffer.from(blob, "base64").subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });
});
