import { fail, ok, type Result } from "../../domain/result.js";
import { durationOf } from "../../domain/speech/sound.js";
import { writeWav } from "../../domain/speech/write-wav.js";
import type { AnimationRequest } from "../../ports/animator.js";
import type { JobFailure, LimitFailure, MakingOptions, VideoRequest } from "../../ports/clip-maker.js";
import type { RgbPicture } from "../../ports/model-client.js";
import type { MadePicture, PictureRequest } from "../../ports/picture-maker.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import { requestKey, videoLimits, VIDEO_MODELS, type RawVideo, type VideoModel } from "../media-job/index.js";
import { ANIMATE_FPS, followGraph, talkGraph } from "./animate-graphs.js";
import type { ComfyAnimateConfig, ComfyClipConfig, ComfyPictureConfig } from "./config-schema.js";
import { createComfy, type ComfyOptions } from "./create-comfy.js";
import { pictureGraph } from "./picture-graph.js";
import { videoGraph } from "./video-graphs.js";

export interface ComfyMakerOptions extends ComfyOptions {
  readonly encodePng: (picture: RgbPicture) => Promise<Uint8Array>;
}

type Made<T> = Promise<Result<T, BackendFailure | JobFailure | LimitFailure>>;
type Closable<T> = T & { close(): Promise<void> };

const VIDEO = /\.(mp4|mov|webm|mkv)$/iu;
const PICTURE = /\.(png|jpe?g|webp)$/iu;

/** A seed by the request, where none is given: the same request is then the same job, also after a restart. */
const seedFor = (...parts: readonly unknown[]): number =>
  Number.parseInt(requestKey(...parts).slice(0, 8), 16) & 0x7fffffff;

/** Uploads a picture under a name made of what is in it. */
async function uploadPicture(
  comfy: ReturnType<typeof createComfy>,
  picture: RgbPicture,
  { encodePng, signal }: Pick<ComfyMakerOptions, "encodePng"> & { readonly signal: AbortSignal },
): Promise<Result<string, BackendFailure>> {
  const name = `handeye-${requestKey(picture.rgb).slice(0, 16)}.png`;
  return comfy.upload({ name, mediaType: "image/png", bytes: await encodePng(picture) }, { signal });
}

export function createComfyClips(
  options: ComfyMakerOptions,
  { model, files }: Pick<ComfyClipConfig, "model" | "files">,
): Closable<{ generate(request: VideoRequest, making: MakingOptions): Made<RawVideo> }> {
  const comfy = createComfy(options);
  return {
    async generate(request, making) {
      const limits: VideoModel = VIDEO_MODELS[model];
      const plan = videoLimits(model, limits, request);
      if (!plan.ok) return plan;
      const { picture, prompt, negativePrompt = "", seed: wished } = request;
      const parts = ["comfyui", options.baseUrl, model, files, plan.value, prompt, negativePrompt, wished ?? null];
      const key = requestKey(...parts, picture?.rgb ?? null);
      const seed = wished ?? seedFor(key);
      let name: string | undefined;
      if (picture !== undefined && !(await comfy.isKnown(key))) {
        const sent = await uploadPicture(comfy, picture, { ...options, signal: making.signal });
        if (!sent.ok) return sent;
        name = sent.value;
      }
      const graph = videoGraph(model, files, {
        ...plan.value,
        prompt,
        negativePrompt,
        seed,
        ...(name === undefined ? {} : { picture: name }),
      });
      const made = await comfy.run(graph, { ...making, key, endings: VIDEO });
      const { frames, fps } = plan.value;
      return made.ok ? ok({ ...made.value, model, seed, expected: { frames, fps } }) : made;
    },
    close: () => comfy.close(),
  };
}

