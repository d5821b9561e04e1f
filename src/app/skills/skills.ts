import ask from "../../../skills/ask/skill.js";
import caption from "../../../skills/caption/skill.js";
import depth from "../../../skills/depth/skill.js";
import ground from "../../../skills/ground/skill.js";
import track from "../../../skills/track/skill.js";
import { askBackends } from "./backends/ask-backends.js";
import { captionBackends } from "./backends/caption-backends.js";
import { depthBackends } from "./backends/depth-backends.js";
import { groundBackends } from "./backends/ground-backends.js";
import { trackBackends } from "./backends/track-backends.js";
import { skillEntry, type SkillEntry } from "./skill-entry.js";

/** Every skill that ships, with all that can do its work. */
export const SKILLS: readonly SkillEntry[] = [
  skillEntry(ask, askBackends, ({ skills }) => skills.ask),
  skillEntry(caption, captionBackends, ({ skills }) => skills.caption),
  skillEntry(depth, depthBackends, ({ skills }) => skills.depth),
  skillEntry(ground, groundBackends, ({ skills }) => skills.ground),
  skillEntry(track, trackBackends, ({ skills }) => skills.track),
];
