import type { Random } from "../../../src/domain/random.js";
import type { Frame } from "../../../src/domain/frame.js";
import type { FrameTruth } from "../../physics/truth.js";
import type { SceneOptions } from "../../scenes/scene-options.js";
import type { SceneSpec } from "../../scenes/scene-spec.js";
import type { PointingGroup, PointingTask } from "./pointing-task.js";
import type { Speaker } from "./phrases.js";
import type { SeenThing } from "./seen-things.js";

/** What a phrase is written from. */
export interface Showing extends Speaker {
  readonly scene: SceneSpec;
  /** The picture that the phrase is about. */
  readonly frame: Frame;
  readonly truth: FrameTruth;
  readonly things: readonly SeenThing[];
  /** Counts the rounds, so that relations take turns; moves on when scene after scene has none. */
  readonly turn: number;
}

/** One kind of phrase: what its scenes must hold, and the words that mean one thing in them without doubt. */
export interface PointingFamily {
  readonly group: PointingGroup;
  readonly layouts: readonly SceneSpec["layout"][];
  options(random: Random, layout: SceneSpec["layout"]): SceneOptions;
  /** Undefined when no such phrase is clear in this picture: another scene is drawn. */
  write(showing: Showing): PointingTask | undefined;
}
