import { ControllerError } from "../src/domain/errors.js";
import type { Camera } from "../src/ports/camera.js";
import type { Clock } from "../src/ports/clock.js";
import type { WorkerLink } from "./physics/call-worker.js";

/** A camera of the simulated robot. Its picture is taken when it is asked for, so its age is what the simulated clock has run since. */
export function createSimCamera(
  link: WorkerLink,
  { name, hasDepth, clock }: { readonly name: "head" | "wrist"; readonly hasDepth: boolean; readonly clock: Clock },
): Camera {
  let closed = false;
  const unavailable = (cause?: unknown): ControllerError =>
    new ControllerError("camera-unavailable", `Camera "${name}" is closed; create a new simulation.`, { cause });

  return {
    name,
    hasDepth,
    async latest({ maxAgeMs, signal }) {
      if (closed) throw unavailable();
      if (signal?.aborted) throw new ControllerError("aborted", `Taking a picture with "${name}" was aborted.`);
      const frame = await link.call("frame", { camera: name }).catch((cause: unknown) => {
        throw closed ? unavailable(cause) : cause;
      });
      const ageMs = clock.nowMs() - frame.capturedAtMs;
      if (ageMs > maxAgeMs) {
        throw new ControllerError(
          "stale-frame",
          `Expected a picture from "${name}" not older than ${maxAgeMs} ms, found one of ${Math.round(ageMs)} ms. Try again, ` +
            `or allow older pictures.`,
        );
      }
      return frame;
    },
    async close() {
      closed = true;
    },
  };
}
