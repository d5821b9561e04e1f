import { LinkFailure, parseJson } from "../model-link/index.js";

/** What `/api/show` says about a model. Old servers do not say what a model can do: then it is tried. */
export interface ModelAbilities {
  readonly sees?: boolean;
  readonly thinks?: boolean;
  /** Where the model really runs, for "cloud" models that a local server only passes on. */
  readonly remoteHost?: string;
}

export function readAbilities(body: string, server: string): ModelAbilities {
  const shown = parseJson(body);
  if (typeof shown !== "object" || shown === null) {
    throw new LinkFailure(
      "bad-answer",
      `Expected JSON about the model from ${server}. Check baseUrl: Ollama's has no path.`,
    );
  }
  const { capabilities, remote_host: remoteHost } = shown as { capabilities?: unknown; remote_host?: unknown };
  return {
    ...(Array.isArray(capabilities)
      ? { sees: capabilities.includes("vision"), thinks: capabilities.includes("thinking") }
      : {}),
    ...(typeof remoteHost === "string" && remoteHost !== "" ? { remoteHost } : {}),
  };
}

/** Names of models that Ollama runs on its maker's servers, even when asked on this machine: `qwen3-vl:235b-cloud`. */
export const isCloudModel = (model: string): boolean => /(:|-)cloud$/.test(model);
