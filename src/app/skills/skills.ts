import caption from "../../../skills/caption/skill.js";
import { captionBackends } from "./backends/caption-backends.js";
import { skillEntry, type SkillEntry } from "./skill-entry.js";

/** Every skill that ships, with all that can do its work. */
export const SKILLS: readonly SkillEntry[] = [skillEntry(caption, captionBackends, ({ skills }) => skills.caption)];
