import { afterEach, describe, expect, it, vi } from "vitest";
import { mosquittoMissing, startMosquitto } from "../support/mosquitto.js";
import { createOperator } from "../support/operator.js";
import { ORACLE, runCli } from "../support/run-cli.js";
import { startServe } from "../support/serve-cli.js";

if (mosquittoMissing !== undefined) process.stderr.write(`skipped: missions over a real broker; ${mosquittoMissing}\n`);

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const LOGINS = { "robot-sim-1": "r", ann: "a", vic: "v" };
const SOON = { timeout: 90_000, interval: 50 };
const OPERATORS = JSON.stringify([
  { name: "ann", role: "operator" },
  { name: "vic", role: "viewer" },
]);

async function setUp() {
  const broker = await startMosquitto(LOGINS);
  closers.push(() => broker.close());
  const url = `mqtts://127.0.0.1:${broker.port}`;
  const settings = [
    ["remote.broker.usernameEnv", "HANDEYE_MQTT_USER"],
    ["remote.broker.passwordEnv", "HANDEYE_MQTT_PASSWORD"],
    ["remote.broker.caFile", broker.caFile],
    ["remote.operators", OPERATORS],
  ].flatMap(([path, value]) => ["--set", `${path}=${value}`]);
  const args = [...ORACLE, "--set", "robot.rate=4", "--broker", url, ...settings];
  return { broker, url, args };
}

const ROBOT = { HANDEYE_MQTT_USER: "robot-sim-1", HANDEYE_MQTT_PASSWORD: "r" };

describe.skipIf(mosquittoMissing !== undefined)(
  "over mosquitto with TLS, logins and rules",
  { timeout: 180_000 },
  () => {
    it("carries out what the right person says under their own name, once, through a broker that dies on the way", async () => {
      const { broker, url, args } = await setUp();
      const serving = await startServe(args, ROBOT);
      closers.push(() => serving.end());
      const { caFile } = broker;
      const ann = await createOperator({ url, caFile, name: "ann", password: "a", signsTopics: true });
      const plain = await createOperator({ url, caFile, name: "ann", password: "a" });
      const vic = await createOperator({ url, caFile, name: "vic", password: "v", signsTopics: true });
      closers.push(() => Promise.all([ann, plain, vic].map((operator) => operator.close())));

      // Kept out by the broker's rules, by the role, and by the retain flag.
      await plain.send("command", { instruction: "open the right drawer" });
      await vic.send("command", { instruction: "open the right drawer" });
      const retained = { id: "kept", instruction: "open the right drawer", operator: "ann" };
      const times = { sentAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 300_000).toISOString() };
      await ann.client.publishAsync("handeye/sim-1/command/from/ann", JSON.stringify({ ...retained, ...times }), {
        qos: 1,
        retain: true,
      });
      await vi.waitFor(() => expect(ann.on("response")).toHaveLength(2), SOON);
      expect(ann.on("response")).toMatchObject([{ code: "not-allowed" }, { code: "retained", id: "kept" }]);

      const id = await ann.send("command", { instruction: "open the left drawer" });
      await vi.waitFor(() => expect(ann.on("event/action-start")).not.toHaveLength(0), SOON);
      await broker.kill();
      await broker.start();

      await vi.waitFor(() => expect(ann.on("state").at(-1)).toMatchObject({ last: { id, outcome: "done" } }), SOON);
      const starts = serving.events.filter((event) => event["event"] === "mission-start");
      expect(starts).toMatchObject([{ instruction: "open the left drawer" }]);
      expect(serving.stderr()).toContain("the link is lost");
    });

    it("says what is wrong with a login that the broker refuses", async () => {
      const { args } = await setUp();

      const run = await runCli(["serve", "--port", "0", ...args], {
        env: { ...ROBOT, HANDEYE_MQTT_PASSWORD: "wrong" },
      });

      expect(run.code).not.toBe(0);
      expect(run.stderr).toMatch(/No link to the MQTT broker.*login/s);
    });
  },
);
