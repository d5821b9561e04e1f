/** All that a skill imports: how to define one, what it sees, the ports of its back ends, and the words that it shares with the rest. */
export { defineSkill, type Capability, type Skill, type SkillDefinition, type SkillErrorCode } from "./define-skill.js";
export type {
  ArtefactMediaType,
  ClipEvent,
  ClipPicture,
  MediaFailure,
  NewArtefact,
  OpenedClip,
  OpenedPicture,
  SkillContext,
} from "./skill-context.js";
export { fail, ok, type Failure, type Ok, type Result } from "../domain/result.js";
export {
  artefactSchema,
  clipRefSchema,
  fileRefSchema,
  HEAD_CAMERA,
  pictureRefSchema,
  soundRefSchema,
  type ClipRef,
  type FileRef,
  type PictureRef,
  type Recipe,
  type SkillArtefact,
  type SkillProgress,
  type SoundRef,
} from "../domain/skill/index.js";
export { actionSchema, type Action, type Target } from "../domain/action.js";
export type { Box, Detection, ImagePoint, Mask } from "../domain/detection.js";
export type { DepthMap, Frame } from "../domain/frame.js";
export type { Receipt } from "../domain/receipt.js";
export type { Scene } from "../domain/scene.js";
export type { Sound } from "../domain/speech/sound.js";
export type { Look } from "../ports/perception.js";
export type { Answered, Answerer, AskedPicture, AskTask } from "../ports/answerer.js";
export type { DepthReader } from "../ports/depth-reader.js";
export type { FollowedThing, Follower, Following } from "../ports/follower.js";
export type { LocatedPhrase, LocatedThing, Locator } from "../ports/locator.js";
export type { BackendFailure, Captioner, MomentToTell, PictureToTell } from "../ports/skill-backends.js";
export { sampleClip, type ClipSample } from "./sample-clip.js";
export { z } from "zod";
