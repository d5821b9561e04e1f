import { describe, expect, it } from "vitest";
import { ok } from "../domain/result.js";
import type { Planner, PlanRequest } from "../ports/planner.js";
import { withProposals } from "./propose.js";

const signal = new AbortController().signal;
const request = (instruction: string, history: PlanRequest["history"] = []): PlanRequest =>
  ({ instruction, history, answers: [] }) as unknown as PlanRequest;
const own: Planner = {
  name: "own",
  scripted: true,
  plan: async () => ok({ steps: [{ action: "wait", seconds: 1 }] }),
  close: async () => undefined,
};
const release = { action: "release" } as const;
const receipt = (grade: "verified" | "failed") =>
  ({
    step: 1,
    action: release,
    grade,
    evidence: {},
    ...(grade === "failed" ? { code: "not-verified" as const } : {}),
  }) as const;

describe("withProposals", () => {
  it("carries out the proposed action, and is done when it was verified", async () => {
    const proposing = withProposals(own);
    const { planner } = proposing;
    const instruction = proposing.propose(release);

    expect(await planner.plan(request(instruction), { signal })).toMatchObject({ value: { steps: [release] } });
    expect(await planner.plan(request(instruction, [receipt("verified")]), { signal })).toMatchObject({
      value: { steps: [{ action: "done" }] },
    });
  });

  it("does not try a proposed action twice", async () => {
    const proposing = withProposals(own);
    const { planner } = proposing;
    const instruction = proposing.propose(release);
    await planner.plan(request(instruction), { signal });

    const second = await planner.plan(request(instruction, [receipt("failed")]), { signal });

    expect(second).toMatchObject({ ok: false, code: "planner-failed" });
  });

  it("leaves instructions to the planner, also those that read like an action", async () => {
    const proposing = withProposals(own);
    const { planner } = proposing;
    proposing.propose(release);
    await planner.plan(request("open the drawer"), { signal });

    const typed = await planner.plan(request("release()"), { signal });

    expect(typed).toMatchObject({ value: { steps: [{ action: "wait" }] } });
  });
});
