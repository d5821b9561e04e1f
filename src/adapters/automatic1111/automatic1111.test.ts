import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startAutomatic1111Server, type PicturesServer } from "../../../test/support/servers/pictures-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import { encodePng } from "../picture/encode-png.js";
import { automatic1111ConfigSchema } from "./config-schema.js";
import { createAutomatic1111 } from "./create-automatic1111.js";

const PICTURE = { width: 8, height: 8, rgb: new Uint8Array(192).fill(90) };
const making = { signal: new AbortController().signal, onProgress: () => undefined };
const wish = { prompt: "a mug", strength: 0.6, width: 512, height: 512 };
const config = automatic1111ConfigSchema.parse({ type: "automatic1111", controlNets: { edges: "canny [d14c016b]" } });

let server: PicturesServer;
let maker: ReturnType<typeof createAutomatic1111>;
beforeEach(async () => {
  server = await startAutomatic1111Server(await encodePng(PICTURE));
  maker = createAutomatic1111(
    {
      baseUrl: server.origin,
      model: "sd",
      timeoutMs: 20_000,
      maxRetries: 2,
      fetch: globalThis.fetch,
      delay: createVirtualTime({ holdFromMs: 1_000 }).delay,
      random: createRandom(1),
      encodePng,
    },
    config,
  );
});
afterEach(async () => {
  await maker.close();
  await server.close();
});

describe("pictures by AUTOMATIC1111", () => {
  it("makes one from words, and tells the seed and the checkpoint that served", async () => {
    const made = await maker.make(wish, making);

    expect(made).toMatchObject({ ok: true, value: { model: "v1-5-pruned-emaonly", seed: 4242 } });
    expect(server.requests[0]).toMatchObject({
      path: "/sdapi/v1/txt2img",
      fields: { prompt: "a mug", steps: 25, cfg_scale: 7, seed: -1 },
    });
  });

  it("changes a picture under a mask, held by edges that come drawn", async () => {
    const control = { kind: "edges", picture: PICTURE, weight: 0.8, isPhoto: false } as const;

    await maker.make({ ...wish, picture: PICTURE, mask: PICTURE, control }, making);

    const { path, fields } = server.requests[0];
    expect(path).toBe("/sdapi/v1/img2img");
    expect(fields).toMatchObject({ denoising_strength: 0.6, mask: expect.stringMatching(/^iVBOR/) });
    expect(fields["alwayson_scripts"]).toMatchObject({
      controlnet: { args: [{ module: "none", model: "canny [d14c016b]", weight: 0.8 }] },
    });
  });

  it("refuses a ControlNet that is not set up", async () => {
    const control = { kind: "pose", picture: PICTURE, weight: 1, isPhoto: true } as const;

    expect(await maker.make({ ...wish, control }, making)).toMatchObject({ ok: false, code: "unsupported" });
    expect(server.requests).toEqual([]);
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

  it("interrupts the web UI when whoever asked gives up", async () => {
    server.will("never");
    const off = new AbortController();
    const call = maker.make(wish, { ...making, signal: off.signal });
    await expect.poll(() => server.requests.length).toBe(1);

    off.abort();

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(server.interrupts).toBe(1);
  });
});
