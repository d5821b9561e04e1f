import { monotonicMs } from "../adapters/clock/machine-clock.js";
import type { Camera } from "../ports/camera.js";
import type { DepthEstimator } from "../ports/depth-estimator.js";
import type { Grounder } from "../ports/grounder.js";

export type LookPart = "capture" | "ground" | "depth";

interface LookPorts {
  readonly camera: Camera;
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
}

/**
 * The same ports with a stopwatch: seconds of this machine's time, whatever the mission's clock does. Calls that reject are not told.
 * Without a listener the ports are given back as they are.
 */
export function timeLook(
  ports: LookPorts,
  onPart: ((part: LookPart, seconds: number) => void) | undefined,
  nowMs: () => number = monotonicMs,
): LookPorts {
  if (onPart === undefined) return ports;
  const { camera, grounder, depth } = ports;
  const timed = async <T>(part: LookPart, run: () => Promise<T>): Promise<T> => {
    const startedAtMs = nowMs();
    const result = await run();
    onPart(part, (nowMs() - startedAtMs) / 1000);
    return result;
  };
  return {
    camera: {
      name: camera.name,
      hasDepth: camera.hasDepth,
      latest: (options) => timed("capture", () => camera.latest(options)),
      close: () => camera.close(),
    },
    grounder: {
      name: grounder.name,
      ground: (frame, options) => timed("ground", () => grounder.ground(frame, options)),
      close: () => grounder.close(),
    },
    depth: {
      name: depth.name,
      estimate: (frame, options) => timed("depth", () => depth.estimate(frame, options)),
      close: () => depth.close(),
    },
  };
}
