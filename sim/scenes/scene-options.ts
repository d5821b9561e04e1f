import type { Color, DrawerState } from "../../src/domain/vocabulary.js";
import type { MovableKind } from "./catalogue.js";

/** A thing that a scene must hold. */
export interface RequiredObject {
  readonly kind: MovableKind;
  readonly color: Color;
  readonly size?: "small" | "large";
  /** `counter`, `shelf`, `sink` or a drawer's id. Default: anywhere the kind can be. */
  readonly startsIn?: string;
}

export interface SceneOptions {
  readonly require?: readonly RequiredObject[];
  /** Kinds and colours that must not appear besides what is required: the suites keep phrases unambiguous with it. */
  readonly forbid?: readonly { readonly kind?: MovableKind; readonly color?: Color }[];
  readonly drawers?: Readonly<Partial<Record<string, DrawerState>>>;
  /** Colours of zones that must be there (tabletop). */
  readonly zones?: readonly Color[];
  /** Movable things in all, required ones included. Default: 5 to 9. */
  readonly count?: number;
}
