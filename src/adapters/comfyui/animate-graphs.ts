import type { ComfyAnimateConfig } from "./config-schema.js";
import { createGraph, type Graph } from "./graph.js";
import { save, texts } from "./video-graphs.js";

export interface AnimateGraphInput {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly steps: number;
  readonly seed: number;
  readonly picture: string;
}

const GUIDANCE = 6;
/** Both models speak at this pace. */
export const ANIMATE_FPS = 16;

/** What both models begin with: the network of this name, both prompts, the decoder of pictures. */
function beginGraph(network: string, files: ComfyAnimateConfig["files"], input: AnimateGraphInput) {
  const { node, graph } = createGraph();
  const model = node("ModelSamplingSD3", {
    model: node("UNETLoader", { unet_name: network, weight_dtype: "default" })(0),
    shift: 8,
  })(0);
  const { positive, negative } = texts(node, files.textEncoder, input);
  const vae = node("VAELoader", { vae_name: files.vae })(0);
  return { node, graph, model, positive, negative, vae };
}

/** Wan2.2-Animate: the picture moves as the video does. Pose and face are taken from the video as it is. */
export function followGraph(
  files: ComfyAnimateConfig["files"],
  input: AnimateGraphInput & { readonly video: string },
): Graph {
  const { width, height, frames } = input;
  const { node, graph, model, positive, negative, vae } = beginGraph(files.animate, files, input);
  const image = node("LoadImage", { image: input.picture })(0);
  const seen = node("CLIPVisionEncode", {
    clip_vision: node("CLIPVisionLoader", { clip_name: files.clipVision })(0),
    image,
    crop: "none",
  })(0);
  const moving = node("GetVideoComponents", { video: node("LoadVideo", { file: input.video })(0) })(0);
  const begin = node("WanAnimateToVideo", {
    positive,
    negative,
    vae,
    width,
    height,
    length: frames,
    batch_size: 1,
    clip_vision_output: seen,
    reference_image: image,
    face_video: moving,
    pose_video: moving,
    continue_motion_max_frames: 5,
    video_frame_offset: 0,
  });
  const samples = sample(node, model, input, [begin(0), begin(1), begin(2)]);
  const trimmed = node("TrimVideoLatent", { samples, trim_amount: begin(3) })(0);
  save(node, node("VAEDecode", { samples: trimmed, vae })(0), ANIMATE_FPS);
  return graph;
}

/** Wan2.2-S2V: the picture says what is said. */
export function talkGraph(
  files: ComfyAnimateConfig["files"],
  input: AnimateGraphInput & { readonly sound: string },
): Graph {
  const { width, height, frames } = input;
  const { node, graph, model, positive, negative, vae } = beginGraph(files.speech, files, input);
  const audio = node("LoadAudio", { audio: input.sound })(0);
  const begin = node("WanSoundImageToVideo", {
    positive,
    negative,
    vae,
    width,
    height,
    length: frames,
    batch_size: 1,
    audio_encoder_output: node("AudioEncoderEncode", {
      audio_encoder: node("AudioEncoderLoader", { audio_encoder_name: files.audioEncoder })(0),
      audio,
    })(0),
    ref_image: node("LoadImage", { image: input.picture })(0),
  });
  const samples = sample(node, model, input, [begin(0), begin(1), begin(2)]);
  save(node, node("VAEDecode", { samples, vae })(0), ANIMATE_FPS, audio);
  return graph;
}

type Node = ReturnType<typeof createGraph>["node"];
type Wire = ReturnType<ReturnType<Node>>;

const sample = (
  node: Node,
  model: Wire,
  { seed, steps }: AnimateGraphInput,
  [positive, negative, latent_image]: readonly [Wire, Wire, Wire],
): Wire =>
  node("KSampler", {
    model,
    positive,
    negative,
    latent_image,
    seed,
    steps,
    cfg: GUIDANCE,
    sampler_name: "uni_pc",
    scheduler: "simple",
    denoise: 1,
  })(0);
