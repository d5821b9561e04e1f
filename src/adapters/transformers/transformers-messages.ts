import type { RgbPicture } from "../../ports/model-client.js";
import type { SaidBox } from "./florence-answer.js";

export type TransformersTask = "florence-2" | "chat" | "clap" | "musicgen" | "whisper";

export interface TransformersWorkerData {
  readonly task: TransformersTask;
  /** Folder of the model, or its name on the hub. */
  readonly model: string;
  /** Whether it is a folder, whose files are compared with its card. */
  readonly isFolder: boolean;
  /** Whether weights may be fetched. */
  readonly allowRemote: boolean;
  readonly dtype: string;
  readonly devices: readonly string[];
  /** What to import; the package's name but in tests. */
  readonly specifier: string;
}

export type TransformersRequest =
  | { readonly type: "ground"; readonly picture: RgbPicture; readonly phrases: readonly string[] }
  | { readonly type: "caption"; readonly picture: RgbPicture }
  | { readonly type: "locate-text"; readonly picture: RgbPicture }
  | { readonly type: "ask"; readonly picture: RgbPicture; readonly question: string }
  | { readonly type: "transcribe"; readonly samples: Float32Array; readonly language?: string }
  /** 48 kHz, at most ten seconds. */
  | { readonly type: "classify"; readonly samples: Float32Array; readonly labels: readonly string[] }
  | { readonly type: "compose"; readonly prompt: string; readonly seconds: number; readonly seed: number };

export type TransformersAnswer =
  | { readonly type: "boxes"; readonly boxes: readonly SaidBox[] }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "scores"; readonly scores: readonly { readonly label: string; readonly score: number }[] }
  | { readonly type: "sound"; readonly samples: Float32Array; readonly sampleRateHz: number };

export interface TransformersReady {
  readonly device: string;
  readonly skipped: readonly { readonly device: string; readonly reason: string }[];
}
