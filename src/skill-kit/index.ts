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
export type { ContentModerator, ContentVerdict } from "../ports/content-moderator.js";
export type { Evaluator, Journal, JournalEntry, PointedRow } from "../ports/evaluation.js";
export type { Look } from "../ports/perception.js";
export type { Answered, Answerer, AskedPicture, AskTask } from "../ports/answerer.js";
export type { DepthReader } from "../ports/depth-reader.js";
export type { FollowedThing, Follower, Following } from "../ports/follower.js";
export type { LocatedPhrase, LocatedThing, Locator } from "../ports/locator.js";
export { sampleClip, type ClipSample } from "./sample-clip.js";
export type { FoundPicture, PictureFinder, RememberedPicture, Sighting } from "../ports/picture-memory.js";
export { joinSounds } from "../domain/speech/join-sounds.js";
export { languageOf } from "../domain/speech/language-of.js";
export { markWav, type WavInfo } from "../domain/speech/mark-wav.js";
export { checkAudio, type AudioFormat } from "../domain/speech/check-audio.js";
export { soundFacts, type SoundFacts } from "../domain/speech/sound-facts.js";
export { durationOf, type Sound } from "../domain/speech/sound.js";
export { splitSpeech } from "../domain/speech/split-speech.js";
export { splitText } from "../domain/speech/split-text.js";
export { writeWav } from "../domain/speech/write-wav.js";
export type { AnimationRequest, Animator } from "../ports/animator.js";
export type {
  ClipMaker,
  GeneratedVideo,
  Highlights,
  JobFailure,
  LimitFailure,
  MadeVideo,
  Rehearsal,
} from "../ports/clip-maker.js";
export type { PictureMaker, PictureRequest } from "../ports/picture-maker.js";
export { edgesOf } from "../domain/picture/edges-of.js";
export { markPng } from "../domain/picture/mark-png.js";
export type {
  BackendFailure,
  Captioner,
  MomentToTell,
  PictureToTell,
  RequestFailure,
} from "../ports/skill-backends.js";
export type { MusicMaker } from "../ports/music-maker.js";
export type { SoundEvent, SoundListener } from "../ports/sound-listener.js";
export type { SoundHearer } from "../ports/sound-hearer.js";
export type { TextSpeaker } from "../ports/text-speaker.js";
export type { Transcriber, Transcript, TranscriptionFailure } from "../ports/transcriber.js";
export type {
  DocumentFailure,
  DocumentPage,
  FoundTable,
  OpenedDocument,
  TableCell,
  TableReader,
} from "../ports/table-reader.js";
export { z } from "zod";
