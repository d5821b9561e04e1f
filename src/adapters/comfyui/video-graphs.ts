import type { VideoPlan } from "../media-job/index.js";
import type { ComfyClipConfig } from "./config-schema.js";
import { createGraph, type Graph, type Output } from "./graph.js";

export interface VideoGraphInput extends VideoPlan {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed: number;
  /** As LoadImage names it. */
  readonly picture?: string;
}

type Files = ComfyClipConfig["files"];

/** The workflow for one video by one model. */
export function videoGraph(model: ComfyClipConfig["model"], files: Files, input: VideoGraphInput): Graph {
  switch (model) {
    case "cogvideox-5b":
    case "cogvideox-5b-i2v":
      return cogVideoGraph(model, input);
    case "wan2.2-t2v-14b":
    case "wan2.2-i2v-14b":
      return wan14Graph(model, files, input);
    case "wan2.2-ti2v-5b":
      return wan5Graph(files, input);
  }
}

/** The nodes of ComfyUI-CogVideoXWrapper. */
function cogVideoGraph(model: "cogvideox-5b" | "cogvideox-5b-i2v", input: VideoGraphInput): Graph {
  const { node, graph } = createGraph();
  const loaded = node("DownloadAndLoadCogVideoModel", {
    model: model === "cogvideox-5b" ? "THUDM/CogVideoX-5b" : "THUDM/CogVideoX-5b-I2V",
    precision: "bf16",
  });
  const clip = node("CLIPLoader", { clip_name: "t5xxl_fp8_e4m3fn.safetensors", type: "sd3" })(0);
  const encode = (prompt: string): Output =>
    node("CogVideoTextEncode", { clip, prompt, strength: 1, force_offload: true })(0);
  const start =
    input.picture === undefined
      ? undefined
      : node("CogVideoImageEncode", {
          vae: loaded(1),
          start_image: scaled(node, input.picture, input),
          enable_tiling: true,
          noise_aug_strength: 0,
        })(0);
  const latents =
    start === undefined
      ? node("EmptyLatentImage", { width: input.width, height: input.height, batch_size: 1 })(0)
      : undefined;
  const samples = node("CogVideoSampler", {
    model: loaded(0),
    positive: encode(input.prompt),
    negative: encode(input.negativePrompt),
    samples: latents,
    image_cond_latents: start,
    num_frames: input.frames,
    steps: input.steps,
    cfg: input.guidance,
    seed: input.seed,
    scheduler: "CogVideoXDDIM",
    denoise_strength: 1,
  })(0);
  const images = node("CogVideoDecode", {
    vae: loaded(1),
    samples,
    enable_vae_tiling: true,
    tile_sample_min_height: 240,
    tile_sample_min_width: 360,
    tile_overlap_factor_height: 0.2,
    tile_overlap_factor_width: 0.2,
    auto_tile_size: true,
  })(0);
  save(node, images, input.fps);
  return graph;
}

