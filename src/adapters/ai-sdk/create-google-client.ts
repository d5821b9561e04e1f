import { createGoogleGenerativeAI } from "@ai-sdk/google";
import type { ModelClient } from "../../ports/model-client.js";
import type { LinkOptions } from "../model-link/index.js";
import { createSdkClient } from "./create-sdk-client.js";

/** Gemini and Gemini Robotics-ER. */
export function createGoogleClient(options: LinkOptions): ModelClient {
  return createSdkClient("google", options, {
    connect: ({ fetch }) =>
      createGoogleGenerativeAI({
        baseURL: options.baseUrl,
        // Left undefined, the SDK would look for a key in the environment by itself.
        apiKey: options.apiKey ?? "",
        headers: options.headers,
        fetch,
      })(options.model),
  });
}
