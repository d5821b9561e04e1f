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

const ADVICE = "Check model, baseUrl and dialect; vLLM-Omni and SGLang serve one model each.";

const jobSchema = z.looseObject({
  id: z.string().min(1).max(300),
  status: z.string(),
  progress: z.number().nullish(),
  error: z.union([z.string(), z.looseObject({ message: z.string().optional() })]).nullish(),
});
type Job = z.infer<typeof jobSchema>;

/** What `POST /videos` gets: JSON, or a form. */
export type VideoBody = Readonly<Record<string, unknown>> | FormData;

export interface VideosLink {
  run(
    body: () => Promise<VideoBody>,
    options: MakingOptions & { readonly key: string },
  ): Promise<Result<FetchedJob, BackendFailure | JobFailure>>;
  close(): Promise<void>;
}

/** `/v1/videos`: a job, how it is, its file, and its end. */
export function openVideos(name: string, options: MediaServerOptions): VideosLink {
  const { apiKey, jobs, delay, nowMs } = options;
  const headers: Readonly<Record<string, string>> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const http = openMediaServer(name, options, { advice: ADVICE, headers });
  const at = (id: string): string => `/videos/${encodeURIComponent(id)}`;
  const parse = (value: unknown): Result<Job, BackendFailure> => {
    const parsed = jobSchema.safeParse(value);
    return parsed.success
      ? ok(parsed.data)
      : fail("bad-answer", `${http.server} answered with no video job: expected id and status. ${ADVICE}`);
  };

  return {
    run: (body, { signal, onProgress, key }) =>
      runJob<null>(
        {
          async submit(each) {
            const made = await body();
            const init: RequestInit =
              made instanceof FormData
                ? { method: "POST", body: made }
                : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(made) };
            const sent = await http.json("/videos", init, { signal: each, maxRetries: 0 });
            if (!sent.ok) return sent;
            const job = parse(sent.value);
            return job.ok ? ok(job.value.id) : job;
          },
          async poll(id, each): Promise<Result<JobState<null>, BackendFailure>> {
            const asked = await http.json(at(id), {}, { signal: each });
            // A job that is not known answers 404, as a model that is not there does; the job was taken.
            if (!asked.ok) return asked.code === "model-not-found" ? ok({ state: "gone" }) : asked;
            const job = parse(asked.value);
            return job.ok ? stateOf(job.value, http.server) : job;
          },
          fetch: (id, _done, each) => http.bytes(`${at(id)}/content`, {}, { signal: each }),
          async cancel(id, each) {
            await http.bytes(at(id), { method: "DELETE" }, { signal: each, maxRetries: 0 });
          },
          async clean(id, each) {
            await http.bytes(at(id), { method: "DELETE" }, { signal: each, maxRetries: 0 });
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
      ),
    close: () => http.close(),
  };
}

function stateOf({ status, progress, error }: Job, server: string): Result<JobState<null>, BackendFailure> {
  // Per cent, by the shape that OpenAI gave it.
  const fraction = typeof progress === "number" ? { fraction: progress / 100 } : {};
  switch (status) {
    case "queued":
      return ok({ state: "waiting", ...fraction });
    case "in_progress":
    case "processing":
    case "running":
      return ok({ state: "running", ...fraction });
    case "completed":
    case "succeeded":
      return ok({ state: "done", value: null });
    case "failed":
    case "cancelled":
    case "expired": {
      const why = typeof error === "string" ? error : (error?.message ?? `status "${status}", without a reason`);
      return ok({ state: "failed", message: why.replaceAll(/\p{Cc}+/gu, " ").slice(0, 300) });
    }
    default:
      return fail("bad-answer", `${server} says that the job is "${status.slice(0, 60)}", which is not known.`);
  }
}
