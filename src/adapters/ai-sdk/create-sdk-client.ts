import type { ModelClient } from "../../ports/model-client.js";
import {
  createSharedClient,
  leavesMachine,
  LinkFailure,
  openLink,
  schemaInWords,
  sendWithConcessions,
  type Concession,
  type Link,
  type LinkOptions,
} from "../model-link/index.js";
import { toPrompt, toReply, toResponseFormat, type CallOptions, type LanguageModel } from "./language-model.js";

export type SdkConcession = "no-schema" | "no-temperature" | "max-completion-tokens";

/** Asked for in this order: what the server names first, the schema last, since refusals of schemas have no common words. */
const POSSIBLE: readonly Concession<SdkConcession>[] = [
  { name: "max-completion-tokens", fits: (said) => said.includes("max_completion_tokens") },
  { name: "no-temperature", fits: (said) => /temperature/i.test(said) },
];
const WITHOUT_SCHEMA: Concession<SdkConcession> = { name: "no-schema", fits: () => true };

/** A `ModelClient` over one of the SDK's providers. */
export function createSdkClient(
  name: string,
  options: LinkOptions,
  parts: {
    /** Makes the SDK's model. Everything that it sends goes through `link.fetch`. */
    readonly connect: (link: Link) => LanguageModel;
    /** Fields of this dialect for the concessions made so far. */
    readonly adapt?: (call: CallOptions, made: ReadonlySet<SdkConcession>) => CallOptions;
  },
): ModelClient {
  const link = openLink(name, options);
  const model = parts.connect(link);
  const made = new Set<SdkConcession>();

  return createSharedClient(
    { name, model: options.model, leavesMachine: leavesMachine(options.baseUrl) },
    {
      link,
      options,
      async send(request, { signal, count }) {
        const { jsonSchema, maxOutputTokens, temperature } = request;
        const possible = jsonSchema === undefined ? POSSIBLE : [...POSSIBLE, WITHOUT_SCHEMA];

        return sendWithConcessions(
          async (without) => {
            const inWords = jsonSchema !== undefined && without.has("no-schema");
            const call: CallOptions = {
              prompt: toPrompt(request, inWords ? schemaInWords(jsonSchema) : undefined),
              maxOutputTokens,
              temperature: without.has("no-temperature") ? undefined : temperature,
              responseFormat: inWords ? undefined : toResponseFormat(jsonSchema),
              abortSignal: signal,
            };
            count();
            try {
              return toReply(await model.doGenerate(parts.adapt?.(call, without) ?? call), options.model);
            } catch (error) {
              if (error instanceof LinkFailure || signal.aborted) throw error;
              // The SDK's error holds the whole request, pictures and all: only our own words go on.
              throw new LinkFailure(
                "bad-answer",
                `${link.server} answered with JSON that is not an answer of its kind. Check type and baseUrl.`,
              );
            }
          },
          possible,
          made,
        );
      },
    },
  );
}
