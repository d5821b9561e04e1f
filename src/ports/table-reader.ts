import type { Box } from "../domain/detection.js";
import type { Result } from "../domain/result.js";
import type { RgbPicture } from "./model-client.js";
import type { BackendFailure } from "./skill-backends.js";

/** A word or a line of text and where it stands on its page, 0 to 1 from the top left corner. */
export interface PlacedText {
  readonly text: string;
  readonly box: Box;
}

/** A ruled line, 0 to 1 from the top left corner; either upright or level. */
export interface RuledLine {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** One page to be read. */
export interface DocumentPage {
  /** From 1. */
  readonly number: number;
  /** Width by height, in any unit. */
  readonly aspect: number;
  /** The text layer's words; absent for pictures and scans. */
  readonly words?: readonly PlacedText[];
  readonly lines?: readonly RuledLine[];
  /** Its pixels; PDF pages are drawn when they are asked for. */
  readonly picture: () => Promise<RgbPicture>;
}

export interface OpenedDocument {
  readonly pageCount: number;
  /** `number` is from 1 to `pageCount`. */
  page(number: number): Promise<DocumentPage>;
  close(): void;
}

export type DocumentFailure = "encrypted" | "bad-document" | "too-large";

export interface TableCell {
  /** From 0, of its top left corner. */
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
  readonly header: boolean;
}

export interface FoundTable {
  readonly rows: number;
  readonly columns: number;
  /** In reading order; together they cover each place at most once. */
  readonly cells: readonly TableCell[];
  /** Where on the page, 0 to 1, where the reader knows. */
  readonly box?: Box;
  /** Borders of rows and columns, 0 to 1 over what was read, where the reader knows. */
  readonly edges?: { readonly ys: readonly number[]; readonly xs: readonly number[] };
}

/** Back end of `table`. */
export interface TableReader {
  /** A PDF. */
  openDocument(
    bytes: Uint8Array,
    options: { readonly password?: string; readonly signal: AbortSignal },
  ): Promise<Result<OpenedDocument, DocumentFailure>>;
  /** Tables from top to bottom, and the page's text where the reader has it. No table: an empty list. */
  read(
    page: DocumentPage,
    options: { readonly signal: AbortSignal; readonly progress?: (fraction: number) => void },
  ): Promise<Result<{ readonly tables: readonly FoundTable[]; readonly text?: string }, BackendFailure>>;
}
