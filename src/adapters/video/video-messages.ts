import type { OverlayState } from "../overlay/index.js";

export interface VideoSetup {
  /** Where the finished file goes. */
  readonly path: string;
  /** Where it grows until then, in the same folder, so that the rename is atomic. */
  readonly temporaryPath: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

export type VideoRequest =
  | {
      readonly type: "frame";
      /** RGB or RGBA bytes; told apart by length. Absent = the last picture again. */
      readonly pixels?: Uint8Array;
      readonly overlay?: OverlayState;
      /** How often the picture is written: more than once holds it. */
      readonly times: number;
    }
  | { readonly type: "close" };

export type VideoReply =
  | { readonly type: "ready" }
  /** One request has been worked off. */
  | { readonly type: "done" }
  | { readonly type: "closed"; readonly frames: number; readonly bytes: number }
  | { readonly type: "failed"; readonly code?: string; readonly message: string };
