export interface ReaderSetup {
  readonly path: string;
}

export interface VideoInfo {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly durationS: number;
  readonly pictureCount: number;
}

export type ReaderRequest =
  /** The next picture that is not earlier. */
  { readonly type: "next"; readonly fromMs: number } | { readonly type: "close" };

export type ReaderReply =
  | { readonly type: "ready"; readonly info: VideoInfo }
  | {
      readonly type: "picture";
      readonly timeMs: number;
      readonly width: number;
      readonly height: number;
      readonly rgb: Uint8Array<ArrayBuffer>;
    }
  | { readonly type: "end" }
  | {
      readonly type: "failed";
      /** `no-decoder`: a sound video of another kind; `message` names it. */
      readonly code: "bad-clip" | "no-decoder";
      readonly message: string;
      readonly info?: VideoInfo;
    };
