import type { Result } from "../domain/result.js";
import type { JobFailure, LimitFailure, MakingOptions } from "./clip-maker.js";
import type { RgbPicture } from "./model-client.js";
import type { BackendFailure } from "./skill-backends.js";

/** What holds a picture's shape: the skeleton of a pose, or edges in white on black. */
export interface PictureControl {
  readonly kind: "pose" | "edges";
  readonly picture: RgbPicture;
  /** How much it counts, 0 to 2. */
  readonly weight: number;
  /** True where the picture is a photograph and the back end has to find the skeleton in it. */
  readonly isPhoto: boolean;
}

/** Undefined fields are the model's own defaults. */
export interface PictureRequest {
  readonly prompt: string;
  readonly negativePrompt?: string;
  /** To be changed; without one, a picture is made from words alone. */
  readonly picture?: RgbPicture;
  /** Of the same size; white is to be changed. */
  readonly mask?: RgbPicture;
  /** How far the picture may be left: 0 not at all, 1 wholly. */
  readonly strength: number;
  readonly control?: PictureControl;
  readonly width: number;
  readonly height: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly seed?: number;
}

export interface MadePicture {
  /** As the server sent it; whoever takes it decodes it. */
  readonly bytes: Uint8Array;
  readonly model: string;
  readonly seed?: number;
}

/** Back end of `picture`. A wish that it cannot serve is `unsupported`. */
export interface PictureMaker {
  make(
    request: PictureRequest,
    options: MakingOptions,
  ): Promise<Result<MadePicture, BackendFailure | JobFailure | LimitFailure>>;
}
