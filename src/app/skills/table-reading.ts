import type { Box } from "../../domain/detection.js";
import { ok, type Result } from "../../domain/result.js";
import { assembleTable, cropPicture, inCrop, inWhole, textOf } from "../../documents/index.js";
import type { RgbPicture } from "../../ports/model-client.js";
import type { PartDetector } from "../../ports/picture-reader.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import type { DocumentPage, FoundTable, PlacedText } from "../../ports/table-reader.js";

/** Reads the words of a picture that has no text layer. */
export interface WordsReader {
  /** Words or lines at their places. */
  readonly locate?: (
    picture: RgbPicture,
    options: { readonly signal: AbortSignal },
  ) => Promise<Result<readonly PlacedText[], BackendFailure>>;
  /** The text of each cell of a row, whose cells are marked by their boxes; for models that do not say where. */
  readonly readRow?: (
    picture: RgbPicture,
    options: { readonly cells: number; readonly signal: AbortSignal },
  ) => Promise<Result<readonly string[], BackendFailure>>;
  close(): Promise<void>;
}

export interface TableReading {
  /** Absent: the whole picture is one table. */
  readonly detection?: PartDetector;
  readonly structure: PartDetector;
  readonly words: WordsReader;
}

/** Pixels around a table that the structure model was trained with. */
const PAD_PIXELS = 20;
const WHOLE: Box = { x0: 0, y0: 0, x1: 1, y1: 1 };

/** Tables by Table Transformer, with the text layer's words where there is one. */
export async function readByParts(
  page: DocumentPage,
  { detection, structure, words }: TableReading,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress?: (fraction: number) => void },
): Promise<Result<{ readonly tables: readonly FoundTable[]; readonly text?: string }, BackendFailure>> {
  const picture = await page.picture();
  const located = page.words !== undefined ? ok(page.words) : await words.locate?.(picture, { signal });
  if (located?.ok === false) return located;
  const boxes =
    detection === undefined
      ? [WHOLE]
      : (await detection.detect(picture, { signal }))
          .filter(({ label }) => /table/iu.test(label))
          .map(({ box }) => box);
  const tables: FoundTable[] = [];
  for (const [at, box] of apart(boxes).entries()) {
    const crop = cropPicture(picture, box, detection === undefined ? 0 : PAD_PIXELS);
    const parts = await structure.detect(crop.picture, { signal });
    const own = (located?.value ?? []).map((word) => ({ ...word, box: inCrop(word.box, crop.box) }));
    const table = assembleTable(parts, own);
    if (table !== undefined) {
      const read = located === undefined ? await readRows(table, crop.picture, { words, signal }) : ok(table);
      if (!read.ok) return read;
      tables.push({ ...read.value, ...(table.box === undefined ? {} : { box: inWhole(table.box, crop.box) }) });
    }
    progress?.((at + 1) / boxes.length);
  }
  const text = located === undefined ? undefined : textOf(located.value);
  return ok({
    tables: tables.sort((a, b) => (a.box?.y0 ?? 0) - (b.box?.y0 ?? 0)),
    ...(text === undefined || text === "" ? {} : { text }),
  });
}

/** Cells row by row, for readers that give text without places. */
async function readRows(
  table: FoundTable,
  picture: RgbPicture,
  { words, signal }: { readonly words: WordsReader; readonly signal: AbortSignal },
): Promise<Result<FoundTable, BackendFailure>> {
  const { readRow } = words;
  const outer = table.box;
  if (readRow === undefined || outer === undefined || table.edges === undefined) return ok(table);
  const { ys } = table.edges;
  const cells = [...table.cells];
  for (let row = 0; row < table.rows; row++) {
    const own = cells.filter((cell) => cell.row === row);
    if (own.length === 0) continue;
    const low = Math.max(...own.map((cell) => cell.row + cell.rowSpan));
    const { picture: strip } = cropPicture(picture, { ...outer, y0: ys[row], y1: ys[low] });
    const read = await readRow(strip, { cells: own.length, signal });
    if (!read.ok) return read;
    own.forEach((cell, at) => (cells[cells.indexOf(cell)] = { ...cell, text: read.value[at] ?? "" }));
  }
  return ok({ ...table, cells });
}

/** Detections of the same table twice are one. */
function apart(boxes: readonly Box[]): readonly Box[] {
  const kept: Box[] = [];
  for (const box of boxes) {
    const isNew = kept.every((other) => {
      const width = Math.min(box.x1, other.x1) - Math.max(box.x0, other.x0);
      const height = Math.min(box.y1, other.y1) - Math.max(box.y0, other.y0);
      const area = (box.x1 - box.x0) * (box.y1 - box.y0);
      return width <= 0 || height <= 0 || width * height < 0.5 * area;
    });
    if (isNew) kept.push(box);
  }
  return kept;
}
