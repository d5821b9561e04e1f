import { afterEach, describe, expect, it, vi } from "vitest";
import { createDesk } from "../../app/desk.js";
import { SKILL_SCHEMAS } from "../../domain/remote/reports.js";
import { fail, ok } from "../../skill-kit/index.js";
import { createFakeLink } from "../../../test/support/fake-link.js";
import { createFakeRuntime } from "../../../test/support/fake-runtime.js";
import { createSkillBench, testSkill, type TestSkill } from "../../../test/support/skill-bench.js";
import { createMqttTransport, type MqttTransport } from "./create-mqtt-transport.js";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const at = (ms: number): string => new Date(NOW + ms).toISOString();
const open: MqttTransport[] = [];
afterEach(async () => {
  for (const transport of open.splice(0)) await transport.close();
});

function start(
  run: TestSkill["run"],
  { requireLease = false, ...skill }: Partial<TestSkill> & { requireLease?: boolean } = {},
) {
  const [link, runtime] = [createFakeLink(), createFakeRuntime()];
  const bench = createSkillBench([testSkill({ ...skill, run })]);
  const time = { ms: NOW };
  const transport = createMqttTransport({
    link,
    runtime,
    desk: createDesk({ newId: () => "x" }),
    robot: "sim-1",
    version: "0",
    nowMs: () => time.ms,
    after: () => () => undefined,
    roleOf: (who) =>
      ({ ann: "operator", bob: "operator", sue: "supervisor", vic: "viewer" })[who] as "operator" | undefined,
    identity: "claimed",
    requireLease,
    leaseTimeoutMs: 3_000,
    cameraFps: 15,
    skills: { service: bench.service, httpUrl: "http://robot:8080" },
  });
  open.push(transport);
  let ids = 0;
  const send = (name: string, message: object = {}, retain = false): void =>
    link.deliver({
      topic: `handeye/sim-1/${name}`,
      payload: Buffer.from(
        JSON.stringify({ id: `r${++ids}`, operator: "ann", sentAt: at(-100), expiresAt: at(5_000), ...message }),
      ),
      retain,
    });
  const answers = () => link.on("skill/echo/response").map((message) => SKILL_SCHEMAS.response.parse(message));
  return { ...bench, link, runtime, send, answers, time };
}
const echo: TestSkill["run"] = async ({ text }) => ok({ text });

