import { ControllerError, type ErrorCode } from "../../domain/errors.js";
import { EXIT_CODES, type MissionResult } from "../../domain/mission.js";

export const EXIT_BAD_INPUT = 2;

/** Broken before anything moved, by something the user can put right: a file, a flag, a model. */
const BAD_INPUT: readonly ErrorCode[] = [
  "bad-input",
  "bad-launch-file",
  "model-missing",
  "model-damaged",
  "video-failed",
  "recording-failed",
];

export function exitCodeOf(result: MissionResult): number {
  return result.code === "bad-instruction" ? EXIT_BAD_INPUT : EXIT_CODES[result.outcome];
}

export function exitCodeOfError(error: unknown): number {
  return error instanceof ControllerError && BAD_INPUT.includes(error.code) ? EXIT_BAD_INPUT : 1;
}
