import { z } from "zod";
import type { ConsultAnswer, Consultant } from "../../ports/consultant.js";
import type { Launch } from "../launch/launch-schema.js";
import type { SkillEntry } from "./skill-entry.js";
import type { SkillService } from "./skill-service.js";
import { SKILLS } from "./skills.js";

export interface ConsultantOptions {
  /** Made when somebody first asks. */
  readonly service: () => SkillService;
  readonly entries?: readonly SkillEntry[];
  /** Told every question and its answer, for people to see. */
  readonly onConsult: (text: string) => void;
}

/** Skills that are marked for planners and switched on. A model names files as somebody far away does. */
export function createConsultant(
  launch: Launch,
  { service, entries = SKILLS, onConsult }: ConsultantOptions,
): Consultant {
  const skills = entries
    .filter(({ skill, settings }) => skill.forPlanners && settings(launch).enabled)
    .map(({ skill: { name, description, input } }) => ({
      name,
      description,
      input: z.toJSONSchema(input, { io: "input", unrepresentable: "any" }),
    }));
  return {
    skills,
    async consult(name, input, { signal }): Promise<ConsultAnswer> {
      if (!skills.some((skill) => skill.name === name)) {
        return { ok: false, code: "unknown-skill", message: `Planners may not ask for "${name}".` };
      }
      const response = await service().run(name, { input }, { signal, from: "remote" });
      const asked = `planner asks ${name} ${JSON.stringify(input).slice(0, 200)}`;
      if (!response.ok) {
        onConsult(`${asked}: ${response.code}`);
        return { ok: false, code: response.code, message: response.message };
      }
      onConsult(`${asked}: ${JSON.stringify(response.output).slice(0, 300)}`);
      return { ok: true, output: response.output };
    },
  };
}
