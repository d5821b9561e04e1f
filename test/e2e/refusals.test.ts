import { describe, expect, it } from "vitest";
import { commandsOf, missionEnd, ORACLE, runCli } from "../support/run-cli.js";

const set = (field: string, value: unknown): readonly string[] => ["--set", `${field}=${JSON.stringify(value)}`];

/** Missions that end before anything moves, because a person's limits or the scene do not allow them. */
describe("a mission that must not be carried out", { timeout: 180_000 }, () => {
  it.each([
    [
      "into a keep-out box",
      "keep-out",
      set("safety.keepOut", [{ name: "the sink", center: [0.42, 0.44, 0.67], sizeM: [0.3, 0.34, 0.3] }]),
    ],
    ["with a forbidden thing", "forbidden", set("safety.forbiddenLabels", ["mug"])],
    [
      "outside the workspace",
      "outside-workspace",
      set("safety.workspace", { min: [-0.6, -1, 0.4], max: [1.05, 0.3, 1.9] }),
    ],
    ["that nobody is there to approve", "not-approved", ["--approve", "always"]],
  ])("is refused %s, and nothing moves", async (_what, code, options) => {
    const run = await runCli([...ORACLE, "--json", ...options, "put the red mug in the sink"]);

    expect(run.code).toBe(1);
    expect(missionEnd(run)).toMatchObject({ outcome: "given-up", code });
    expect(missionEnd(run).receipts[0]).toMatchObject({ action: { action: "move" }, grade: "refused", code });
    expect(commandsOf(run)).toEqual([]);
  });

  it("stays clear of a keep-out box across its way, and says so", async () => {
    const lid = { name: "lamp", center: [0.45, 0.1, 0.98], sizeM: [0.5, 0.7, 0.06] };
    const run = await runCli([...ORACLE, "--json", ...set("safety.keepOut", [lid]), "take the red mug"]);

    expect(run.code).toBe(1);
    expect(missionEnd(run)).toMatchObject({ outcome: "given-up", code: "keep-out" });
    expect(missionEnd(run).receipts[0].details).toMatchObject({ zone: "lamp", bound: 0.02 });
    for (const { details } of commandsOf(run)) {
      expect(Number(details?.["clearanceM"] ?? Infinity)).toBeGreaterThanOrEqual(0.02);
    }
  });

  it("ends with its question when two things fit and nobody is there to ask", async () => {
    const run = await runCli([...ORACLE, "--json", "--seed", "5", "take the mug"]);

    expect(run.code).toBe(1);
    expect(missionEnd(run)).toMatchObject({
      outcome: "given-up",
      code: "ambiguous",
    });
    expect(missionEnd(run).question?.choices.toSorted()).toEqual(["the cyan mug", "the pink mug"]);
    expect(commandsOf(run)).toEqual([]);
  });

  it("looks into both drawers and around before it says that a thing is not there", async () => {
    const run = await runCli([...ORACLE, "--json", "take the green apple"]);

    const { outcome, code, receipts } = missionEnd(run);
    const opened = receipts.filter(({ action, grade }) => action.action === "open" && grade === "verified");
    expect(run.code).toBe(1);
    expect({ outcome, code }).toEqual({ outcome: "given-up", code: "not-visible" });
    expect(opened).toHaveLength(2);
    expect(receipts.some(({ action }) => action.action === "look")).toBe(true);
  });
});
