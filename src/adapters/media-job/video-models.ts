import { fail, ok, type Result } from "../../domain/result.js";
import type { LimitFailure, VideoRequest } from "../../ports/clip-maker.js";

/** What a video model was trained for, and what is sent where nothing is said. */
export interface VideoModel {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly fps: number;
  readonly guidance: number;
  readonly steps: number;
  readonly mostFrames: number;
  /** Frames are one more than a multiple of this. */
  readonly framesStep: number;
  /** Width and height are multiples of this. */
  readonly sizeStep: number;
  readonly mostPixels: number;
  /** Where the model knows one size only. */
  readonly onlySize?: true;
  readonly longestPrompt: number;
  /** Whether it goes on from a picture, only from words, or only from a picture. */
  readonly picture: "needed" | "possible" | "never";
}

/** A token of English has about four letters; the models' text encoders take 226 and 512 tokens. */
const COGVIDEOX = {
  width: 720,
  height: 480,
  frames: 49,
  fps: 8,
  guidance: 6,
  steps: 50,
  mostFrames: 49,
  framesStep: 4,
  sizeStep: 16,
  mostPixels: 720 * 480,
  onlySize: true,
  longestPrompt: 1_000,
} as const;
const WAN = {
  width: 832,
  height: 480,
  frames: 81,
  fps: 16,
  guidance: 3.5,
  steps: 20,
  mostFrames: 121,
  framesStep: 4,
  sizeStep: 16,
  mostPixels: 1_280 * 720,
  longestPrompt: 2_000,
} as const;

export const VIDEO_MODELS = {
  "cogvideox-5b": { ...COGVIDEOX, picture: "never" },
  "cogvideox-5b-i2v": { ...COGVIDEOX, picture: "needed" },
  "wan2.2-t2v-14b": { ...WAN, picture: "never" },
  "wan2.2-i2v-14b": { ...WAN, picture: "needed" },
  "wan2.2-ti2v-5b": {
    ...WAN,
    width: 1_280,
    height: 704,
    fps: 24,
    guidance: 5,
    frames: 121,
    sizeStep: 32,
    picture: "possible",
  },
} as const satisfies Readonly<Record<string, VideoModel>>;

export interface VideoPlan {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly fps: number;
  readonly guidance: number;
  readonly steps: number;
}

/** The request with the model's defaults filled in; `over-limit` says what the model can do, `unsupported` what it is not made for. */
export function videoLimits(
  name: string,
  model: VideoModel,
  request: VideoRequest,
): Result<VideoPlan, LimitFailure | "unsupported"> {
  const { width, height, frames, fps, guidance, steps } = { ...model, ...defined(request) };
  const over = (expected: string, found: string): Result<never, LimitFailure> =>
    fail("over-limit", `${name} makes ${expected}; ${found} was asked for.`);
  if (model.picture === "needed" && request.picture === undefined)
    return fail(
      "unsupported",
      `${name} goes on from a picture; give one, or take a model that makes videos from words.`,
    );
  if (model.picture === "never" && request.picture !== undefined)
    return fail("unsupported", `${name} makes videos from words alone; take a model that goes on from a picture.`);
  if (request.prompt.length > model.longestPrompt)
    return over(`videos from at most ${model.longestPrompt} characters`, `a prompt of ${request.prompt.length}`);
  if (model.onlySize && (width !== model.width || height !== model.height))
    return over(`${model.width} x ${model.height} only`, `${width} x ${height}`);
  if (width % model.sizeStep !== 0 || height % model.sizeStep !== 0)
    return over(`sizes in steps of ${model.sizeStep}`, `${width} x ${height}`);
  if (width * height > model.mostPixels)
    return over(`at most ${model.mostPixels} pixels a picture`, `${width} x ${height}`);
  if (frames > model.mostFrames) return over(`at most ${model.mostFrames} frames`, `${frames}`);
  if (frames < 1 + model.framesStep || (frames - 1) % model.framesStep !== 0) {
    const near = Math.max(1, Math.round((frames - 1) / model.framesStep)) * model.framesStep + 1;
    return over(
      `a multiple of ${model.framesStep} and one frames (the next to it is ${Math.min(near, model.mostFrames)})`,
      `${frames}`,
    );
  }
  return ok({ width, height, frames, fps, guidance, steps });
}

const defined = (request: VideoRequest): Partial<VideoPlan> =>
  Object.fromEntries(
    (["width", "height", "frames", "fps", "guidance", "steps"] as const).flatMap((name) =>
      request[name] === undefined ? [] : [[name, request[name]]],
    ),
  );