export function createComfyPictures(
  options: ComfyMakerOptions,
  config: Pick<ComfyPictureConfig, "checkpoint" | "controlNets" | "steps" | "guidance" | "sampler" | "scheduler">,
): Closable<{ make(request: PictureRequest, making: MakingOptions): Made<MadePicture> }> {
  const comfy = createComfy(options);
  return {
    async make(request, making) {
      const { prompt, negativePrompt = "", picture, mask, control, width, height, strength } = request;
      const net = control === undefined ? undefined : config.controlNets[control.kind];
      if (control !== undefined && net === undefined)
        return fail(
          "unsupported",
          `No ControlNet for ${control.kind} is set up: name one in controlNets.${control.kind}.`,
        );
      if (control?.isPhoto === true)
        return fail(
          "unsupported",
          "This ComfyUI workflow finds no pose in a photograph: give the skeleton as a picture.",
        );
      const { steps = config.steps, guidance = config.guidance } = request;
      const plain = { prompt, negativePrompt, width, height, strength, steps, guidance };
      const key = requestKey(
        "comfyui",
        options.baseUrl,
        config,
        plain,
        request.seed ?? null,
        control === undefined ? null : [control.kind, control.weight],
        ...[picture, mask, control?.picture].map((each) => each?.rgb ?? null),
      );
      const seed = request.seed ?? seedFor(key);
      const names: (string | undefined)[] = [];
      const known = await comfy.isKnown(key);
      for (const each of [picture, mask, control?.picture]) {
        if (each === undefined || known) {
          names.push(each === undefined ? undefined : "");
          continue;
        }
        const sent = await uploadPicture(comfy, each, { ...options, signal: making.signal });
        if (!sent.ok) return sent;
        names.push(sent.value);
      }
      const [pictureName, maskName, controlName] = names;
      const graph = pictureGraph(config, {
        ...plain,
        seed,
        ...(pictureName === undefined ? {} : { picture: pictureName }),
        ...(maskName === undefined ? {} : { mask: maskName }),
        ...(control === undefined || net === undefined || controlName === undefined
          ? {}
          : { control: { net, picture: controlName, weight: control.weight } }),
      });
      const made = await comfy.run(graph, { ...making, key, endings: PICTURE });
      return made.ok ? ok({ bytes: made.value.bytes, model: config.checkpoint, seed }) : made;
    },
    close: () => comfy.close(),
  };
}

const ANIMATE_STEPS = 20;
/** Where nothing is said: five seconds. */
const FOLLOW_FRAMES = 77;
/** 77 is what one pass of the models makes; longer ones need several. */
const MOST_FRAMES = 161;

export function createComfyAnimator(
  options: ComfyMakerOptions,
  { files }: Pick<ComfyAnimateConfig, "files">,
): Closable<{ animate(request: AnimationRequest, making: MakingOptions): Made<RawVideo> }> {
  const comfy = createComfy(options);
  return {
    async animate(request, making) {
      const { prompt, width, height, steps = ANIMATE_STEPS, picture } = request;
      const frames = request.frames ?? (request.do === "talk" ? framesFor(durationOf(request.sound)) : FOLLOW_FRAMES);
      if (frames > MOST_FRAMES || (frames - 1) % 4 !== 0)
        return fail(
          "over-limit",
          `Wan2.2 animates at most ${MOST_FRAMES} frames (${(MOST_FRAMES / ANIMATE_FPS).toFixed(1)} s), a multiple of 4 and one; ${frames} are wanted.`,
        );
      if (width % 16 !== 0 || height % 16 !== 0)
        return fail("over-limit", `Wan2.2 animates sizes in steps of 16; ${width} x ${height} was asked for.`);
      const other =
        request.do === "follow"
          ? { name: "mp4", mediaType: "video/mp4", bytes: request.clip }
          : { name: "wav", mediaType: "audio/wav", bytes: writeWav(request.sound) };
      const plain = { do: request.do, prompt, width, height, frames, steps };
      const key = requestKey("comfyui", options.baseUrl, files, plain, request.seed ?? null, picture.rgb, other.bytes);
      const seed = request.seed ?? seedFor(key);
      const input = { prompt, negativePrompt: "", width, height, frames, steps, seed };
      const names = { picture: "", other: "" };
      if (!(await comfy.isKnown(key))) {
        const sent = await uploadPicture(comfy, picture, { ...options, signal: making.signal });
        if (!sent.ok) return sent;
        const file = { ...other, name: `handeye-${requestKey(other.bytes).slice(0, 16)}.${other.name}` };
        const second = await comfy.upload(file, { signal: making.signal });
        if (!second.ok) return second;
        Object.assign(names, { picture: sent.value, other: second.value });
      }
      const graph =
        request.do === "follow"
          ? followGraph(files, { ...input, picture: names.picture, video: names.other })
          : talkGraph(files, { ...input, picture: names.picture, sound: names.other });
      const made = await comfy.run(graph, { ...making, key, endings: VIDEO });
      const model = request.do === "follow" ? files.animate : files.speech;
      return made.ok ? ok({ ...made.value, model, seed, expected: { fps: ANIMATE_FPS } }) : made;
    },
    close: () => comfy.close(),
  };
}

/** As many as the speech lasts, a multiple of four and one. */
const framesFor = (durationS: number): number => Math.ceil((durationS * ANIMATE_FPS) / 4) * 4 + 1;
