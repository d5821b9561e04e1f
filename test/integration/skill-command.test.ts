import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import sharp from "sharp";
import { skillResponseSchema } from "../../src/domain/skill/skill-messages.js";
import { createProgram } from "../../src/transports/cli/program.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-skill-"));
let stdout = "";
let stderr = "";

beforeEach(() => {
  stdout = stderr = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
});
afterEach(() => void vi.restoreAllMocks());

const skill = (...args: readonly string[]): Promise<number> =>
  createProgram().run(["node", "handeye", "skill", ...args, "--set", `stateDir=${JSON.stringify(folder)}`]);
const lines = (): Record<string, unknown>[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
async function photo(): Promise<string> {
  const path = join(folder, "photo.png");
  await sharp({ create: { width: 64, height: 48, channels: 3, background: "#886644" } })
    .png()
    .toFile(path);
  return path;
}

describe("handeye skill", () => {
  it("lists skills with who can do their work, and why others cannot", async () => {
    expect(await skill()).toBe(0);

    expect(stdout).toMatch(/^caption {2}Tells what a picture/m);
    expect(stdout).toMatch(/usable {2}1 onboard/);
    expect(stdout).toMatch(/ollama .*Not set up\. In the launch file: skills\.caption\.backends = \[\{"type":"ollama"/);
  });

  it("lists them as JSON, and describes one", async () => {
    expect(await skill("--json")).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ name: "caption", enabled: true }));
    stdout = "";
    expect(await skill("caption", "--describe")).toBe(0);
    expect(stdout).toContain('"form"');
    expect(stdout).toContain("handeye skill caption --input '{}'");
    expect(await skill("juggle", "--describe")).toBe(2);
    expect(stderr).toContain('There is no skill "juggle"');
  });

  it("runs one, from JSON, from a file, and from stdin", async () => {
    const input = JSON.stringify({ picture: await photo() });
    writeFileSync(join(folder, "input.json"), input);
    const stdin = new PassThrough();
    vi.spyOn(process, "stdin", "get").mockReturnValue(stdin as never);
    stdin.end(input);

    for (const given of [input, `@${join(folder, "input.json")}`, "-"]) {
      stdout = "";
      expect(await skill("caption", "--json", "--input", given)).toBe(0);
      const { event, ...response } = lines().at(-1) ?? {};
      expect(event).toBe("skill-end");
      expect(skillResponseSchema.parse(response)).toMatchObject({ ok: true, servedBy: "onboard" });
    }
    stdout = "";
    expect(await skill("caption", "--input", input)).toBe(0);
    expect(stdout).toMatch(/\npicture: photo\.png\nby onboard in [\d.]+ s\n$/);
  });

  it.each([
    ["no JSON", ["caption", "--input", "{picture}"], "expected JSON"],
    ["no file", ["caption", "--input", "@nowhere.json"], "cannot be read"],
    ["a field that is not there", ["caption", "--input", '{"pictures":1}'], "bad-input"],
    ["a picture that is not there", ["caption", "--input", '{"picture":"nowhere.jpg"}'], "not-found"],
    ["a skill that is not there", ["juggle"], "unknown-skill"],
    ["a back end that is not set up", ["caption", "--backend", "ollama"], "unknown-backend"],
    ["a skill that is switched off", ["caption", "--set", "skills.caption.enabled=false"], "not-enabled"],
  ])("leaves with 2 for %s", async (_what, args, says) => {
    expect(await skill(...args)).toBe(2);
    expect(stderr).toContain(says);
    expect(stdout).toBe("");
    expect(readdirSync(folder)).not.toContain("artefacts");
  });

  it("leaves with 1 when nobody can do the work, and says who was tried", async () => {
    const backends = '[{"type":"ollama","model":"x","baseUrl":"http://127.0.0.1:9"}]';
    const code = await skill(
      "caption",
      "--json",
      "--input",
      JSON.stringify({ picture: await photo() }),
      "--set",
      `skills.caption.backends=${backends}`,
    );

    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(lines().at(-1)).toMatchObject({
      event: "skill-end",
      ok: false,
      tried: [{ backend: "ollama", code: "link-lost" }],
    });
  });

  it("is called off by an interrupt, and leaves with 3", async () => {
    const running = skill("caption", "--set", "robot.scene=kitchen");
    // The robot is being started for its camera's sake.
    await new Promise((resolve) => setImmediate(resolve));
    process.emit("SIGINT");

    expect(await running).toBe(3);
    expect(stderr).toContain("aborted");
  });
});
