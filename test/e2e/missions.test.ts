import { describe, expect, it } from "vitest";
import { commandsOf, eventsNamed, eventsOf, missionEnd, ORACLE, runCli } from "../support/run-cli.js";

const actionsOf = (run: Parameters<typeof missionEnd>[0]): string[] =>
  missionEnd(run).receipts.map(({ action, grade }) => `${action.action} ${grade}`);

describe("a mission on the command line", { timeout: 180_000 }, () => {
  it.each([
    ["in English", ["take the green bag out of the drawer"]],
    ["in Chinese", ["把抽屉里的绿色包装袋拿出来"]],
    ["by default, without words", []],
  ])("opens the drawer and takes the green bag out, %s", async (_language, words) => {
    const run = await runCli([...ORACLE, "--json", ...words]);

    expect(run.code).toBe(0);
    expect(missionEnd(run)).toMatchObject({ outcome: "done", grade: "verified" });
    expect(actionsOf(run)).toEqual(["open verified", "grasp verified", "done verified"]);
  });

  it("tells the same story to the millisecond when run again with the same seed", async () => {
    const order = [...ORACLE, "--json", "--seed", "3", "put the cyan can in the sink"];

    const [first, second] = [await runCli(order), await runCli(order)];

    expect(commandsOf(first).length).toBeGreaterThan(0);
    expect(second.stdout).toBe(first.stdout);
  });

  it("puts the red mug in the sink, and tells machines on stdout and people on stderr", async () => {
    const run = await runCli([...ORACLE, "--json", "put the red mug in the sink"]);

    const events = eventsOf(run); // throws when a line of stdout is anything but an event
    const [receipt] = missionEnd(run).receipts;
    expect(run.code).toBe(0);
    expect(eventsNamed(events, "mission-start")).toHaveLength(1);
    expect(eventsNamed(events, "mission-start")[0]).toMatchObject({
      planner: "onboard",
      perception: "oracle",
      seed: 1,
    });
    expect(eventsNamed(events, "mission-end")).toEqual([events.at(-1)]);
    expect(receipt).toMatchObject({ action: { action: "move" }, grade: "verified" });
    expect(receipt.evidence.frames?.length).toBeGreaterThan(0);
    expect(receipt.evidence.seenAt).toBeDefined();
    expect(commandsOf(run).length).toBeGreaterThan(0);
    expect(run.stderr).toContain("plan approved");
    expect(run.stderr).toMatch(/done +verified/);
  });

  it("puts a block on a box on the table, from the tabletop's launch file", async () => {
    const run = await runCli([
      ...ORACLE,
      "--json",
      "--launch",
      "launch/tabletop-sim.json",
      "put the blue block on the white box",
    ]);

    expect(missionEnd(run)).toMatchObject({ outcome: "done", grade: "verified" });
    expect(run.code).toBe(0);
  });

  it("says only how it ended when asked to be quiet", async () => {
    const run = await runCli([...ORACLE, "--quiet", "take the red mug"]);

    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^done \(verified\): .+\n$/);
    expect(run.stderr).toBe("");
  });

  it("says nothing but events when asked to be quiet in JSON", async () => {
    const run = await runCli([...ORACLE, "--quiet", "--json", "take the unicorn"]);

    expect(run.code).toBe(1);
    expect(missionEnd(run)).toMatchObject({ outcome: "given-up", code: "unknown-word" });
    expect(run.stderr).toBe("");
  });
});
