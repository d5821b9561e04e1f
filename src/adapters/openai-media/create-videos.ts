import { fail, ok, type Result } from "../../domain/result.js";
import { writeWav } from "../../domain/speech/write-wav.js";
import type { AnimationRequest } from "../../ports/animator.js";
import type { JobFailure, LimitFailure, MakingOptions, VideoRequest } from "../../ports/clip-maker.js";
import type { RgbPicture } from "../../ports/model-client.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import { requestKey, videoLimits, VIDEO_MODELS, type MediaServerOptions, type RawVideo } from "../media-job/index.js";
import type { OmniAnimateConfig, VideosConfig } from "./config-schema.js";
import { openVideos, type VideoBody } from "./videos-link.js";

export interface VideosOptions extends MediaServerOptions {
  readonly encodePng: (picture: RgbPicture) => Promise<Uint8Array>;
}

type Made<T> = Promise<Result<T, BackendFailure | JobFailure | LimitFailure>>;
type Closable<T> = T & { close(): Promise<void> };

export function createOpenAiVideos(
  options: VideosOptions,
  { dialect, limitsAs }: Pick<VideosConfig, "dialect" | "limitsAs">,
): Closable<{ generate(request: VideoRequest, making: MakingOptions): Made<RawVideo> }> {
  const { model, encodePng } = options;
  const videos = openVideos(dialect === "sglang" ? "SGLang server" : "vLLM-Omni server", options);
  return {
    async generate(request, making) {
      const plan = videoLimits(model, VIDEO_MODELS[limitsAs], request);
      if (!plan.ok) return plan;
      const { width, height, frames, fps, guidance, steps } = plan.value;
      const { prompt, negativePrompt, seed, picture } = request;
      const fields = {
        model,
        prompt,
        ...(negativePrompt === undefined ? {} : { negative_prompt: negativePrompt }),
        size: `${width}x${height}`,
        // vLLM-Omni makes a single picture where this is not said.
        num_frames: frames,
        fps,
        num_inference_steps: steps,
        guidance_scale: guidance,
        ...(dialect === "vllm-omni" ? { width, height } : {}),
        ...(seed === undefined ? {} : { seed }),
      };
      const key = requestKey("openai-videos", options.baseUrl, dialect, fields, picture?.rgb ?? null);
      const body = async (): Promise<VideoBody> => {
        if (dialect === "sglang" && picture === undefined) return fields;
        const form = formOf(fields);
        if (picture !== undefined)
          form.append("input_reference", blob(await encodePng(picture), "image/png"), "first.png");
        return form;
      };
      const made = await videos.run(body, { ...making, key });
      const by = seed === undefined ? {} : { seed };
      return made.ok ? ok({ ...made.value, ...by, model, expected: { frames, fps } }) : made;
    },
    close: () => videos.close(),
  };
}

export function createOmniAnimator(
  options: VideosOptions,
  { does }: Pick<OmniAnimateConfig, "does">,
): Closable<{ animate(request: AnimationRequest, making: MakingOptions): Made<RawVideo> }> {
  const { model, encodePng } = options;
  const videos = openVideos("vLLM-Omni server", options);
  return {
    async animate(request, making) {
      if (request.do !== does)
        return fail(
          "unsupported",
          `${model} ${does === "talk" ? "makes pictures talk" : "has pictures follow a video"} and nothing else.`,
        );
      const { prompt, width, height, frames, steps, seed, picture } = request;
      const fields = {
        model,
        prompt,
        size: `${width}x${height}`,
        width,
        height,
        ...(frames === undefined ? {} : { num_frames: frames }),
        ...(steps === undefined ? {} : { num_inference_steps: steps }),
        ...(seed === undefined ? {} : { seed }),
      };
      const other = request.do === "talk" ? writeWav(request.sound) : request.clip;
      const key = requestKey("vllm-omni", options.baseUrl, fields, picture.rgb, other);
      const body = async (): Promise<VideoBody> => {
        const form = formOf(fields);
        form.append("input_reference", blob(await encodePng(picture), "image/png"), "picture.png");
        const url = `data:${request.do === "talk" ? "audio/wav" : "video/mp4"};base64,${Buffer.from(other).toString("base64")}`;
        if (request.do === "talk") form.append("audio_reference", JSON.stringify({ audio_url: url }));
        else form.append("video_reference", JSON.stringify({ video_url: url }));
        return form;
      };
      const made = await videos.run(body, { ...making, key });
      const by = seed === undefined ? {} : { seed };
      const expected = frames === undefined ? {} : { frames };
      return made.ok ? ok({ ...made.value, ...by, model, expected }) : made;
    },
    close: () => videos.close(),
  };
}

function formOf(fields: Readonly<Record<string, string | number>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  return form;
}

const blob = (bytes: Uint8Array, type: string): Blob => new Blob([new Uint8Array(bytes)], { type });
