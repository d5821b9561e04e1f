import { z } from "zod";
import { fail, ok, type Result } from "../../domain/result.js";
import type { RgbPicture } from "../../ports/model-client.js";
import type { PictureMaker, PictureRequest } from "../../ports/picture-maker.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import { callWithRetries, LinkFailure, openLink, rewordRefusal, type LinkOptions } from "../model-link/index.js";
import type { Automatic1111Config } from "./config-schema.js";

export interface Automatic1111Options extends LinkOptions {
  readonly encodePng: (picture: RgbPicture) => Promise<Uint8Array>;
}

const ADVICE = "Start the web UI with --api; ControlNet needs its extension.";
const LARGEST_BYTES = 128 * 1024 * 1024;
const PROGRESS_MS = 1_000;
const CLEANING_MS = 5_000;
const answerSchema = z.looseObject({ images: z.array(z.string()).min(1), info: z.string().optional() });
const infoSchema = z.looseObject({ seed: z.number().optional(), sd_model_name: z.string().optional() });
const progressSchema = z.looseObject({
  progress: z.number(),
  state: z.looseObject({ job: z.string().optional() }).optional(),
});

/** One request makes one picture; another one asks meanwhile how far it is. Called off, the web UI is interrupted. */
export function createAutomatic1111(
  options: Automatic1111Options,
  config: Pick<Automatic1111Config, "checkpoint" | "controlNets" | "sampler" | "scheduler" | "steps" | "guidance">,
): PictureMaker & { close(): Promise<void> } {
  const { apiKey, delay, encodePng } = options;
  const link = openLink("Stable Diffusion web UI", options, { onMissing: ADVICE, largestAnswerBytes: LARGEST_BYTES });
  const base = options.baseUrl.replace(/\/+$/, "");
  const headers: Readonly<Record<string, string>> = {
    "content-type": "application/json",
    ...(apiKey === undefined ? {} : { authorization: `Basic ${Buffer.from(apiKey).toString("base64")}` }),
  };
  const closed = new AbortController();
  const lingering = new Set<Promise<unknown>>();

  async function json(
    path: string,
    body: unknown,
    { signal, maxRetries }: { readonly signal: AbortSignal; readonly maxRetries: number },
  ): Promise<Result<unknown, BackendFailure>> {
    const result = await callWithRetries(
      async (context) => {
        context.count();
        try {
          const text = await link.text(`${base}${path}`, {
            method: body === undefined ? "GET" : "POST",
            headers,
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            signal: context.signal,
          });
          return parse(text);
        } catch (error) {
          throw rewordRefusal(error, { server: link.server, advice: ADVICE });
        }
      },
      { ...options, maxRetries, server: link.server, signal },
    );
    return result.ok ? ok(result.value.value) : result;
  }
  function parse(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new LinkFailure("bad-answer", `Expected JSON from ${link.server}, found "${link.clean(text)}". ${ADVICE}`);
    }
  }

  async function bodyOf(request: PictureRequest): Promise<Result<Readonly<Record<string, unknown>>, BackendFailure>> {
    const { prompt, negativePrompt = "", picture, mask, control, width, height, strength, seed = -1 } = request;
    const base64 = async (each: RgbPicture): Promise<string> => Buffer.from(await encodePng(each)).toString("base64");
    const model = control === undefined ? undefined : config.controlNets[control.kind];
    if (control !== undefined && model === undefined)
      return fail(
        "unsupported",
        `No ControlNet for ${control.kind} is set up: name one in controlNets.${control.kind}.`,
      );
    const net =
      control === undefined
        ? undefined
        : {
            enabled: true,
            // Edges and skeletons come drawn; only a photograph has to be looked at first.
            module: control.isPhoto ? "openpose" : "none",
            model,
            image: await base64(control.picture),
            weight: control.weight,
            guidance_start: 0,
            guidance_end: 1,
            control_mode: "Balanced",
            resize_mode: "Crop and Resize",
            pixel_perfect: true,
          };
    return ok({
      prompt,
      negative_prompt: negativePrompt,
      steps: request.steps ?? config.steps,
      cfg_scale: request.guidance ?? config.guidance,
      sampler_name: config.sampler,
      scheduler: config.scheduler,
      width,
      height,
      seed,
      batch_size: 1,
      n_iter: 1,
      ...(config.checkpoint === undefined
        ? {}
        : {
            override_settings: { sd_model_checkpoint: config.checkpoint },
            override_settings_restore_afterwards: true,
          }),
      ...(picture === undefined ? {} : { init_images: [await base64(picture)], denoising_strength: strength }),
      // 1 keeps what is there as a beginning; the picture around the mask is left as it is.
      ...(mask === undefined
        ? {}
        : { mask: await base64(mask), inpainting_fill: 1, inpaint_full_res: false, mask_blur: 4 }),
      ...(net === undefined ? {} : { alwayson_scripts: { controlnet: { args: [net] } } }),
    });
  }

  return {
    async make(request, { signal, onProgress }) {
      const body = await bodyOf(request);
      if (!body.ok) return body;
      const all = AbortSignal.any([signal, closed.signal]);
      const over = new AbortController();
      const watching = (async (): Promise<void> => {
        const watch = AbortSignal.any([all, over.signal]);
        while (!watch.aborted) {
          await delay(PROGRESS_MS, { signal: watch });
          const told = await json("/sdapi/v1/progress?skip_current_image=true", undefined, {
            signal: watch,
            maxRetries: 0,
          });
          const parsed = told.ok ? progressSchema.safeParse(told.value) : undefined;
          if (parsed?.success)
            onProgress({ fraction: Math.max(0, Math.min(1, parsed.data.progress)), message: "at work" });
        }
      })().catch(() => undefined);
      try {
        const path = `/sdapi/v1/${request.picture === undefined ? "txt2img" : "img2img"}`;
        const made = await json(path, body.value, { signal: all, maxRetries: 0 });
        if (!made.ok) {
          if (made.code === "timeout") await interrupt();
          return made;
        }
        const parsed = answerSchema.safeParse(made.value);
        if (!parsed.success) return fail("bad-answer", `${link.server} answered with no picture. ${ADVICE}`);
        const info = infoOf(parsed.data.info);
        // ControlNet puts what it looked at behind the picture.
        const data = parsed.data.images[0].replace(/^data:[^,]*,/, "");
        const seed = info.seed ?? request.seed;
        return ok({
          bytes: Buffer.from(data, "base64"),
          model: info.sd_model_name ?? config.checkpoint ?? "the loaded checkpoint",
          ...(seed === undefined || seed < 0 ? {} : { seed }),
        });
      } catch (error) {
        if (all.aborted) await interrupt();
        throw error;
      } finally {
        over.abort();
        await watching;
      }
    },
    async close() {
      await Promise.allSettled(lingering);
      closed.abort();
    },
  };

  /** Best effort: whoever called off hears of that alone. */
  async function interrupt(): Promise<void> {
    const done: Promise<unknown> = json(
      "/sdapi/v1/interrupt",
      {},
      { signal: AbortSignal.timeout(CLEANING_MS), maxRetries: 0 },
    )
      .catch(() => undefined)
      .finally(() => lingering.delete(done));
    lingering.add(done);
    await done;
  }
}

function infoOf(text: string | undefined): z.infer<typeof infoSchema> {
  try {
    const parsed = infoSchema.safeParse(JSON.parse(text ?? "{}"));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