describe("skills over MQTT", () => {
  it("are run for whoever may, and answered once", async () => {
    const { send, answers, link } = start(echo);

    send("skill/echo/request", { id: "a", input: { text: "hi" } });
    send("skill/echo/request", { id: "a", input: { text: "hi" } });

    await vi.waitFor(() => expect(answers()).toHaveLength(1));
    expect(answers()[0]).toMatchObject({
      id: "a",
      operator: "ann",
      ok: true,
      output: { text: "hi" },
      servedBy: "onboard",
    });
    expect(link.on("response")).toMatchObject([{ id: "a", topic: "skill", accepted: true }]);
    send("skill/echo/request", { id: "b", input: { text: "again" } });
    await vi.waitFor(() => expect(answers()).toHaveLength(2));
  });

  it("tell what went wrong by its code", async () => {
    const { send, answers, link } = start(async () => fail("object-not-found", "no unicorn"));

    send("skill/echo/request", { input: {} });
    send("skill/echo/request", { input: { text: 7 } });
    send("skill/juggle/request", { input: {} });

    await vi.waitFor(() => expect(answers()).toHaveLength(2));
    expect(new Set(answers().map((answer) => !answer.ok && answer.code))).toEqual(
      new Set(["bad-input", "object-not-found"]),
    );
    expect(link.on("skill/juggle/response")).toMatchObject([{ ok: false, code: "unknown-skill" }]);
  });

  it.each([
    ["expired", { sentAt: at(-9_000), expiresAt: at(-1) }, false],
    ["retained", {}, true],
    ["not-allowed", { operator: "vic" }, false],
    ["unknown-operator", { operator: "eve" }, false],
    ["malformed", { inputs: {} }, false],
  ])("are not run when the request is %s", async (code, message, retain) => {
    const run = vi.fn<TestSkill["run"]>(echo);
    const { send, link, answers } = start(run);

    send("skill/echo/request", { input: {}, ...message }, retain);

    expect(link.on("response")).toMatchObject([{ accepted: false, code }]);
    expect(answers()).toMatchObject([{ ok: false, code, id: "r1" }]);
    expect(run).not.toHaveBeenCalled();
  });

  it("tell how far they are, not more often than five times a second", async () => {
    const { send, link, answers, time } = start(async ({ text }, { progress }) => {
      for (let step = 1; step <= 10; step++) {
        progress({ fraction: step / 10 });
        time.ms += 50;
      }
      return ok({ text });
    });

    send("skill/echo/request", { id: "a", input: {} });
    await vi.waitFor(() => expect(answers()).toHaveLength(1));

    const told = link.on("skill/echo/progress").map((message) => SKILL_SCHEMAS.progress.parse(message));
    expect(told.map(({ fraction }) => fraction)).toEqual([0.1, 0.5, 0.9]);
    expect(told[0]).toMatchObject({ id: "a", operator: "ann" });
  });

  it("are called off by who asked, or by a supervisor, and by nobody else", async () => {
    const { send, answers, link } = start(() => new Promise(() => undefined));
    const cancelled = (): unknown[] => link.on("response").filter(({ topic }) => topic === "skill-cancel");
    send("skill/echo/request", { id: "a", input: {} });
    send("skill/echo/request", { id: "b", input: {} });

    send("skill/echo/cancel", { id: "a", operator: "bob" });
    send("skill/echo/cancel", { id: "z" });
    expect(cancelled()).toMatchObject([{ code: "unknown-request" }, { code: "unknown-request" }]);
    send("skill/echo/cancel", { id: "a" });
    send("skill/echo/cancel", { id: "a" });
    send("skill/echo/cancel", { id: "b", operator: "sue" });

    await vi.waitFor(() => expect(answers()).toHaveLength(2));
    expect(answers()).toMatchObject([
      { id: "a", code: "aborted" },
      { id: "b", operator: "ann", code: "aborted" },
    ]);
    expect(cancelled().slice(2)).toMatchObject([{ accepted: true }, { accepted: true }]);
  });

  it("name their files by path and address, and put large output into one", async () => {
    const { send, answers } = start(async () => ok({ text: "long ".repeat(20_000) }));

    send("skill/echo/request", { input: {} });
    await vi.waitFor(() => expect(answers()).toHaveLength(1));

    expect(answers()[0]).toMatchObject({
      output: null,
      outputFile: "output.json",
      artefacts: [
        { name: "output.json", url: expect.stringMatching(/^http:\/\/robot:8080\/artefacts\/.*\/output\.json$/) },
      ],
    });
    expect(JSON.stringify(answers()[0]).length).toBeLessThan(2_000);
  });

  it("take pictures, and refuse what no broker would carry", async () => {
    const { send, answers, link } = start(async ({ text }) => ok({ text: String(text.length) }));

    send("skill/echo/request", { input: { text: "x".repeat(2_000_000) } });
    await vi.waitFor(() => expect(answers()).toMatchObject([{ output: { text: "2000000" } }]));
    send("skill/echo/request", { input: { text: "x".repeat(5_000_000) } });

    expect(link.on("response").at(-1)).toMatchObject({ accepted: false, code: "too-large" });
  });

  it("that move the robot need what commands need", async () => {
    const { send, answers, runtime } = start(echo, { uses: ["arm"], requireLease: true });
    send("skill/echo/request", { input: {} });
    await vi.waitFor(() => expect(answers()).toMatchObject([{ code: "no-lease" }]));

    const free = start(echo, { uses: ["arm"] });
    free.runtime.stop();
    free.send("skill/echo/request", { input: {} });
    await vi.waitFor(() => expect(free.answers()).toMatchObject([{ code: "stopped" }]));
    expect(runtime.effects).toEqual([]);
  });
});
