import type { ComfyPictureConfig } from "./config-schema.js";
import { createGraph, type Graph } from "./graph.js";

export interface PictureGraphInput {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  readonly guidance: number;
  readonly seed: number;
  readonly strength: number;
  /** Uploaded pictures, as LoadImage names them. */
  readonly picture?: string;
  readonly mask?: string;
  readonly control?: { readonly net: string; readonly picture: string; readonly weight: number };
}

/** Stable Diffusion: from words, or changing a picture, the whole of it or where the mask is white; held by a ControlNet. */
export function pictureGraph(
  config: Pick<ComfyPictureConfig, "checkpoint" | "sampler" | "scheduler">,
  input: PictureGraphInput,
): Graph {
  const { node, graph } = createGraph();
  const { width, height } = input;
  const checkpoint = node("CheckpointLoaderSimple", { ckpt_name: config.checkpoint });
  const [model, clip, vae] = [checkpoint(0), checkpoint(1), checkpoint(2)];
  let positive = node("CLIPTextEncode", { text: input.prompt, clip })(0);
  let negative = node("CLIPTextEncode", { text: input.negativePrompt, clip })(0);
  if (input.control !== undefined) {
    const { net, picture, weight } = input.control;
    const held = node("ControlNetApplyAdvanced", {
      positive,
      negative,
      control_net: node("ControlNetLoader", { control_net_name: net })(0),
      image: node("LoadImage", { image: picture })(0),
      strength: weight,
      start_percent: 0,
      end_percent: 1,
      vae,
    });
    [positive, negative] = [held(0), held(1)];
  }
  let latent =
    input.picture === undefined
      ? node("EmptyLatentImage", { width, height, batch_size: 1 })(0)
      : node("VAEEncode", { pixels: node("LoadImage", { image: input.picture })(0), vae })(0);
  if (input.mask !== undefined) {
    const mask = node("LoadImageMask", { image: input.mask, channel: "red" })(0);
    latent = node("SetLatentNoiseMask", { samples: latent, mask })(0);
  }
  const samples = node("KSampler", {
    model,
    positive,
    negative,
    latent_image: latent,
    seed: input.seed,
    steps: input.steps,
    cfg: input.guidance,
    sampler_name: config.sampler,
    scheduler: config.scheduler,
    denoise: input.picture === undefined ? 1 : input.strength,
  })(0);
  node("SaveImage", { images: node("VAEDecode", { samples, vae })(0), filename_prefix: "handeye/picture" });
  return graph;
}
