import { z } from "zod";
import { fail, ok, type Result } from "../../domain/result.js";
import type { JobFailure, MakingOptions } from "../../ports/clip-maker.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import {
  openMediaServer,
  runJob,
  type FetchedJob,
  type JobState,
  type MediaServerOptions,
} from "../media-job/index.js";
import { loadName, type Graph } from "./graph.js";
import { watchProgress } from "./watch-progress.js";

export interface ComfyOptions extends MediaServerOptions {
  /** A name of this program's own, so that the server tells it of its jobs: a UUID. */
  readonly clientId: string;
}

/** A ComfyUI: files go up, a workflow runs, what it saved comes down. */
export interface Comfy {
  readonly server: string;
  /** Gives the name by which loading nodes find it. The same file twice is one. */
  upload(
    file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array },
    options: { readonly signal: AbortSignal },
  ): Promise<Result<string, BackendFailure>>;
  run(
    graph: Graph,
    options: MakingOptions & { readonly key: string; readonly endings: RegExp },
  ): Promise<Result<FetchedJob, BackendFailure | JobFailure>>;
  /** Whether a job for this request waits to be picked up: then nothing needs to be uploaded. */
  isKnown(key: string): Promise<boolean>;
  close(): Promise<void>;
}

const ADVICE = "Check baseUrl, and that the weights and nodes are installed (ComfyUI's own log tells).";

const uploadedSchema = z.looseObject({ name: z.string().min(1), subfolder: z.string().default("") });
const submittedSchema = z.looseObject({ prompt_id: z.string().min(1).max(200) });
const fileSchema = z.looseObject({
  filename: z.string().min(1),
  subfolder: z.string().default(""),
  type: z.string().default("output"),
});
const historySchema = z.record(
  z.string(),
  z.looseObject({
    outputs: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
    status: z
      .looseObject({
        status_str: z.string().optional(),
        completed: z.boolean().optional(),
        messages: z.array(z.unknown()).optional(),
      })
      .optional(),
  }),
);
const queueSchema = z.looseObject({
  queue_running: z.array(z.array(z.unknown())).default([]),
  queue_pending: z.array(z.array(z.unknown())).default([]),
});
type OutputFile = z.infer<typeof fileSchema>;

