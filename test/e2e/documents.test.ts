import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { ORACLE, ROOT, runCli } from "../support/run-cli.js";

const PAGES = ["README.md", "README.zh-CN.md"] as const;
const textOf = (page: string): string => readFileSync(join(ROOT, page), "utf8");

/** Arguments of every command line that a page shows in a block: `npm start -- ...` and `handeye ...`. */
function commandsIn(page: string): string[][] {
  const blocks = [...textOf(page).matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => /^(?:npm start --|handeye) +(.*)$/.exec(line)?.[1])
    .filter((line) => line !== undefined)
    .map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare));
}

describe("a command line in the documents", { timeout: 180_000 }, () => {
  it.each(PAGES)("is there: %s", (page) => {
    expect(commandsIn(page).length).toBeGreaterThan(3);
  });

  it.each(commandsIn("README.md").map((args) => [args.join(" "), args] as const))(
    "does what it says: %s",
    async (_line, args) => {
      const run = await runCli([...args, ...ORACLE, "--quiet"]);

      expect(run.stdout).toMatch(/^done \(verified\)/);
      expect(run.code).toBe(0);
    },
  );

  it("is the same in both languages", () => {
    expect(commandsIn("README.zh-CN.md")).toEqual(commandsIn("README.md"));
  });

  it("names no option and no command that is not there", async () => {
    const help = (await runCli(["run", "--help"])).stdout + (await runCli(["bench", "--help"])).stdout;
    const known = (await runCli(["--help"])).stdout;
    for (const page of PAGES) {
      const text = textOf(page);
      for (const [, option] of text.matchAll(/`(--[a-z-]+)/g)) expect(help).toContain(option);
      for (const [, command] of text.matchAll(/`handeye ([a-z]+)/g))
        expect(known).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    }
  });
});

describe("the library's example", { timeout: 180_000 }, () => {
  it("runs as it is written", async () => {
    const example = /```ts\n(.*?)```/s.exec(textOf("README.md"))?.[1];
    const file = join(mkdtempSync(join(tmpdir(), "handeye-")), "example.mjs");
    const program = `${example}\nprocess.stdout.write(JSON.stringify(result));`
      .replace('"handeye"', JSON.stringify(join(ROOT, "dist/src/index.js")))
      .replace(/loadLaunch\("([^"]+)"\)/, 'loadLaunch("$1", ["perception.type=oracle"])');
    writeFileSync(file, program);

    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: ROOT });

    const lines = stdout.split("\n");
    expect(lines).toContain("mission-end");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ outcome: "done", grade: "verified" });
  });
});
