import { composePoses, IDENTITY_POSE, invertPose, type Pose } from "../../domain/geometry/pose.js";
import { slerp } from "../../domain/geometry/quaternion.js";
import { interpolate } from "../../domain/geometry/vec3.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { RosMessage } from "./ros-types.js";
import { headerFrame, headerStampMs } from "./stamps.js";

export type TfFailure = "unknown-frame" | "no-path" | "loop" | "gap";

/** Kept of a moving frame's past, ms. */
const HISTORY_MS = 10_000;
/** A moving frame's last transform serves this long beyond its stamp, ms. */
const BEYOND_MS = 200;
const MAX_DEPTH = 64;

interface Sample {
  readonly stampMs: number;
  readonly pose: Pose;
}
interface Edge {
  readonly parent: string;
  readonly fixed: boolean;
  /** Oldest first; one for a fixed frame. */
  readonly samples: Sample[];
}

/** The tree of frames as `/tf` and `/tf_static` tell it. */
export interface TfBuffer {
  /** Takes a `tf2_msgs/TFMessage`. Transforms that are no transforms (NaN, no unit quaternion, own parent) are left out. */
  add(message: RosMessage, options: { readonly fixed: boolean }): void;
  /** Pose of `frame` in `inFrame` at a time by the robot's clock; `latest` takes what is newest. */
  lookup(
    inFrame: string,
    frame: string,
    atMs: number | "latest",
    options?: {
      /** A moving frame's last transform serves so long beyond its stamp. Default 200 ms. */ readonly beyondMs?: number;
    },
  ): Result<Pose, TfFailure>;
  readonly frames: readonly string[];
  clear(): void;
}

