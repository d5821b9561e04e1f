import type { Skill } from "../../skill-kit/index.js";
import type { SkillEntry } from "./skill-entry.js";

/** A skill of somebody else's that does its work itself: no back ends to choose from, and nothing in the launch file. */
export function plainEntry(skill: Skill): SkillEntry {
  const { name } = skill;
  return {
    skill,
    kinds: { [name]: { description: "The skill itself.", example: { type: name } } },
    settings: () => ({
      enabled: true,
      backends: [
        {
          type: name,
          leavesMachine: false,
          check: async () => undefined,
          open: async () => ({ port: undefined, close: async () => undefined }),
        },
      ],
    }),
    run: (input, context) => skill.run(input, context),
  };
}
