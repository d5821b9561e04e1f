import { expect, it } from "vitest";
import { loadLaunch } from "../launch/load-launch.js";
import { ok } from "../../skill-kit/index.js";
import { createSkillBench, testSkill } from "../../../test/support/skill-bench.js";
import { createConsultant } from "./create-consultant.js";

function start() {
  const entries = [
    testSkill({ name: "look", forPlanners: true, run: async ({ text }) => ok({ text }) }),
    testSkill({
      name: "read",
      forPlanners: true,
      run: async ({ file = "" }, { openFile }) => {
        const opened = await openFile(file);
        return opened.ok ? ok({ text: "read" }) : opened;
      },
    }),
    testSkill({ name: "off", forPlanners: true, enabled: false, run: async ({ text }) => ok({ text }) }),
    testSkill({ name: "make", run: async ({ text }) => ok({ text }) }),
  ];
  const notes: string[] = [];
  const { service } = createSkillBench(entries);
  const consultant = createConsultant(loadLaunch("launch/kitchen-sim.json"), {
    entries,
    service: () => service,
    onConsult: (text) => notes.push(text),
  });
  const ask = (skill: string, input: unknown = {}) =>
    consultant.consult(skill, input, { signal: new AbortController().signal });
  return { consultant, ask, notes };
}

it("offers only skills that are marked for planners and switched on", async () => {
  const { consultant, ask } = start();

  expect(consultant.skills.map(({ name }) => name)).toEqual(["look", "read"]);
  expect(await ask("make")).toMatchObject({ ok: false, code: "unknown-skill" });
  expect(await ask("off")).toMatchObject({ ok: false, code: "unknown-skill" });
});

it("answers, and people see what was asked", async () => {
  const { ask, notes } = start();

  expect(await ask("look", { text: "hi" })).toEqual({ ok: true, output: { text: "hi" } });
  expect(await ask("look", { text: 7 })).toMatchObject({ ok: false, code: "bad-input" });
  expect(notes).toEqual(['planner asks look {"text":"hi"}: {"text":"hi"}', 'planner asks look {"text":7}: bad-input']);
});

it("reads no file for a model that it would not read for somebody far away", async () => {
  const { ask } = start();

  expect(await ask("read", { file: "/etc/passwd" })).toMatchObject({ ok: false, code: "not-allowed" });
});
