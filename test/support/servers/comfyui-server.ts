import { WebSocketServer } from "ws";
import { sendFile, sendHtml, sendJson, startHttpServer } from "./http-server.js";

/** How the next jobs go. `never`: it runs and runs. `vanish`: the server forgets it, as after a restart. */
export type ComfyFate = "done" | "fails" | "never" | "vanish" | "html" | "cut" | "busy" | "nothing-saved";

type Graph = Record<string, { class_type: string; inputs: Record<string, unknown> }>;

export interface ComfyServer {
  readonly baseUrl: string;
  readonly prompts: readonly { readonly id: string; readonly graph: Graph }[];
  readonly uploads: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly interrupted: readonly string[];
  readonly deleted: readonly string[];
  will(fate: ComfyFate): void;
  /** From now on running jobs end well. */
  finish(): void;
  close(): Promise<void>;
}

/**
 * ComfyUI's dialect: `/object_info/<node>`, `/upload/image`, `/prompt`, `/history/<id>`, `/queue`, `/interrupt`, `/view`, and progress over
 * `/ws`. A job takes three questions: pending, running, done.
 */
export async function startComfyServer(options: {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly lacks?: readonly string[];
}): Promise<ComfyServer> {
  const { file, lacks = [] } = options;
  const prompts: { id: string; graph: Graph }[] = [];
  const uploads: { name: string; bytes: Buffer }[] = [];
  const interrupted: string[] = [];
  const deleted: string[] = [];
  const fates = new Map<string, ComfyFate>();
  const asked = new Map<string, number>();
  let fate: ComfyFate = "done";
  const output = { filename: file.name, subfolder: "handeye", type: "output" };

  const { origin, server, close } = await startHttpServer(async (request, response) => {
    const { method, path } = request;
    const route = `${method} ${path}`;
    if (path.startsWith("/object_info/")) {
      const node = decodeURIComponent(path.slice("/object_info/".length));
      return sendJson(response, 200, lacks.includes(node) ? {} : { [node]: { input: { required: {} }, output: [] } });
    }
    if (route === "POST /upload/image") {
      const form = await request.form();
      const image = form.get("image") as File;
      uploads.push({ name: image.name, bytes: Buffer.from(await image.arrayBuffer()) });
      return sendJson(response, 200, { name: image.name, subfolder: "", type: "input" });
    }
    if (route === "POST /prompt") {
      if (fate === "html") return sendHtml(response);
      if (fate === "busy") return sendJson(response, 429, { error: { type: "busy", message: "queue is full" } });
      const { prompt, client_id: client } = request.json() as { prompt: Graph; client_id: string };
      const wrong = Object.entries(prompt).find(([, { inputs }]) =>
        Object.values(inputs).some((value) => Array.isArray(value) && !((value[0] as string) in prompt)),
      );
      if (wrong !== undefined || typeof client !== "string") {
        return sendJson(response, 400, {
          error: { type: "invalid_prompt", message: "a wire leads nowhere", details: wrong?.[0] },
          node_errors: {},
        });
      }
      const id = `job-${prompts.length + 1}`;
      prompts.push({ id, graph: prompt });
      fates.set(id, fate);
      return sendJson(response, 200, { prompt_id: id, number: prompts.length, node_errors: {} });
    }
    if (path.startsWith("/history/")) {
      const id = path.slice("/history/".length);
      const times = (asked.get(id) ?? 0) + 1;
      asked.set(id, times);
      const own = fates.get(id);
      if (own === undefined || own === "never" || own === "vanish" || times < 3) {
        tell(id, times);
        return sendJson(response, 200, {});
      }
      if (own === "fails") {
        return sendJson(response, 200, {
          [id]: {
            outputs: {},
            status: {
              status_str: "error",
              completed: false,
              messages: [["execution_error", { node_type: "KSampler", exception_message: "CUDA out of memory" }]],
            },
          },
        });
      }
      const outputs = own === "nothing-saved" ? {} : { "9": { images: [output], animated: [true] } };
      return sendJson(response, 200, {
        [id]: { outputs, status: { status_str: "success", completed: true, messages: [] } },
      });
    }
    if (route === "GET /queue") {
      const open = [...fates].filter(([, own]) => own !== "vanish").map(([id]) => [0, id, {}, {}, []]);
      const isRunning = ([, id]: (typeof open)[number]): boolean => (asked.get(id as string) ?? 0) > 1;
      return sendJson(response, 200, {
        queue_running: open.filter(isRunning),
        queue_pending: open.filter((one) => !isRunning(one)),
      });
    }
    if (route === "POST /queue") {
      for (const id of (request.json() as { delete: string[] }).delete) deleted.push(id);
      return void response.writeHead(200).end();
    }
    if (route === "POST /interrupt") {
      interrupted.push((request.json() as { prompt_id: string }).prompt_id);
      return void response.writeHead(200).end();
    }
    if (route === "GET /view" && request.query.get("filename") === file.name)
      return sendFile(response, file.bytes, { cut: fate === "cut" });
    sendJson(response, 404, { error: "not found" });
  });
  const sockets = new WebSocketServer({ server, path: "/ws" });
  function tell(id: string, times: number): void {
    for (const client of sockets.clients) {
      client.send(JSON.stringify({ type: "executing", data: { node: String(times), prompt_id: id } }));
      client.send(JSON.stringify({ type: "progress", data: { value: 1, max: 2, prompt_id: id, node: String(times) } }));
    }
  }

  return {
    baseUrl: origin,
    prompts,
    uploads,
    interrupted,
    deleted,
    will: (next) => void (fate = next),
    finish: () => {
      for (const id of fates.keys()) fates.set(id, "done");
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await close();
    },
  };
}
