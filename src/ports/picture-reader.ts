import type { Box } from "../domain/detection.js";
import type { RgbPicture } from "./model-client.js";

export interface FoundPart {
  /** In the weights' own words: "table row", "table column header" ... */
  readonly label: string;
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

/** Finds the parts of one sort of thing in a picture, such as rows and columns of a table. */
export interface PartDetector {
  readonly name: string;
  /** Best score first. Rejects with `model-failed` when inference breaks, `aborted` when it is called off. */
  detect(picture: RgbPicture, options?: { signal?: AbortSignal }): Promise<readonly FoundPart[]>;
  close(): Promise<void>;
}

/** Tells in words what a picture shows. */
export interface PictureReader {
  readonly name: string;
  /** One sentence about the whole picture. */
  caption(picture: RgbPicture, options: { signal: AbortSignal }): Promise<string>;
  /** The answer to a question about it. Rejects with `model-failed` where the model only writes captions. */
  ask(picture: RgbPicture, question: string, options: { signal: AbortSignal }): Promise<string>;
  close(): Promise<void>;
}
