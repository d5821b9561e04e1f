import { createAnthropic } from "@ai-sdk/anthropic";
import type { ModelClient } from "../../ports/model-client.js";
import type { LinkOptions } from "../model-link/index.js";
import { createSdkClient } from "./create-sdk-client.js";

/** Claude. Models that the SDK knows get the schema as `output_config`, others as a tool that they have to call. */
export function createAnthropicClient(options: LinkOptions): ModelClient {
  return createSdkClient("anthropic", options, {
    connect: ({ fetch }) =>
      createAnthropic({
        // Left undefined, the SDK would take address and key from the environment by itself.
        baseURL: options.baseUrl,
        apiKey: options.apiKey ?? "",
        headers: options.headers,
        fetch,
      })(options.model),
  });
}
