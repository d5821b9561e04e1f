import type { Result } from "../domain/result.js";
import type { RgbPicture } from "./model-client.js";
import type { BackendFailure } from "./skill-backends.js";

export interface ContentVerdict {
  /** False also where the judge was unsure. */
  readonly acceptable: boolean;
  /** What it is about, in the judge's own words; `unsure` where its answer could not be read. */
  readonly categories: readonly string[];
  /** By category, 0 to 1, where the judge has some. */
  readonly scores?: Readonly<Record<string, number>>;
  readonly reason: string;
}

/** Back end of `moderate`. At least one of text and picture is there. */
export interface ContentModerator {
  judge(
    content: { readonly text?: string; readonly picture?: RgbPicture },
    options: { readonly signal: AbortSignal },
  ): Promise<Result<ContentVerdict, BackendFailure>>;
}
