import { ControllerError } from "../../src/domain/errors.js";
import type { Frame } from "../../src/domain/frame.js";
import type { FrameTruth, SimTruth } from "../physics/truth.js";

/** The truth behind a frame, or `model-failed` when the simulator no longer has it or it is of another size. */
export async function frameTruth(truth: SimTruth, frame: Frame, signal?: AbortSignal): Promise<FrameTruth> {
  const found = await truth.instanceIdsFor(frame.sequence);
  if (signal?.aborted) throw new ControllerError("aborted", "The oracle was called off before it answered.");
  if (!found) {
    throw new ControllerError(
      "model-failed",
      `The oracle has no truth for frame ${frame.sequence} of camera "${frame.camera}"; it knows the last few head frames of its own simulator only. Take a new picture.`,
    );
  }
  if (found.width !== frame.width || found.height !== frame.height) {
    throw new ControllerError(
      "model-failed",
      `The oracle's truth for frame ${frame.sequence} is ${found.width} x ${found.height}; the frame is ${frame.width} x ${frame.height}. Give it frames as the simulator delivers them.`,
    );
  }
  return found;
}
