import type { Result } from "../../domain/result.js";
import type { ModelFailure, ModelImage } from "../../ports/model-client.js";

export interface ModerationVerdict {
  readonly allowed: boolean;
  /** What the text was found to be about, in the moderator's own words. Empty when allowed, and when the moderator does not say. */
  readonly categories: readonly string[];
  /** By category, 0 to 1; absent where the moderator has none. */
  readonly scores?: Readonly<Record<string, number>>;
}

/** At least one of the two. */
export interface ModeratedContent {
  readonly text?: string;
  readonly picture?: ModelImage;
}

/**
 * Judges words, not motions: what a robot may do is decided by the safety limits, whatever a moderator says.
 * Text has passed only with `ok` and `allowed`: a moderator that is away or unclear has let nothing pass.
 */
export interface Moderator {
  /** `openai-moderation` or `llama-guard`. */
  readonly name: string;
  /** False only for servers on this machine. */
  readonly leavesMachine: boolean;
  /** Rejects with `aborted` when the signal fires. */
  check(text: string, options: { signal: AbortSignal }): Promise<Result<ModerationVerdict, ModelFailure>>;
  /** The same for a picture, with or without words to it. `unsupported` where the model sees nothing. */
  judge(content: ModeratedContent, options: { signal: AbortSignal }): Promise<Result<ModerationVerdict, ModelFailure>>;
  close(): Promise<void>;
}
