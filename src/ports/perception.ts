import type { DepthMap, Frame } from "../domain/frame.js";
import type { HeldThing, Scene } from "../domain/scene.js";

/** One look: the scene, and the picture it was made from. */
export interface Look {
  readonly scene: Scene;
  readonly frame: Frame;
  readonly depth: DepthMap;
}

/** Camera and robot state to a scene with metres. Keeps tracks, so that ids stay while things stay. */
export interface Perception {
  readonly name: string;
  /** Takes a fresh picture and reads it. `phrases` are the words that matter now, for grounders that need them. */
  look(options: { phrases: readonly string[]; held?: HeldThing; signal?: AbortSignal }): Promise<Look>;
  /** Forgets all tracks. */
  reset(): void;
  close(): Promise<void>;
}
