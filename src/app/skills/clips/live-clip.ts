import { setTimeout as delay } from "node:timers/promises";
import type { Frame } from "../../../domain/frame.js";
import type { ClipPicture, OpenedClip } from "../../../skill-kit/index.js";

export interface LiveClipOptions {
  readonly camera: "head" | "wrist";
  readonly forS: number;
  readonly picture: (camera: "head" | "wrist", signal: AbortSignal) => Promise<Frame>;
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that only goes forward. */
  readonly nowMs: () => number;
}

/** Pictures a second, where the skill asks for no other pace. */
const USUAL_PACE_S = 0.2;

/** A robot's camera from now on. A simulator that nobody moves stands still: its pictures are all of one moment. */
export function openLiveClip({ camera, forS, picture, signal, nowMs }: LiveClipOptions): OpenedClip {
  return {
    origin: `${camera} camera for ${forS} s`,
    durationS: forS,
    async *pictures({ everyS = USUAL_PACE_S } = {}): AsyncGenerator<ClipPicture> {
      const startMs = nowMs();
      const paceMs = Math.max(20, everyS * 1000);
      for (let sequence = 1; !signal.aborted; sequence++) {
        const timeMs = nowMs() - startMs;
        if (timeMs > forS * 1000) return;
        const frame = await picture(camera, signal);
        yield { timeMs, frame: { ...frame, sequence }, calibrated: true };
        const waitMs = paceMs - (nowMs() - startMs - timeMs);
        if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
