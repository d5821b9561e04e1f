import type { Language } from "../../tasks/episode.js";

/** A suite of its own kind: pictures and phrases, no motion. */
export const POINTING_SUITE = "pointing";

/** What a row of the suite `pointing` says beyond the others' rows. */
export interface PointingDetail {
  readonly language: Language;
  /** Whether what the phrase means is in the picture: a thing, a free place, nothing. */
  readonly meant: "thing" | "free" | "absent";
  /** `one`: it pointed; `many`: several things fit the words; `none`: nothing does; `unread`: the words were not understood. */
  readonly answer: "one" | "many" | "none" | "unread";
  /** The same question about the same picture in the other language, and what came of it. Does not count in the other figures. */
  readonly twin?: {
    readonly language: Language;
    readonly phrase: string;
    readonly success: boolean;
    readonly cause: string;
  };
  /** Metres between the right thing's middle as measured and as it is, on the ground plane; only when it was pointed at. */
  readonly errorM?: number;
  /** Mean of |depth - truth| / truth over the pixels of things in this picture. */
  readonly depthAbsRel?: number;
}
