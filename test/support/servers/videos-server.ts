import { sendFile, sendHtml, sendJson, startHttpServer } from "./http-server.js";

/** How the next jobs go. `vanish`: the server forgets it, as after a restart. */
export type VideoFate = "done" | "fails" | "never" | "vanish" | "html" | "cut" | "busy" | "html-content";

export interface VideosServer {
  readonly baseUrl: string;
  /** What was asked for, form fields as texts; files by their length. */
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  readonly deleted: readonly string[];
  will(fate: VideoFate): void;
  /** From now on running jobs end well. */
  finish(): void;
  close(): Promise<void>;
}

/** `/v1/videos` as vLLM-Omni (a form) and SGLang-Diffusion (JSON, a form with a picture) have it. A job is queued, in progress, completed. */
export async function startVideosServer(options: {
  readonly dialect: "vllm-omni" | "sglang";
  readonly video: Uint8Array;
}): Promise<VideosServer> {
  const { dialect, video } = options;
  const requests: Record<string, unknown>[] = [];
  const deleted: string[] = [];
  const jobs = new Map<string, { fate: VideoFate; asked: number }>();
  let fate: VideoFate = "done";

  const { origin, close } = await startHttpServer(async (request, response) => {
    const { method, path, headers } = request;
    const isForm = (headers["content-type"] ?? "").startsWith("multipart/form-data");
    if (method === "POST" && path === "/v1/videos") {
      if (fate === "html") return sendHtml(response);
      if (fate === "busy") return sendJson(response, 429, { error: { message: "too many jobs" } });
      if (dialect === "vllm-omni" && !isForm)
        return sendJson(response, 422, { detail: [{ loc: ["body", "prompt"], msg: "Field required" }] });
      const fields: Record<string, unknown> = {};
      if (isForm) {
        for (const [name, value] of (await request.form()).entries())
          fields[name] = typeof value === "string" ? value : { file: value.size, type: value.type };
      } else Object.assign(fields, request.json());
      if (typeof fields["prompt"] !== "string") return sendJson(response, 400, { error: { message: "no prompt" } });
      requests.push(fields);
      const id = `video_${requests.length}`;
      jobs.set(id, { fate, asked: 0 });
      return sendJson(response, 200, {
        id,
        object: "video",
        status: "queued",
        progress: 0,
        created_at: 1,
        model: fields["model"],
      });
    }
    const [, id = "", content] = /^\/v1\/videos\/([^/]+)(\/content)?$/.exec(path) ?? [];
    const job = jobs.get(id);
    if (job === undefined || job.fate === "vanish") return sendJson(response, 404, { detail: `Video ${id} not found` });
    if (method === "DELETE") {
      deleted.push(id);
      jobs.delete(id);
      return sendJson(response, 200, { id, object: "video.deleted", deleted: true });
    }
    if (content !== undefined) {
      if (job.asked < 3) return sendJson(response, 404, { detail: "not ready" });
      if (job.fate === "html-content") return sendHtml(response);
      return sendFile(response, video, { cut: job.fate === "cut" });
    }
    job.asked += 1;
    const common = { id, object: "video", created_at: 1 };
    if (job.asked === 1) return sendJson(response, 200, { ...common, status: "queued", progress: 0 });
    if (job.asked === 2 || job.fate === "never")
      return sendJson(response, 200, { ...common, status: "in_progress", progress: 40 });
    if (job.fate === "fails")
      return sendJson(response, 200, {
        ...common,
        status: "failed",
        error: { code: "oom", message: "CUDA out of memory" },
      });
    sendJson(response, 200, { ...common, status: "completed", progress: 100, completed_at: 2 });
  });
  return {
    baseUrl: `${origin}/v1`,
    requests,
    deleted,
    will: (next) => void (fate = next),
    finish: () => jobs.forEach((job) => (job.fate = "done")),
    close,
  };
}
