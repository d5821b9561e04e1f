import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFliteSpeaker } from "../../src/adapters/speech/create-flite-speaker.js";
import { writeWav } from "../../src/domain/speech/write-wav.js";
import { ORACLE, runCli } from "../support/run-cli.js";

const INSTRUCTION = "take the green bag out of the drawer";

describe("handeye run --listen", () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "handeye-listen-"));
    const speaker = await createFliteSpeaker();
    const spoken = await speaker.speak(INSTRUCTION, { signal: new AbortController().signal });
    await speaker.close();
    if (!spoken.ok) throw new Error(spoken.message);
    await writeFile(path("spoken.wav"), writeWav(spoken.value));
    await writeFile(path("silent.wav"), writeWav({ samples: new Float32Array(32_000), sampleRateHz: 16_000 }));
    await writeFile(path("empty.wav"), "");
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("writes down what it hears, shows it, and does it", async () => {
    const { code, stdout, stderr } = await runCli(["run", ...ORACLE, "--json", "--listen", path("spoken.wav")]);

    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events[0]).toMatchObject({ event: "transcript", text: INSTRUCTION, language: "en", transcriber: "onboard" });
    expect(events.find(({ event }) => event === "mission-start")).toMatchObject({ instruction: INSTRUCTION });
    expect(stderr).toContain(`heard      ${INSTRUCTION}`);
    expect(code).toBe(0);
  });

  it.each([
    ["a silent file", ["silent.wav"], "nothing-said", "transcript"],
    ["an empty file", ["empty.wav"], "bad-sound", "transcript"],
  ])("moves nothing after %s", async (_, [name], problem, event) => {
    const { code, stdout, stderr } = await runCli(["run", "--json", "--listen", path(name)]);

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ event, code: problem });
    expect(stderr).toContain(problem);
  });

  it("says what a microphone needs where there is none", async () => {
    const { code, stderr } = await runCli(["run", "--listen", "mic"], { env: { PATH: "/nonexistent" } });

    expect(code).toBe(2);
    expect(stderr).toMatch(/arecord.*ffmpeg.*--listen FILE\.wav/s);
  });

  it("refuses a file that is not there, and two instructions at once", async () => {
    expect(await runCli(["run", "--listen", path("none.wav")])).toMatchObject({ code: 2 });
    expect(await runCli(["run", "--listen", path("spoken.wav"), "open", "the", "drawer"])).toMatchObject({ code: 2 });
  });
});
