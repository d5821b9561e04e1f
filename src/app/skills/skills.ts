import animate from "../../../skills/animate/skill.js";
import ask from "../../../skills/ask/skill.js";
import caption from "../../../skills/caption/skill.js";
import clip from "../../../skills/clip/skill.js";
import depth from "../../../skills/depth/skill.js";
import evaluate from "../../../skills/evaluate/skill.js";
import find from "../../../skills/find/skill.js";
import ground from "../../../skills/ground/skill.js";
import hear from "../../../skills/hear/skill.js";
import listen from "../../../skills/listen/skill.js";
import moderate from "../../../skills/moderate/skill.js";
import music from "../../../skills/music/skill.js";
import picture from "../../../skills/picture/skill.js";
import speak from "../../../skills/speak/skill.js";
import table from "../../../skills/table/skill.js";
import track from "../../../skills/track/skill.js";
import { animateBackends } from "./backends/animate-backends.js";
import { askBackends } from "./backends/ask-backends.js";
import { captionBackends } from "./backends/caption-backends.js";
import { clipBackends } from "./backends/clip-backends.js";
import { depthBackends } from "./backends/depth-backends.js";
import { evaluateBackends } from "./backends/evaluate-backends.js";
import { findBackends } from "./backends/find-backends.js";
import { groundBackends } from "./backends/ground-backends.js";
import { hearBackends } from "./backends/hear-backends.js";
import { listenBackends } from "./backends/listen-backends.js";
import { moderateBackends } from "./backends/moderate-backends.js";
import { musicBackends } from "./backends/music-backends.js";
import { pictureBackends } from "./backends/picture-backends.js";
import { speakBackends } from "./backends/speak-backends.js";
import { tableBackends } from "./backends/table-backends.js";
import { trackBackends } from "./backends/track-backends.js";
import { skillEntry, type SkillEntry } from "./skill-entry.js";

/** Every skill that ships, with all that can do its work. */
export const SKILLS: readonly SkillEntry[] = [
  skillEntry(animate, animateBackends, ({ skills }) => skills.animate),
  skillEntry(ask, askBackends, ({ skills }) => skills.ask),
  skillEntry(caption, captionBackends, ({ skills }) => skills.caption),
  skillEntry(clip, clipBackends, ({ skills }) => skills.clip),
  skillEntry(depth, depthBackends, ({ skills }) => skills.depth),
  skillEntry(evaluate, evaluateBackends, ({ skills }) => skills.evaluate),
  skillEntry(find, findBackends, ({ skills }) => skills.find),
  skillEntry(ground, groundBackends, ({ skills }) => skills.ground),
  skillEntry(hear, hearBackends, ({ skills }) => skills.hear),
  skillEntry(listen, listenBackends, ({ skills }) => skills.listen),
  skillEntry(moderate, moderateBackends, ({ skills }) => skills.moderate),
  skillEntry(music, musicBackends, ({ skills }) => skills.music),
  skillEntry(picture, pictureBackends, ({ skills }) => skills.picture),
  skillEntry(speak, speakBackends, ({ skills }) => skills.speak),
  skillEntry(table, tableBackends, ({ skills }) => skills.table),
  skillEntry(track, trackBackends, ({ skills }) => skills.track),
];
