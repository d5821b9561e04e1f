import type { SkillContext } from "../../skill-kit/index.js";
import { openClip } from "./open-clip.js";
import { openFile, type FilePolicy } from "./open-file.js";
import { openPicture } from "./open-picture.js";
import { openSound } from "./open-sound.js";
import type { SkillStage } from "./skill-stage.js";

export interface MediaOptions {
  readonly stage: SkillStage;
  readonly policy: FilePolicy;
  readonly signal: AbortSignal;
}

/** What a skill opens: pictures, sounds, clips and other files, by the rules for whoever asks. */
export function createMediaOpener(
  options: MediaOptions,
): Pick<SkillContext, "openPicture" | "openSound" | "openClip" | "openFile"> {
  return {
    openPicture: (ref) => openPicture(ref, options),
    openClip: (ref) => openClip(ref, options),
    openFile: (ref) => openFile(ref, options.policy),
    openSound: (ref) => openSound(ref, options.policy),
  };
}
