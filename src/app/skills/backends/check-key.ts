import type { BackendDeps } from "../backend-kind.js";

/** Whether the key of a server is there; servers themselves are not asked. */
export function checkKey(
  { apiKeyEnv }: { readonly apiKeyEnv?: string | undefined },
  { env }: Pick<BackendDeps, "env">,
): string | undefined {
  return apiKeyEnv === undefined || (env[apiKeyEnv] ?? "") !== ""
    ? undefined
    : `Its key is taken from the environment variable ${apiKeyEnv}, which is not set.`;
}