export function createTfBuffer(): TfBuffer {
  const edges = new Map<string, Edge>();
  const known = (frame: string): boolean =>
    edges.has(frame) || [...edges.values()].some(({ parent }) => parent === frame);

  /** Poses from `frame` up to the root: its own first. */
  const climb = (frame: string, atMs: number | "latest", beyondMs: number): Result<Map<string, Pose>, TfFailure> => {
    const chain = new Map<string, Pose>([[frame, IDENTITY_POSE]]);
    let at = frame;
    let pose = IDENTITY_POSE;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      const edge = edges.get(at);
      if (edge === undefined) return ok(chain);
      const step = sampleAt(edge, at, { atMs, beyondMs });
      if (!step.ok) return step;
      pose = composePoses(step.value, pose);
      at = edge.parent;
      if (chain.has(at)) {
        return fail(
          "loop",
          `Expected a tree of frames, found a loop through "${at}": two publishers disagree about its parent. Stop one of them.`,
        );
      }
      chain.set(at, pose);
    }
    return fail("loop", `Expected a tree of frames, found a chain of more than ${MAX_DEPTH} above "${frame}".`);
  };

  return {
    add({ transforms }, { fixed }) {
      if (!Array.isArray(transforms)) return;
      for (const transform of transforms) {
        const read = readTransform(transform as RosMessage);
        if (read === undefined) continue;
        const { child, parent, sample } = read;
        const old = edges.get(child);
        if (old === undefined || fixed || old.fixed || old.parent !== parent) {
          edges.set(child, { parent, fixed, samples: [sample] });
          continue;
        }
        insert(old.samples, sample);
      }
    },
    lookup(inFrame, frame, atMs, { beyondMs = BEYOND_MS } = {}) {
      const [target, source] = [inFrame.replace(/^\//, ""), frame.replace(/^\//, "")];
      if (target === source) return ok(IDENTITY_POSE);
      for (const name of [target, source]) {
        if (known(name)) continue;
        const names = [...edges.keys()].sort().slice(0, 20).join(", ");
        return fail("unknown-frame", `Expected a TF frame "${name}", found ${names === "" ? "none at all" : names}.`);
      }
      const up = climb(source, atMs, beyondMs);
      if (!up.ok) return up;
      const other = climb(target, atMs, beyondMs);
      if (!other.ok) return other;
      for (const [ancestor, sourcePose] of up.value) {
        const targetPose = other.value.get(ancestor);
        if (targetPose !== undefined) return ok(composePoses(invertPose(targetPose), sourcePose));
      }
      return fail(
        "no-path",
        `Frames "${source}" and "${target}" are in two trees; a publisher between them is missing.`,
      );
    },
    get frames() {
      return [...new Set([...edges].flatMap(([child, { parent }]) => [child, parent]))];
    },
    clear: () => edges.clear(),
  };
}

function readTransform(message: RosMessage): { child: string; parent: string; sample: Sample } | undefined {
  const { translation, rotation } = (message.transform ?? {}) as { translation?: RosMessage; rotation?: RosMessage };
  const child = typeof message.child_frame_id === "string" ? message.child_frame_id.replace(/^\//, "") : "";
  const parent = headerFrame(message);
  const values = [translation?.x, translation?.y, translation?.z, rotation?.x, rotation?.y, rotation?.z, rotation?.w];
  if (child === "" || parent === "" || child === parent) return undefined;
  // NaN comes as null over JSON.
  if (!values.every((v): v is number => typeof v === "number" && Number.isFinite(v))) return undefined;
  const length = Math.hypot(values[3], values[4], values[5], values[6]);
  if (Math.abs(length - 1) > 0.01) return undefined;
  const pose: Pose = {
    position: [values[0], values[1], values[2]],
    orientation: [values[3] / length, values[4] / length, values[5] / length, values[6] / length],
  };
  return { child, parent, sample: { stampMs: headerStampMs(message) ?? 0, pose } };
}

/** Keeps samples in order of their stamps, whatever order they came in, and forgets old ones. */
function insert(samples: Sample[], sample: Sample): void {
  // A stamp far behind is a clock that was set back, not a late message: what was known is of another time.
  if (samples.length > 0 && sample.stampMs < samples[samples.length - 1].stampMs - HISTORY_MS) samples.length = 0;
  let at = samples.length;
  while (at > 0 && samples[at - 1].stampMs >= sample.stampMs) at--;
  if (samples[at]?.stampMs === sample.stampMs) samples[at] = sample;
  else samples.splice(at, 0, sample);
  const newestMs = samples[samples.length - 1].stampMs;
  let old = 0;
  while (samples[old].stampMs < newestMs - HISTORY_MS) old++;
  if (old > 0) samples.splice(0, old);
}

function sampleAt(
  edge: Edge,
  frame: string,
  { atMs, beyondMs }: { readonly atMs: number | "latest"; readonly beyondMs: number },
): Result<Pose, TfFailure> {
  const { samples } = edge;
  const last = samples[samples.length - 1];
  if (edge.fixed || atMs === "latest") return ok(last.pose);
  const first = samples[0];
  if (atMs >= last.stampMs) {
    const aheadMs = atMs - last.stampMs;
    if (aheadMs <= beyondMs) return ok(last.pose);
    return fail(
      "gap",
      `The newest transform of "${frame}" is ${Math.round(aheadMs)} ms older than asked for. Check its publisher.`,
      {
        aheadMs,
      },
    );
  }
  if (atMs < first.stampMs) {
    return fail(
      "gap",
      `The oldest transform of "${frame}" is ${Math.round(first.stampMs - atMs)} ms newer than asked for.`,
    );
  }
  const after = samples.findIndex(({ stampMs }) => stampMs >= atMs);
  const [a, b] = [samples[Math.max(0, after - 1)], samples[after]];
  const fraction = b.stampMs === a.stampMs ? 1 : (atMs - a.stampMs) / (b.stampMs - a.stampMs);
  return ok({
    position: interpolate(a.pose.position, b.pose.position, fraction),
    orientation: slerp(a.pose.orientation, b.pose.orientation, fraction),
  });
}
