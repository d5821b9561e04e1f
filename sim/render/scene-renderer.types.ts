import type { Pose } from "../../src/domain/geometry/pose.js";
import type { Intrinsics } from "../../src/domain/frame.js";

/**
 * Poses of everything that moves, in the world frame, by body name: `object:<id>`, `drawer:<id>` (the tray's frame),
 * `base`, `link0` ... `link7`, `hand`, `finger-left`, `finger-right`. Bodies that are absent keep their pose from the scene.
 */
export type BodyPoses = ReadonlyMap<string, Pose>;

export interface RenderView {
  readonly width: number;
  readonly height: number;
  readonly intrinsics: Intrinsics;
  /** Optical frame (x right, y down, z forward) in the world frame. */
  readonly poseInWorld: Pose;
  /** Chooses the sensor noise of this picture, together with the scene's seed. Default: 0. */
  readonly noiseSeed?: number;
}

/** Buffers are reused between calls of one renderer; copy what must live longer. */
export interface RenderedPicture {
  readonly rgb: Uint8Array;
  /** Metres along the optical axis; 0 = nothing hit. */
  readonly depthM: Float32Array;
  /** Index into `SceneRenderer.instances`; 0 = background. */
  readonly instanceIds: Uint8Array;
}

/** What a pixel can belong to. Index 0 is the background (walls, counter, floor). */
export interface RenderInstance {
  /** `object:<id>`, `drawer:<id>`, `handle:<drawer id>`, `region:<id>`, `robot`, or `background`. */
  readonly name: string;
}

export interface SceneRenderer {
  readonly instances: readonly RenderInstance[];
  render(view: RenderView, bodies: BodyPoses): RenderedPicture;
}
