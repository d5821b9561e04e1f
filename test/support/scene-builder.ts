import type { Detection, WordScores } from "../../src/domain/detection.js";
import { deproject, project } from "../../src/domain/geometry/project.js";
import { quaternionFromAxes } from "../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { FreeSpot, HeldThing, Scene, SceneView } from "../../src/domain/scene.js";
import type { Color, DrawerState, Kind } from "../../src/domain/vocabulary.js";

/** Counter and table height of the built-in worlds, metres. */
export const COUNTER_HEIGHT_M = 0.72;

const TILT_RAD = (47 * Math.PI) / 180;

/** Head camera on its mast, looking forward and 47 degrees down. */
export const HEAD_VIEW: SceneView = {
  camera: "head",
  sequence: 1,
  capturedAtMs: 0,
  width: 640,
  height: 480,
  intrinsics: { fx: 395, fy: 395, cx: 320, cy: 240 },
  poseInBase: {
    position: [-0.1, 0, 1.58],
    orientation: quaternionFromAxes(
      [0, -1, 0],
      [-Math.sin(TILT_RAD), 0, -Math.cos(TILT_RAD)],
      [Math.cos(TILT_RAD), 0, -Math.sin(TILT_RAD)],
    ),
  },
};

const SIZES: Readonly<Record<Kind, Vec3>> = {
  bag: [0.05, 0.09, 0.11],
  mug: [0.065, 0.065, 0.085],
  can: [0.06, 0.06, 0.1],
  bottle: [0.06, 0.06, 0.18],
  apple: [0.06, 0.06, 0.06],
  banana: [0.035, 0.16, 0.035],
  lemon: [0.05, 0.065, 0.05],
  sponge: [0.05, 0.09, 0.03],
  box: [0.055, 0.08, 0.08],
  block: [0.04, 0.04, 0.04],
  bowl: [0.14, 0.14, 0.06],
  drawer: [0.04, 0.26, 0.12],
  sink: [0.28, 0.32, 0.12],
  shelf: [0.22, 0.5, 0.17],
  zone: [0.14, 0.14, 0.002],
  handle: [0.02, 0.12, 0.02],
};

export interface ThingOptions {
  readonly id?: string;
  readonly color?: Color;
  readonly state?: DrawerState;
  readonly sizeM?: Vec3;
  /** Height of the bottom, base frame. */
  readonly bottomM?: number;
  readonly kindScores?: WordScores;
  readonly colorScores?: WordScores;
}

/** Hand-made scenes, in metres in the base frame: what perception would say of a kitchen or a table. */
export class SceneBuilder {
  readonly #detections: Detection[] = [];
  readonly #spots: FreeSpot[] = [];
  #held: HeldThing | undefined;

