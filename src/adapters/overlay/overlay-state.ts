import type { Box, ImagePoint } from "../../domain/detection.js";

/** How good or bad a piece of news is: chooses its colour. */
export type Tone = "neutral" | "good" | "warning" | "bad";

/** What is drawn over a picture. Coordinates are 0..1 over the frame; texts are ASCII, other characters become dots. */
export interface OverlayState {
  readonly boxes: readonly {
    readonly label: string;
    readonly score: number;
    readonly box: Box;
    /** The thing that the current action is about. */
    readonly highlighted?: boolean;
  }[];
  /** Where the current action points; drawn with its coordinates. */
  readonly target?: ImagePoint & { readonly label: string };
  /** Where a thing is to go; joined to the target by the planned line. */
  readonly destination?: ImagePoint & { readonly label: string };
  /** What the person asked for. */
  readonly instruction?: string;
  readonly status: {
    /** The mission's state: perceiving, planning ... */
    readonly state: string;
    readonly tone: Tone;
    /** The action under way, as people read it. */
    readonly action?: string;
    /** The latest verdict or grade. */
    readonly news?: { readonly text: string; readonly tone: Tone };
    /** Simulated (or real) seconds since the mission began. */
    readonly timeS: number;
  };
  /** Shown large in the middle when the mission is over. */
  readonly endCard?: { readonly title: string; readonly grade: string; readonly text: string; readonly tone: Tone };
}
