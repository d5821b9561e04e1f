import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startImagesServer, type PicturesServer } from "../../../test/support/servers/pictures-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import { encodeClearMask, encodePng } from "../picture/encode-png.js";
import { createOpenAiImages } from "./create-images.js";

const PICTURE = { width: 8, height: 8, rgb: new Uint8Array(192).fill(90) };
const making = { signal: new AbortController().signal, onProgress: () => undefined };
const wish = { prompt: "a mug", strength: 0.6, width: 1_024, height: 1_024, seed: 3, steps: 30 };

let server: PicturesServer;
let maker: ReturnType<typeof createOpenAiImages>;
const open = (dialect: "openai" | "vllm-omni" | "sglang") =>
  createOpenAiImages(
    {
      baseUrl: `${server.origin}/v1`,
      model: "Qwen/Qwen-Image",
      timeoutMs: 20_000,
      maxRetries: 2,
      fetch: globalThis.fetch,
      delay: createVirtualTime({ holdFromMs: 20_000 }).delay,
      random: createRandom(1),
      encodePng,
      encodeMask: encodeClearMask,
    },
    { dialect },
  );
beforeEach(async () => {
  server = await startImagesServer(await encodePng(PICTURE));
  maker = open("vllm-omni");
});
afterEach(async () => {
  await maker.close();
  await server.close();
});

describe("pictures by /v1/images", () => {
  it("makes one from words, as the dialect has it", async () => {
    const made = await maker.make(wish, making);
    await open("openai").make(wish, making);

    expect(made).toMatchObject({ ok: true, value: { model: "Qwen/Qwen-Image", seed: 3 } });
    const [omni, openai] = server.requests;
    expect(omni).toMatchObject({
      path: "/v1/images/generations",
      fields: { seed: 3, num_inference_steps: 30, response_format: "b64_json" },
    });
    expect(openai.fields).toEqual({ model: "Qwen/Qwen-Image", prompt: "a mug", n: 1, size: "1024x1024" });
  });

  it("changes one where the mask is white: that part is clear in the mask that is sent", async () => {
    const mask = { ...PICTURE, rgb: new Uint8Array(192) };
    mask.rgb.fill(255, 0, 3);

    await maker.make({ ...wish, picture: PICTURE, mask }, making);

    const sent = server.requests[0].fields["mask"] as { bytes: Buffer };
    const { data } = await sharp(sent.bytes).raw().toBuffer({ resolveWithObject: true });
    expect([data[3], data[7]]).toEqual([0, 255]);
    expect(server.requests[0].path).toBe("/v1/images/edits");
  });

  it("fetches a picture that is answered by address, from its own server only", async () => {
    server.will("url");
    expect(await maker.make(wish, making)).toMatchObject({ ok: true });

    server.will("foreign-url");
    expect(await maker.make(wish, making)).toMatchObject({
      ok: false,
      code: "bad-answer",
      message: expect.stringContaining("address"),
    });
  });

  it.each([
    ["html", "bad-answer"],
    ["busy", "rate-limited"],
    ["refuse", "unsupported"],
  ] as const)("tells %s as %s, and asks once only", async (fate, code) => {
    server.will(fate);

    expect(await maker.make(wish, making)).toMatchObject({ ok: false, code });
    expect(server.requests).toHaveLength(1);
  });

  it("refuses a ControlNet and sizes that OpenAI's models do not make, before anything is sent", async () => {
    const control = { kind: "edges", picture: PICTURE, weight: 1, isPhoto: false } as const;

    expect(await maker.make({ ...wish, control }, making)).toMatchObject({ ok: false, code: "unsupported" });
    expect(await open("openai").make({ ...wish, width: 512 }, making)).toMatchObject({ ok: false, code: "over-limit" });
    expect(server.requests).toEqual([]);
  });
});