  /** A thing that stands at (xM, yM). */
  add(kind: Kind, xM: number, yM: number, options: ThingOptions = {}): this {
    const sizeM = options.sizeM ?? SIZES[kind];
    const bottomM = options.bottomM ?? COUNTER_HEIGHT_M;
    const center: Vec3 = [xM, yM, bottomM + sizeM[2] / 2];
    const color = options.color;
    const point = project(HEAD_VIEW, center);
    this.#detections.push({
      id: options.id ?? `d${this.#detections.length + 1}`,
      label: color === undefined ? kind : `${color} ${kind}`,
      box: { x0: point.x - 0.02, y0: point.y - 0.02, x1: point.x + 0.02, y1: point.y + 0.02 },
      score: 0.95,
      attributes: {
        kind: options.kindScores ?? [[kind, 0.95]],
        color: options.colorScores ?? (color === undefined ? [] : [[color, 0.95]]),
        ...(options.state === undefined ? {} : { state: [[options.state, 0.95] as const] }),
      },
      point,
      positionInBase: deproject(HEAD_VIEW, point),
      extentInBase: { center, sizeM, yawRad: 0 },
      seenInFrame: HEAD_VIEW.sequence,
      ageS: 0,
    });
    return this;
  }

  /** One of the kitchen's two drawers: opening slides it towards the robot. */
  drawer(side: "left" | "right", state: DrawerState): this {
    const openM = { closed: 0, ajar: 0.06, open: 0.2 }[state];
    const depthM = 0.04 + openM;
    return this.add("drawer", 0.6 - openM / 2, side === "left" ? -0.2 : -0.48, {
      id: `${side}-drawer`,
      state,
      color: "gray",
      sizeM: [depthM, 0.26, 0.12],
      bottomM: 0.785,
    });
  }

  sink(): this {
    return this.add("sink", 0.42, 0.44, { id: "sink", bottomM: 0.6 });
  }

  shelf(): this {
    return this.add("shelf", 0.71, 0.27, { id: "shelf", color: "brown" });
  }

  spot(xM: number, yM: number, clearanceM = 0.08, heightM = COUNTER_HEIGHT_M): this {
    const positionInBase: Vec3 = [xM, yM, heightM];
    this.#spots.push({ point: project(HEAD_VIEW, positionInBase), positionInBase, clearanceM });
    return this;
  }

  /** Free places all over the counter in front of the robot, every 8 cm, that nothing added so far covers. */
  counterSpots(): this {
    for (let x = 0.28; x <= 0.6; x += 0.08) {
      for (let y = -0.56; y <= 0.6; y += 0.08) {
        const free = this.#detections.every(
          ({ extentInBase: { center, sizeM } }) =>
            Math.abs(x - center[0]) > sizeM[0] / 2 + 0.06 || Math.abs(y - center[1]) > sizeM[1] / 2 + 0.06,
        );
        if (free) this.spot(x, y, 0.06);
      }
    }
    return this;
  }

  holding(color: Color, kind: Kind): this {
    this.#held = {
      label: `${color} ${kind}`,
      attributes: { kind: [[kind, 0.95]], color: [[color, 0.95]] },
      sizeM: SIZES[kind],
    };
    return this;
  }

  build(): Scene {
    const holding = this.#held !== undefined;
    return {
      view: HEAD_VIEW,
      detections: [...this.#detections],
      freeSpots: [...this.#spots].sort((a, b) => b.clearanceM - a.clearanceM),
      ...(this.#held === undefined ? {} : { held: this.#held }),
      depthSource: "sensor",
      robot: {
        timeMs: 0,
        jointPositions: [-1.6, 0.2, 0, -2, 0, 2.2, 0.8],
        toolPoseInBase: { position: [0, -0.45, 1.15], orientation: [1, 0, 0, 0] },
        basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
        gripper: { widthM: holding ? 0.05 : 0.08, inContact: holding, moving: false },
        stopped: false,
      },
    };
  }
}

export const scene = (): SceneBuilder => new SceneBuilder();

/** Both drawers closed; sink, shelf, six different things on the counter. */
export const kitchen = (drawers: { left?: DrawerState; right?: DrawerState } = {}): SceneBuilder =>
  scene()
    .drawer("left", drawers.left ?? "closed")
    .drawer("right", drawers.right ?? "closed")
    .sink()
    .shelf()
    .add("mug", 0.45, 0.12, { id: "red-mug", color: "red" })
    .add("mug", 0.5, -0.02, { id: "blue-mug", color: "blue" })
    .add("apple", 0.38, 0.02, { id: "apple", color: "red" })
    .add("sponge", 0.36, 0.2, { id: "sponge", color: "yellow" })
    .add("can", 0.66, 0.3, { id: "can", color: "green", bottomM: 0.89 })
    .add("lemon", 0.42, 0.45, { id: "lemon", color: "yellow", bottomM: 0.6 })
    .counterSpots();

/** Blocks, bowls and zones on a table. */
export const tabletop = (): SceneBuilder =>
  scene()
    .add("block", 0.4, 0.3, { id: "red-block", color: "red" })
    .add("block", 0.45, 0.1, { id: "blue-block", color: "blue" })
    .add("block", 0.42, -0.1, { id: "green-block", color: "green", sizeM: [0.05, 0.05, 0.05] })
    .add("bowl", 0.55, 0.35, { id: "red-bowl", color: "red" })
    .add("bowl", 0.56, -0.3, { id: "blue-bowl", color: "blue" })
    .add("zone", 0.36, -0.34, { id: "green-zone", color: "green" })
    .counterSpots();
