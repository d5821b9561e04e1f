import { sendHtml, sendJson, startHttpServer } from "./http-server.js";

export type PictureFate = "done" | "html" | "busy" | "text" | "never" | "refuse" | "url" | "foreign-url";

export interface PicturesServer {
  readonly origin: string;
  readonly requests: readonly { readonly path: string; readonly fields: Readonly<Record<string, unknown>> }[];
  readonly interrupts: number;
  will(fate: PictureFate): void;
  close(): Promise<void>;
}

/** AUTOMATIC1111's web UI with ControlNet. */
export const startAutomatic1111Server = (png: Uint8Array): Promise<PicturesServer> =>
  startPictures(async ({ path, read, fate, response }) => {
    if (path === "/sdapi/v1/progress")
      return sendJson(response, 200, { progress: 0.4, eta_relative: 2, state: { job: "x" } });
    if (path !== "/sdapi/v1/txt2img" && path !== "/sdapi/v1/img2img")
      return sendJson(response, 404, { detail: "Not Found" });
    const fields = await read();
    if (path.endsWith("img2img") && !Array.isArray(fields["init_images"]))
      return sendJson(response, 404, { detail: "Init image not found" });
    if (fate === "refuse")
      return sendJson(response, 422, { detail: [{ loc: ["body", "steps"], msg: "not an integer" }] });
    const image = Buffer.from(fate === "text" ? "no picture at all" : png).toString("base64");
    sendJson(response, 200, {
      images: [image],
      parameters: {},
      info: JSON.stringify({ seed: 4242, sd_model_name: "v1-5-pruned-emaonly" }),
    });
  });

/** `/v1/images` with bytes or an address in the answer. */
export const startImagesServer = (png: Uint8Array): Promise<PicturesServer> =>
  startPictures(async ({ path, read, fate, response, origin }) => {
    if (path === "/files/made.png") return void response.writeHead(200, { "content-type": "image/png" }).end(png);
    if (path !== "/v1/images/generations" && path !== "/v1/images/edits")
      return sendJson(response, 404, { detail: "Not Found" });
    await read();
    if (fate === "refuse")
      return sendJson(response, 400, { error: { message: "Your request was rejected by the safety system." } });
    if (fate === "url") return sendJson(response, 200, { created: 1, data: [{ url: `${origin()}/files/made.png` }] });
    if (fate === "foreign-url")
      return sendJson(response, 200, { created: 1, data: [{ url: "http://127.0.0.1:9/admin" }] });
    const image = Buffer.from(fate === "text" ? "no picture at all" : png).toString("base64");
    sendJson(response, 200, { created: 1, data: [{ b64_json: image }] });
  });

interface Asked {
  readonly path: string;
  readonly read: () => Promise<Record<string, unknown>>;
  readonly fate: PictureFate;
  readonly response: Parameters<typeof sendHtml>[0];
  readonly origin: () => string;
}

async function startPictures(answer: (asked: Asked) => Promise<void> | void): Promise<PicturesServer> {
  const requests: { path: string; fields: Record<string, unknown> }[] = [];
  let interrupts = 0;
  let fate: PictureFate = "done";
  const started = await startHttpServer(async (request, response) => {
    const { path, method } = request;
    if (path === "/sdapi/v1/interrupt") {
      interrupts += 1;
      return sendJson(response, 200, {});
    }
    const read = async (): Promise<Record<string, unknown>> => {
      const fields: Record<string, unknown> = {};
      if ((request.headers["content-type"] ?? "").startsWith("multipart/")) {
        for (const [name, value] of (await request.form()).entries())
          fields[name] =
            typeof value === "string" ? value : { file: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
      } else Object.assign(fields, request.json());
      requests.push({ path, fields });
      return fields;
    };
    if (method === "POST" && (fate === "html" || fate === "busy" || fate === "never")) {
      await read();
      if (fate === "html") return sendHtml(response);
      if (fate === "busy") return sendJson(response, 429, { error: { message: "slow down" } });
      return;
    }
    await answer({ path, read, fate, response, origin: () => started.origin });
  });
  return {
    origin: started.origin,
    requests,
    get interrupts() {
      return interrupts;
    },
    will: (next) => void (fate = next),
    close: started.close,
  };
}
