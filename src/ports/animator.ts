import type { Result } from "../domain/result.js";
import type { Sound } from "../domain/speech/sound.js";
import type { GeneratedVideo, JobFailure, LimitFailure, MakingOptions } from "./clip-maker.js";
import type { RgbPicture } from "./model-client.js";
import type { BackendFailure } from "./skill-backends.js";

interface Scene {
  readonly picture: RgbPicture;
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  /** Absent: as many as the video or the speech has. */
  readonly frames?: number;
  readonly steps?: number;
  readonly seed?: number;
}

export type AnimationRequest =
  | (Scene & { readonly do: "follow"; /** An MP4 whose motion the picture takes on. */ readonly clip: Uint8Array })
  | (Scene & { readonly do: "talk"; readonly sound: Sound });

/** Back end of `animate`. A wish that it cannot serve is `unsupported`. */
export interface Animator {
  /** A person's recorded word that their face may be made to talk or move, in one line; absent where the launch file names none. */
  readonly consent?: string;
  animate(
    request: AnimationRequest,
    options: MakingOptions,
  ): Promise<Result<GeneratedVideo, BackendFailure | JobFailure | LimitFailure>>;
}