export function createComfy(options: ComfyOptions): Comfy {
  const { apiKey, clientId, delay, jobs, nowMs } = options;
  const headers: Readonly<Record<string, string>> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const http = openMediaServer("ComfyUI", options, { advice: ADVICE, headers });
  const checkedNodes = new Set<string>();
  const badAnswer = (what: string) =>
    fail("bad-answer", `${http.server} answered ${what} in a form that is not known.`);
  const post = (body: unknown): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  /** Node sets differ from one server to the next: what is missing is told before a job is handed in. */
  async function checkNodes(graph: Graph, signal: AbortSignal): Promise<Result<void, BackendFailure>> {
    const missing: string[] = [];
    for (const type of new Set(Object.values(graph).map(({ class_type }) => class_type))) {
      if (checkedNodes.has(type)) continue;
      const info = await http.json(`/object_info/${encodeURIComponent(type)}`, {}, { signal });
      if (!info.ok) return info;
      if (typeof info.value === "object" && info.value !== null && type in info.value) checkedNodes.add(type);
      else missing.push(type);
    }
    return missing.length === 0
      ? ok(undefined)
      : fail(
          "unsupported",
          `${http.server} lacks the nodes ${missing.join(", ")}. Update ComfyUI, or install what has them.`,
        );
  }

  async function stateOf(
    id: string,
    progress: () => number | undefined,
    signal: AbortSignal,
  ): Promise<Result<JobState<readonly OutputFile[]>, BackendFailure>> {
    const history = await http.json(`/history/${encodeURIComponent(id)}`, {}, { signal });
    if (!history.ok) return history;
    const parsed = historySchema.safeParse(history.value);
    if (!parsed.success) return badAnswer("the history");
    const entry = parsed.data[id];
    if (entry !== undefined) {
      if (entry.status?.status_str === "error" || entry.status?.completed === false) {
        return ok({ state: "failed", message: whyFailed(entry.status?.messages ?? []) });
      }
      return ok({ state: "done", value: filesIn(entry.outputs) });
    }
    const queue = await http.json("/queue", {}, { signal });
    if (!queue.ok) return queue;
    const queued = queueSchema.safeParse(queue.value);
    if (!queued.success) return badAnswer("the queue");
    const has = (list: readonly (readonly unknown[])[]): boolean => list.some((each) => each[1] === id);
    if (has(queued.data.queue_running)) {
      const fraction = progress();
      return ok({ state: "running", ...(fraction === undefined ? {} : { fraction }) });
    }
    return ok({ state: has(queued.data.queue_pending) ? "waiting" : "gone" });
  }

  return {
    server: http.server,
    isKnown: async (key) => (await jobs.find(key)) !== undefined,
    async upload({ name, mediaType, bytes }, { signal }) {
      const form = new FormData();
      form.append("image", new Blob([new Uint8Array(bytes)], { type: mediaType }), name);
      form.append("type", "input");
      form.append("overwrite", "true");
      const sent = await http.json("/upload/image", { method: "POST", body: form }, { signal });
      if (!sent.ok) return sent;
      const parsed = uploadedSchema.safeParse(sent.value);
      return parsed.success ? ok(loadName(parsed.data)) : badAnswer("an upload");
    },
    async run(graph, { signal, onProgress, key, endings }) {
      const known = await jobs.find(key);
      if (known === undefined) {
        const checked = await checkNodes(graph, signal);
        if (!checked.ok) return checked;
      }
      const watch = watchProgress(options.baseUrl, { clientId, headers, nodes: Object.keys(graph).length });
      try {
        return await runJob<readonly OutputFile[]>(
          {
            async submit(each) {
              const sent = await http.json("/prompt", post({ prompt: graph, client_id: clientId }), {
                signal: each,
                maxRetries: 0,
              });
              if (!sent.ok) return sent;
              const parsed = submittedSchema.safeParse(sent.value);
              return parsed.success ? ok(parsed.data.prompt_id) : badAnswer("a job");
            },
            poll: (id, each) => stateOf(id, () => watch.fractionOf(id), each),
            async fetch(_id, files, each) {
              const file = files.find(({ filename, type }) => endings.test(filename) && type !== "temp");
              if (file === undefined) {
                return fail(
                  "bad-answer",
                  `${http.server} saved no file that fits; it saved ${files.map(({ filename }) => filename).join(", ") || "nothing"}.`,
                );
              }
              const { filename, subfolder, type } = file;
              return http.bytes(
                `/view?${new URLSearchParams({ filename, subfolder, type }).toString()}`,
                {},
                { signal: each },
              );
            },
            async cancel(id, each) {
              await http.json("/queue", {}, { signal: each, maxRetries: 0 }).then(async (asked) => {
                const queue = asked.ok ? queueSchema.safeParse(asked.value) : undefined;
                await http.bytes("/queue", post({ delete: [id] }), { signal: each, maxRetries: 0 });
                // Interrupting stops whatever runs: only where that is this job.
                const isRunning = queue?.success === true && queue.data.queue_running.some((one) => one[1] === id);
                if (isRunning) await http.bytes("/interrupt", post({ prompt_id: id }), { signal: each, maxRetries: 0 });
              });
            },
          },
          {
            signal,
            onProgress,
            key,
            jobs,
            delay,
            nowMs,
            server: http.server,
            everyMs: options.pollMs,
            maxAgeMs: options.jobTimeoutMs,
            closed: http.closed,
            linger: http.linger,
          },
        );
      } finally {
        watch.close();
      }
    },
    close: () => http.close(),
  };
}

/** Files of all kinds of outputs: `images`, `gifs` (which are videos, too), `videos`, `video`, `audio`. */
function filesIn(outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>): readonly OutputFile[] {
  return Object.values(outputs).flatMap((kinds) =>
    Object.values(kinds).flatMap((list) =>
      (Array.isArray(list) ? list : []).flatMap((each) => {
        const parsed = fileSchema.safeParse(each);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  );
}

const errorSchema = z.tuple([
  z.literal("execution_error"),
  z.looseObject({ node_type: z.string().optional(), exception_message: z.string().optional() }),
]);

function whyFailed(messages: readonly unknown[]): string {
  for (const message of messages) {
    const parsed = errorSchema.safeParse(message);
    if (!parsed.success) continue;
    const [, { node_type: node = "a node", exception_message: why = "no reason given" }] = parsed.data;
    return `${node}: ${why
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, 300)}`;
  }
  return "it was interrupted, or gave no reason";
}
