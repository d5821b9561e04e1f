import type { ModelClient, ModelRequest } from "../../ports/model-client.js";
import {
  createSharedClient,
  leavesMachine,
  LinkFailure,
  openLink,
  schemaInWords,
  sendWithConcessions,
  type Concession,
  type LinkOptions,
} from "../model-link/index.js";
import { isCloudModel, readAbilities, type ModelAbilities } from "./model-abilities.js";
import { readAnswer } from "./read-answer.js";

export interface OllamaOptions extends LinkOptions {
  /** Room for request and answer, tokens. Ollama's own default is small, and what does not fit is cut without a word. */
  readonly contextTokens?: number;
  /** How long the model stays loaded: "10m", "-1". */
  readonly keepAlive?: string;
}

type OllamaConcession = "no-schema";
const WITHOUT_SCHEMA: Concession<OllamaConcession> = { name: "no-schema", fits: () => true };

/** Ollama by its own API. Asks once what the model can do, and says so when it cannot see. */
export function createOllamaClient(options: OllamaOptions): ModelClient {
  const { model, contextTokens = 8_192, keepAlive = "10m" } = options;
  const link = openLink("ollama", options, { onMissing: `Run: ollama pull ${model}` });
  const leaves = leavesMachine(options.baseUrl) || isCloudModel(model);
  const root = options.baseUrl.replace(/\/+$/, "");
  const headers = {
    "content-type": "application/json",
    ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
    ...options.headers,
  };
  const made = new Set<OllamaConcession>();
  let abilities: ModelAbilities | undefined;

  const post = (body: unknown, signal: AbortSignal): RequestInit => ({
    method: "POST",
    headers,
    body: JSON.stringify(body),
    signal,
  });

  async function learnAbilities(signal: AbortSignal): Promise<ModelAbilities> {
    abilities ??= readAbilities(await link.text(`${root}/api/show`, post({ model }, signal)), link.server);
    return abilities;
  }

  return createSharedClient(
    { name: "ollama", model, leavesMachine: leaves },
    {
      link,
      options,
      async send(request, { signal, count }) {
        const { sees, thinks, remoteHost } = await learnAbilities(signal);
        if (remoteHost !== undefined && !leaves) {
          throw new LinkFailure(
            "unsupported",
            `Expected "${model}" to run on this machine; ${link.server} would pass the request on to ${link.clean(remoteHost)}. Pull a local model.`,
          );
        }
        if (sees === false && request.turns.some(({ images }) => images?.length)) {
          throw new LinkFailure(
            "unsupported",
            `"${model}" reads text only, and this request has pictures. Take a model with "vision" in \`ollama show\`, such as qwen3-vl:8b.`,
          );
        }

        const { jsonSchema } = request;
        return sendWithConcessions(
          async (without) => {
            const inWords = jsonSchema !== undefined && without.has("no-schema");
            const body = {
              model,
              messages: toMessages(request, inWords ? schemaInWords(jsonSchema) : ""),
              stream: true,
              keep_alive: /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive,
              // Thinking costs a robot tens of seconds a step, and Ollama does it unless told not to.
              ...(thinks === true ? { think: false } : {}),
              ...(jsonSchema === undefined || inWords ? {} : { format: jsonSchema }),
              options: {
                temperature: request.temperature,
                num_predict: request.maxOutputTokens,
                num_ctx: contextTokens,
              },
            };
            count();
            return readAnswer(link.stream(`${root}/api/chat`, post(body, signal)), { ...link, model });
          },
          jsonSchema === undefined ? [] : [WITHOUT_SCHEMA],
          made,
        );
      },
    },
  );
}

/** Pictures are bare base64 here, without the `data:` that other APIs want. */
function toMessages(request: ModelRequest, more: string): unknown[] {
  const system = [request.system, more].filter((part) => part.trim() !== "").join("\n\n");
  return [
    ...(system === "" ? [] : [{ role: "system", content: system }]),
    ...request.turns.map(({ role, text, images = [] }) => ({
      role,
      content: text,
      ...(images.length === 0 ? {} : { images: images.map(({ data }) => Buffer.from(data).toString("base64")) }),
    })),
  ];
}
