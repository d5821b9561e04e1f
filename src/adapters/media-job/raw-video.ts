/** A server's video, unread. `expected` is what was asked for. */
export interface RawVideo {
  readonly bytes: Uint8Array;
  readonly model: string;
  readonly seed?: number;
  readonly resumed: boolean;
  readonly expected: { readonly frames?: number; readonly fps?: number };
}
