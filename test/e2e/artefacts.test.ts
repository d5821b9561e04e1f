import { mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRecording, type RecordedMessage } from "../../src/adapters/mcap/index.js";
import { readMp4 } from "../support/mp4.js";
import { eventsOf, missionEnd, ORACLE, runCli } from "../support/run-cli.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "handeye-"));
/** Takes no byte: as a disk that has just filled up. */
const FULL = "/dev/full";

describe("what a mission leaves behind", { timeout: 180_000 }, () => {
  it("is a film that plays and a recording that can be read, and the same mission as without them", async () => {
    const out = folder();
    const files = ["--video", join(out, "mission.mp4"), "--record", join(out, "mission.mcap")];
    const order = [...ORACLE, "--json", "take the red mug"];
    const [plain, filmed] = [await runCli(order), await runCli([...files, ...order])];

    const film = readMp4(join(out, "mission.mp4"));
    const messages: RecordedMessage[] = [];
    for await (const message of readRecording(join(out, "mission.mcap"))) messages.push(message);
    const endedAtMs = missionEnd(filmed).timeMs;
    expect(filmed.code).toBe(0);
    expect(filmed.stdout).toBe(plain.stdout);
    expect(film.boxes).toEqual(expect.arrayContaining(["ftyp", "moov", "mdat"]));
    expect(film.durationS).toBeGreaterThanOrEqual(endedAtMs / 1000);
    const recorded = messages.filter(({ topic }) => topic === "/events").map(({ message }) => message);
    // The recorder listens from the first state on, the command line a moment later.
    expect(recorded.slice(1)).toMatchObject(eventsOf(filmed).map(({ event }) => ({ event })));
    expect(recorded.at(-1)).toMatchObject({ event: "mission-end", outcome: "done" });
    expect(messages.filter(({ topic }) => topic === "/camera/head").length).toBeGreaterThan(10);
    expect(readdirSync(out).sort()).toEqual(["mission.mcap", "mission.mp4"]);
  });

  it("is told on stderr when the disk is full, and the mission ends by its own outcome", async () => {
    const out = folder();
    symlinkSync(FULL, join(out, "mission.mp4.part"));
    symlinkSync(FULL, join(out, "mission.mcap"));
    const files = ["--video", join(out, "mission.mp4"), "--record", join(out, "mission.mcap")];

    const run = await runCli([...files, ...ORACLE, "--quiet", "take the red mug"]);

    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^done \(verified\)/);
    expect(run.stderr).toMatch(/Video .*mission\.mp4 cannot be written: ENOSPC.*Free some space/);
    expect(run.stderr).toMatch(/Recording .*mission\.mcap cannot be written: ENOSPC.*Free some space/);
  });
});
