import { describe, expect, it, vi } from "vitest";
import { fail, ok } from "../domain/result.js";
import type { PlanFailure, Planner } from "../ports/planner.js";
import { createFakeClock } from "../../test/support/fake-clock.js";
import { kitchen } from "../../test/support/scene-builder.js";
import { createPlannerRouter, type PlannerSwitch } from "./planner-router.js";

const PLAN = { steps: [{ action: "look" as const, at: "home" as const }] };
const request = { instruction: "look up", scene: kitchen().build(), history: [], answers: [] };
const live = { signal: new AbortController().signal };

const planner = (name: string, plan: Planner["plan"], scripted = false) => ({
  name,
  scripted,
  plan: vi.fn<Planner["plan"]>(plan),
  close: vi.fn<Planner["close"]>(() => Promise.resolve()),
});
const failing = (name: string, code: PlanFailure) =>
  planner(name, () => Promise.resolve(fail(code, `${name}: ${code}`)));
const working = (name: string) => planner(name, () => Promise.resolve(ok(PLAN)));

describe("createPlannerRouter", () => {
  it.each(["planner-failed", "timeout", "unsupported", "unknown-word", "bad-instruction"] as const)(
    "asks the next planner after %s, and says so",
    async (code) => {
      const changes: PlannerSwitch[] = [];
      const router = createPlannerRouter([failing("a", code), working("b")], {
        onSwitch: (change) => changes.push(change),
      });

      expect(await router.plan(request, live)).toEqual(ok(PLAN));
      expect(changes).toEqual([{ from: "a", to: "b", code, message: `a: ${code}` }]);
    },
  );

  it.each(["ambiguous", "not-visible"] as const)("takes %s for an answer", async (code) => {
    const second = working("b");

    expect(await createPlannerRouter([failing("a", code), second]).plan(request, live)).toMatchObject({ code });
    expect(second.plan).not.toHaveBeenCalled();
  });

  it("tells what is wrong with the instruction rather than with a server, and every planner's reason", async () => {
    const router = createPlannerRouter([failing("a", "unknown-word"), failing("b", "planner-failed")]);

    expect(await router.plan(request, live)).toMatchObject({
      code: "unknown-word",
      details: { tried: [{ planner: "a" }, { planner: "b", code: "planner-failed" }] },
    });
  });

  it("goes on without a planner that hangs, even one that ignores its signal", async () => {
    const clock = createFakeClock();
    const stuck = planner("stuck", () => new Promise(() => undefined));
    const router = createPlannerRouter([stuck, working("b")], { limitMs: 1000, timers: clock.timers });
    const plan = router.plan(request, live);

    clock.advance(1000);

    expect(await plan).toEqual(ok(PLAN));
    expect(stuck.plan.mock.calls[0][1].signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("is scripted when one of its planners is, has their names, and closes them all", async () => {
    const [a, b] = [planner("grammar", () => Promise.resolve(ok(PLAN)), true), working("model:x:y")];
    const router = createPlannerRouter([a, b]);
    await router.close();

    expect(router).toMatchObject({ scripted: true, name: "grammar > model:x:y" });
    expect([a.close, b.close].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it("refuses an empty list", () => {
    expect(() => createPlannerRouter([])).toThrow(/at least one/u);
  });
});
