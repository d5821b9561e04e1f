import { z } from "zod";
import { fail, ok, type Result } from "../../domain/result.js";
import type { JobFailure, LimitFailure, MakingOptions } from "../../ports/clip-maker.js";
import type { RgbPicture } from "../../ports/model-client.js";
import type { MadePicture, PictureRequest } from "../../ports/picture-maker.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import { openMediaServer } from "../media-job/index.js";
import { leavesMachine, type LinkOptions } from "../model-link/index.js";
import type { ImagesConfig } from "./config-schema.js";

export interface ImagesOptions extends LinkOptions {
  readonly encodePng: (picture: RgbPicture) => Promise<Uint8Array>;
  /** A mask as OpenAI's edits want it: clear where the picture is to be changed. */
  readonly encodeMask: (mask: RgbPicture) => Promise<Uint8Array>;
}

const ADVICE = "Check model, size and dialect.";
const SIZES = ["1024x1024", "1536x1024", "1024x1536"];
const answerSchema = z.looseObject({
  data: z.array(z.looseObject({ b64_json: z.string().nullish(), url: z.string().nullish() })).min(1),
});

/** `/v1/images/generations` and `/v1/images/edits`, answered with the bytes or with an address to fetch them from. */
export function createOpenAiImages(
  options: ImagesOptions,
  { dialect }: Pick<ImagesConfig, "dialect">,
): {
  make(
    request: PictureRequest,
    making: MakingOptions,
  ): Promise<Result<MadePicture, BackendFailure | JobFailure | LimitFailure>>;
  close(): Promise<void>;
} {
  const { apiKey, baseUrl, model, encodePng, encodeMask } = options;
  const headers: Readonly<Record<string, string>> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const http = openMediaServer("image server", options, { advice: ADVICE, headers });

  /** Only the server's own addresses, or public ones: an answer must not make the robot ask its neighbours. */
  async function download(url: string, signal: AbortSignal): Promise<Result<Uint8Array, BackendFailure>> {
    if (url.startsWith("data:")) return ok(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
    const own = new URL(baseUrl).origin;
    const there = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : undefined;
    const isNumbered = there !== undefined && /^(\[|[\d.]+$)/u.test(there.hostname);
    if (
      there === undefined ||
      (there.origin !== own && (there.protocol !== "https:" || !leavesMachine(there.href) || isNumbered))
    ) {
      return fail(
        "bad-answer",
        `${http.server} names its picture at an address that is neither its own nor a public https one.`,
      );
    }
    // Elsewhere without the key.
    const files = openMediaServer(
      "image server",
      { ...options, baseUrl: there.origin },
      { advice: ADVICE, ...(there.origin === own ? { headers } : {}) },
    );
    return files.bytes(`${there.pathname}${there.search}`, {}, { signal });
  }

  return {
    async make(request, { signal, onProgress }) {
      const { prompt, negativePrompt, picture, mask, control, width, height, steps, guidance, seed, strength } =
        request;
      if (control !== undefined)
        return fail("unsupported", "Servers of this kind take no ControlNet; name a comfyui or automatic1111.");
      const size = `${width}x${height}`;
      if (dialect === "openai" && !SIZES.includes(size))
        return fail("over-limit", `${model} makes pictures of ${SIZES.join(", ")}; ${size} was asked for.`);
      const more =
        dialect === "openai"
          ? {}
          : {
              response_format: "b64_json",
              ...(negativePrompt === undefined ? {} : { negative_prompt: negativePrompt }),
              ...(steps === undefined ? {} : { num_inference_steps: steps }),
              ...(guidance === undefined ? {} : { guidance_scale: guidance }),
              ...(seed === undefined ? {} : { seed }),
              ...(picture === undefined ? {} : { strength }),
            };
      const fields = { model, prompt, n: 1, size, ...more };
      onProgress({ fraction: 0, message: "the server is at it" });
      let init: RequestInit;
      if (picture === undefined) {
        init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(fields) };
      } else {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
        const png = (bytes: Uint8Array): Blob => new Blob([new Uint8Array(bytes)], { type: "image/png" });
        form.append(dialect === "openai" ? "image[]" : "image", png(await encodePng(picture)), "picture.png");
        if (mask !== undefined) form.append("mask", png(await encodeMask(mask)), "mask.png");
        init = { method: "POST", body: form };
      }
      // Never a second time by itself: pictures cost money, and the first may have been made.
      const all = AbortSignal.any([signal, http.closed]);
      const path = picture === undefined ? "/images/generations" : "/images/edits";
      const sent = await http.json(path, init, { signal: all, maxRetries: 0 });
      if (!sent.ok) return sent;
      const parsed = answerSchema.safeParse(sent.value);
      const { b64_json: data, url } = parsed.data?.data[0] ?? {};
      const by = seed === undefined || dialect === "openai" ? { model } : { model, seed };
      if (data) return ok({ bytes: Buffer.from(data, "base64"), ...by });
      if (!url) return fail("bad-answer", `${http.server} answered with no picture: expected b64_json or url.`);
      const fetched = await download(url, all);
      return fetched.ok ? ok({ bytes: fetched.value, ...by }) : fetched;
    },
    close: () => http.close(),
  };
}
