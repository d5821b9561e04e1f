import type { Detection, Extent } from "../../src/domain/detection.js";
import { project } from "../../src/domain/geometry/project.js";
import { quaternionFromAxes } from "../../src/domain/geometry/quaternion.js";
import { cross, type Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Frame } from "../../src/domain/frame.js";
import type { FreeSpot } from "../../src/domain/scene.js";
import { CLOSED_BELOW_M, OPEN_ABOVE_M } from "../../src/domain/vocabulary.js";
import type { Look, Perception } from "../../src/ports/perception.js";
import type { Robot } from "../../src/ports/robot.js";
import type { FakeClock } from "./fake-clock.js";
import { extentOfDrawer, extentOfHandle, extentOfThing, type FakeDrawer, type FakeWorld } from "./fake-world.js";

export interface FakePerceptionOptions {
  readonly world: FakeWorld;
  readonly robot: Pick<Robot, "state">;
  readonly clock: FakeClock;
  readonly freeSpots?: readonly Vec3[];
  /** Ids that are not seen, asked at each look. */
  readonly hidden?: () => readonly string[];
  /** Called before each look, counting from 1: may throw, or never return. */
  readonly before?: (look: number) => Promise<void> | void;
}

const WIDTH = 64;
const HEIGHT = 48;
const FAR_M = 9;

/** Sees the tiny world exactly. Ids are the world's; frames are numbered from 1. */
export function createFakePerception(options: FakePerceptionOptions): Perception & { readonly looks: number } {
  const { world, robot, clock, freeSpots = [] } = options;
  let looks = 0;
  return {
    name: "fake-perception",
    get looks() {
      return looks;
    },
    async look({ held }) {
      looks++;
      await options.before?.(looks);
      const frame = headFrame(looks, clock.nowMs());
      const hidden = options.hidden?.() ?? [];
      const state = await robot.state();
      const seen = detectionsOf(world, frame).filter((d) => !hidden.includes(d.id));
      const tool = state.toolPoseInBase.position;
      const detections = seen.map((d) => {
        const near = Math.hypot(...d.extentInBase.center.map((v, i) => v - tool[i])) < 0.1;
        return held !== undefined && near ? { ...d, held: true as const } : d;
      });
      const spots: FreeSpot[] = freeSpots.map((positionInBase) => ({
        positionInBase,
        point: project(frame, positionInBase),
        clearanceM: 0.08,
      }));
      const { rgb: _rgb, depthM: _depthM, ...view } = frame;
      const depthM = new Float32Array(WIDTH * HEIGHT).fill(FAR_M);
      const look: Look = {
        frame,
        depth: { width: WIDTH, height: HEIGHT, depthM, source: "sensor" },
        scene: { view, detections, robot: state, freeSpots: spots, ...(held && { held }), depthSource: "sensor" },
      };
      return look;
    },
    reset: () => undefined,
    close: async () => undefined,
  };
}

/** The built-in head camera: on the mast, looking forward and down. */
export function headFrame(sequence: number, capturedAtMs: number): Frame {
  const down = (47 * Math.PI) / 180;
  const forward: Vec3 = [Math.cos(down), 0, -Math.sin(down)];
  const right: Vec3 = [0, -1, 0];
  const focal = WIDTH / 2 / Math.tan((78 * Math.PI) / 360);
  return {
    camera: "head",
    sequence,
    capturedAtMs,
    width: WIDTH,
    height: HEIGHT,
    rgb: new Uint8Array(0),
    intrinsics: { fx: focal, fy: focal, cx: WIDTH / 2, cy: HEIGHT / 2 },
    poseInBase: {
      position: [-0.1, 0, 1.58],
      orientation: quaternionFromAxes(right, cross(forward, right), forward),
    },
  };
}

export function detectionsOf(world: FakeWorld, frame: Frame): readonly Detection[] {
  const things = world.things.map((t) =>
    detection(frame, { id: t.id, kind: t.kind, color: t.color, extent: extentOfThing(t) }),
  );
  const drawers = world.drawers.flatMap((d) => [
    detection(frame, { id: d.id, kind: "drawer", extent: extentOfDrawer(d), state: stateOf(d) }),
    detection(frame, { id: `${d.id}-handle`, kind: "handle", extent: extentOfHandle(d) }),
  ]);
  return [...things, ...drawers];
}

interface Seen {
  readonly id: string;
  readonly kind: string;
  readonly color?: string;
  readonly extent: Extent;
  readonly state?: string;
}

function detection(frame: Frame, { id, kind, color, extent, state }: Seen): Detection {
  const { center, sizeM } = extent;
  const positionInBase: Vec3 = [center[0], center[1], center[2] + sizeM[2] / 2];
  const point = project(frame, positionInBase);
  return {
    id,
    label: color === undefined ? kind : `${color} ${kind}`,
    box: { x0: point.x - 0.02, y0: point.y - 0.02, x1: point.x + 0.02, y1: point.y + 0.02 },
    score: 0.95,
    attributes: {
      kind: [[kind, 0.95]],
      color: color === undefined ? [] : [[color, 0.9]],
      ...(state !== undefined && { state: [[state, 0.9]] }),
    },
    point,
    positionInBase,
    extentInBase: extent,
    seenInFrame: frame.sequence,
    ageS: 0,
  };
}

const stateOf = ({ openM }: FakeDrawer): string =>
  openM < CLOSED_BELOW_M ? "closed" : openM > OPEN_ABOVE_M ? "open" : "ajar";
