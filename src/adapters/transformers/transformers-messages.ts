import type { RgbPicture } from "../../ports/model-client.js";
import type { SaidBox } from "./florence-answer.js";

export type TransformersTask = "florence-2" | "chat" | "whisper";

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
  | { readonly type: "transcribe"; readonly samples: Float32Array; readonly language?: string };

export type TransformersAnswer =
  { readonly type: "boxes"; readonly boxes: readonly SaidBox[] } | { readonly type: "text"; readonly text: string };

export interface TransformersReady {
  readonly device: string;
  readonly skipped: readonly { readonly device: string; readonly reason: string }[];
}
