import { WebSocket } from "ws";
import { z } from "zod";

/** How far jobs are, as the server tells over its socket. Where that cannot be had, nobody knows, and the job goes on all the same. */
export interface ProgressWatch {
  /** 0 to 1 */
  fractionOf(job: string): number | undefined;
  close(): void;
}

const messageSchema = z.looseObject({
  type: z.string(),
  data: z.looseObject({
    prompt_id: z.string().optional(),
    node: z.string().nullish(),
    nodes: z.array(z.string()).optional(),
    value: z.number().optional(),
    max: z.number().positive().optional(),
  }),
});

export function watchProgress(
  baseUrl: string,
  options: { readonly clientId: string; readonly headers: Readonly<Record<string, string>>; readonly nodes: number },
): ProgressWatch {
  const { clientId, headers, nodes } = options;
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}/ws?clientId=${encodeURIComponent(clientId)}`);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const begun = new Map<string, Set<string>>();
  const steps = new Map<string, number>();
  const socket = new WebSocket(url, { headers, handshakeTimeout: 5_000, maxPayload: 64 * 1024 * 1024 });
  // Progress is a comfort: what goes wrong with the job is told by the answers to requests.
  socket.on("error", () => undefined);
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    // Binary ones are previews.
    if (isBinary) return;
    let value: unknown;
    try {
      value = JSON.parse(data.toString("utf8"));
    } catch {
      return;
    }
    const parsed = messageSchema.safeParse(value);
    if (!parsed.success) return;
    const { type, data: told } = parsed.data;
    const { prompt_id: job } = told;
    if (job === undefined) return;
    const done = begun.get(job) ?? new Set<string>();
    begun.set(job, done);
    if (type === "executing" && typeof told.node === "string") {
      done.add(told.node);
      steps.set(job, 0);
    }
    if (type === "execution_cached") for (const node of told.nodes ?? []) done.add(node);
    if (type === "progress" && told.value !== undefined && told.max !== undefined)
      steps.set(job, told.value / told.max);
  });
  return {
    fractionOf(job) {
      const count = begun.get(job)?.size;
      if (count === undefined || count === 0) return undefined;
      return Math.min(1, (count - 1 + (steps.get(job) ?? 0)) / Math.max(1, nodes));
    },
    close: () => socket.terminate(),
  };
}