/** Two models after one another: one begins at high noise, the other ends at low noise. */
function wan14Graph(model: "wan2.2-t2v-14b" | "wan2.2-i2v-14b", files: Files, input: VideoGraphInput): Graph {
  const { node, graph } = createGraph();
  const kind = model === "wan2.2-t2v-14b" ? "t2v" : "i2v";
  const load = (name: string): Output =>
    node("ModelSamplingSD3", {
      model: node("UNETLoader", { unet_name: name, weight_dtype: "default" })(0),
      shift: 8,
    })(0);
  const high = load(files.diffusion ?? `wan2.2_${kind}_high_noise_14B_fp8_scaled.safetensors`);
  const low = load(files.diffusionLowNoise ?? `wan2.2_${kind}_low_noise_14B_fp8_scaled.safetensors`);
  const { positive, negative } = texts(node, files.textEncoder, input);
  const vae = node("VAELoader", { vae_name: files.vae ?? "wan_2.1_vae.safetensors" })(0);
  const size = { width: input.width, height: input.height, length: input.frames, batch_size: 1 };
  const begin =
    input.picture === undefined
      ? { positive, negative, latent: node("EmptyHunyuanLatentVideo", size)(0) }
      : ((made) => ({ positive: made(0), negative: made(1), latent: made(2) }))(
          node("WanImageToVideo", {
            positive,
            negative,
            vae,
            ...size,
            start_image: node("LoadImage", { image: input.picture })(0),
          }),
        );
  const middle = Math.ceil(input.steps / 2);
  const common = { steps: input.steps, cfg: input.guidance, sampler_name: "euler", scheduler: "simple" };
  const first = node("KSamplerAdvanced", {
    model: high,
    positive: begin.positive,
    negative: begin.negative,
    latent_image: begin.latent,
    ...common,
    add_noise: "enable",
    noise_seed: input.seed,
    start_at_step: 0,
    end_at_step: middle,
    return_with_leftover_noise: "enable",
  })(0);
  const second = node("KSamplerAdvanced", {
    model: low,
    positive: begin.positive,
    negative: begin.negative,
    latent_image: first,
    ...common,
    add_noise: "disable",
    noise_seed: 0,
    start_at_step: middle,
    end_at_step: 10_000,
    return_with_leftover_noise: "disable",
  })(0);
  save(node, node("VAEDecode", { samples: second, vae })(0), input.fps);
  return graph;
}

function wan5Graph(files: Files, input: VideoGraphInput): Graph {
  const { node, graph } = createGraph();
  const unet = node("UNETLoader", {
    unet_name: files.diffusion ?? "wan2.2_ti2v_5B_fp16.safetensors",
    weight_dtype: "default",
  })(0);
  const { positive, negative } = texts(node, files.textEncoder, input);
  const vae = node("VAELoader", { vae_name: files.vae ?? "wan2.2_vae.safetensors" })(0);
  const latent = node("Wan22ImageToVideoLatent", {
    vae,
    width: input.width,
    height: input.height,
    length: input.frames,
    batch_size: 1,
    start_image: input.picture === undefined ? undefined : node("LoadImage", { image: input.picture })(0),
  })(0);
  const samples = node("KSampler", {
    model: node("ModelSamplingSD3", { model: unet, shift: 8 })(0),
    positive,
    negative,
    latent_image: latent,
    seed: input.seed,
    steps: input.steps,
    cfg: input.guidance,
    sampler_name: "uni_pc",
    scheduler: "simple",
    denoise: 1,
  })(0);
  save(node, node("VAEDecode", { samples, vae })(0), input.fps);
  return graph;
}

type Node = ReturnType<typeof createGraph>["node"];

/** Positive and negative words through Wan's text encoder. */
export function texts(
  node: Node,
  textEncoder: string,
  { prompt, negativePrompt }: { readonly prompt: string; readonly negativePrompt: string },
): { readonly positive: Output; readonly negative: Output } {
  const clip = node("CLIPLoader", { clip_name: textEncoder, type: "wan" })(0);
  return {
    positive: node("CLIPTextEncode", { text: prompt, clip })(0),
    negative: node("CLIPTextEncode", { text: negativePrompt, clip })(0),
  };
}

/** An uploaded picture in the video's size, cut where its proportions are others. */
function scaled(
  node: Node,
  picture: string,
  { width, height }: { readonly width: number; readonly height: number },
): Output {
  return node("ImageScale", {
    image: node("LoadImage", { image: picture })(0),
    upscale_method: "lanczos",
    width,
    height,
    crop: "center",
  })(0);
}

/** As H.264 in an MP4, by ComfyUI's own nodes. */
export function save(node: Node, images: Output, fps: number, audio?: Output): void {
  const video = node("CreateVideo", { images, fps, audio })(0);
  node("SaveVideo", { video, filename_prefix: "handeye/clip", format: "mp4", codec: "h264" });
}
