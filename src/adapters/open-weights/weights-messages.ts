import type { Box, Mask } from "../../domain/detection.js";
import type { Family, Provider } from "./families.js";
import type { SkippedProvider } from "./open-graph.js";
import type { Picture } from "./picture-tensor.js";

export interface GroundingThresholds {
  /** Lowest score of a box, 0 to 1. */
  readonly boxThreshold: number;
  /** From here on a word counts as seen. */
  readonly textThreshold: number;
  /** Boxes of one phrase that overlap more than this are one thing. */
  readonly nmsIou: number;
}

export interface GroundRequest extends GroundingThresholds {
  readonly picture: Picture;
  /** What somebody asks for. */
  readonly phrases: readonly string[];
  /** What is looked for in every picture: of one thing, the name that was asked for is the better one. */
  readonly vocabulary: readonly string[];
}

export interface FoundPhrase {
  readonly phrase: string;
  readonly box: Box;
  readonly score: number;
}

export interface FoundClass {
  readonly label: string;
  readonly box: Box;
  readonly score: number;
}

/** A dense map as the network gives it. */
export interface DenseMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array<ArrayBuffer>;
  /** `metres`: far is large. `inverse`: near is large, scale and shift unknown. */
  readonly unit: "metres" | "inverse";
}

export interface ClipRequest {
  readonly pictures: readonly Picture[];
  readonly texts: readonly string[];
}

/** Unit vectors, one for each picture and text, in their order. */
export interface ClipAnswer {
  readonly pictures: readonly Float32Array[];
  readonly texts: readonly Float32Array[];
}

export interface MaskRequest {
  readonly picture: Picture;
  readonly boxes: readonly Box[];
}

/** What each family is asked and what it answers. */
export interface Tasks {
  readonly "grounding-dino": { request: GroundRequest; answer: readonly FoundPhrase[] };
  readonly owlv2: { request: GroundRequest; answer: readonly FoundPhrase[] };
  readonly "depth-anything-v2": { request: { readonly picture: Picture }; answer: DenseMap };
  readonly clip: { request: ClipRequest; answer: ClipAnswer };
  readonly "table-transformer": {
    request: { readonly picture: Picture; readonly scoreThreshold: number };
    answer: readonly FoundClass[];
  };
  /** One mask for each box, over that box. */
  readonly sam: { request: MaskRequest; answer: readonly Mask[] };
}
export type RequestOf<F extends Family> = Tasks[F]["request"];
export type AnswerOf<F extends Family> = Tasks[F]["answer"];

export interface WeightsWorkerData {
  readonly family: Family;
  readonly modelDir: string;
  readonly threads: number;
  readonly providers: readonly Provider[];
}

/** What a worker says when it has loaded. */
export interface WeightsReady {
  /** Where the network runs. */
  readonly provider: Provider;
  readonly skipped: readonly SkippedProvider[];
  /** Name and licence of the card, for people. */
  readonly model: string;
  readonly licence: string;
  /** Only depth networks have one. */
  readonly unit?: DenseMap["unit"];
}
