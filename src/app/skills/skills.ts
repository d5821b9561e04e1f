import caption from "../../../skills/caption/skill.js";
import evaluate from "../../../skills/evaluate/skill.js";
import clip from "../../../skills/clip/skill.js";
import find from "../../../skills/find/skill.js";
import moderate from "../../../skills/moderate/skill.js";
import table from "../../../skills/table/skill.js";
import { captionBackends } from "./backends/caption-backends.js";
import { evaluateBackends } from "./backends/evaluate-backends.js";
import { clipBackends } from "./backends/clip-backends.js";
import { findBackends } from "./backends/find-backends.js";
import { moderateBackends } from "./backends/moderate-backends.js";
import hear from "../../../skills/hear/skill.js";
import listen from "../../../skills/listen/skill.js";
import music from "../../../skills/music/skill.js";
import speak from "../../../skills/speak/skill.js";
import { hearBackends } from "./backends/hear-backends.js";
import { listenBackends } from "./backends/listen-backends.js";
import { musicBackends } from "./backends/music-backends.js";
import { speakBackends } from "./backends/speak-backends.js";
import { tableBackends } from "./backends/table-backends.js";
import { skillEntry, type SkillEntry } from "./skill-entry.js";

/** Every skill that ships, with all that can do its work. */
export const SKILLS: readonly SkillEntry[] = [
  skillEntry(caption, captionBackends, ({ skills }) => skills.caption),
  skillEntry(evaluate, evaluateBackends, ({ skills }) => skills.evaluate),
  skillEntry(clip, clipBackends, ({ skills }) => skills.clip),
  skillEntry(find, findBackends, ({ skills }) => skills.find),
  skillEntry(moderate, moderateBackends, ({ skills }) => skills.moderate),
  skillEntry(hear, hearBackends, ({ skills }) => skills.hear),
  skillEntry(listen, listenBackends, ({ skills }) => skills.listen),
  skillEntry(music, musicBackends, ({ skills }) => skills.music),
  skillEntry(speak, speakBackends, ({ skills }) => skills.speak),
  skillEntry(table, tableBackends, ({ skills }) => skills.table),
];
