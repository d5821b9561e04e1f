import type { Box } from "../domain/detection.js";
import type { FoundTable, PlacedText, TableCell } from "../ports/table-reader.js";
import { centerOf, textOf } from "./text-lines.js";

/** A cell without its words yet. */
export interface Slot {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

export interface Grid {
  /** Borders from top to bottom and from left to right: one more than there are rows, and columns. */
  readonly ys: readonly number[];
  readonly xs: readonly number[];
  readonly slots: readonly Slot[];
  /** Rows that are headers, counted from the top; absent: decided by what stands in the cells. */
  readonly headerRows?: number;
}

const within = (borders: readonly number[], value: number): number =>
  borders.findIndex((border, at) => at + 1 < borders.length && value >= border && value < borders[at + 1]);

/** Puts words into the cells that their middles are in. */
export function fillGrid({ ys, xs, slots, headerRows }: Grid, words: readonly PlacedText[]): FoundTable {
  const inSlot = new Map<Slot, PlacedText[]>();
  for (const word of words) {
    const [x, y] = centerOf(word.box);
    const [row, column] = [within(ys, y), within(xs, x)];
    const slot = slots.find(
      (each) =>
        row >= each.row &&
        row < each.row + each.rowSpan &&
        column >= each.column &&
        column < each.column + each.columnSpan,
    );
    if (slot !== undefined) inSlot.set(slot, [...(inSlot.get(slot) ?? []), word]);
  }
  const texts = slots.map((slot) => ({ ...slot, text: textOf(inSlot.get(slot) ?? []) }));
  const headers = headerRows ?? countHeaderRows(texts, ys.length - 1);
  const box: Box = { x0: xs[0], y0: ys[0], x1: xs[xs.length - 1], y1: ys[ys.length - 1] };
  return {
    rows: ys.length - 1,
    columns: xs.length - 1,
    box,
    edges: { ys, xs },
    cells: texts
      .map((cell): TableCell => ({ ...cell, header: cell.row < headers }))
      .sort((a, b) => a.row - b.row || a.column - b.column),
  };
}

const NUMBER = /^[\s(]*[-+−–]?[\p{Sc}]?\s?\d[\d\s.,:/%]*[\p{L}%°\p{Sc})]{0,3}$/u;
const MOST_HEADER_ROWS = 3;

/** Rows at the top without a number in them, where numbers come further down; the first row where there are none at all. */
export function countHeaderRows(cells: readonly (Slot & { readonly text: string })[], rows: number): number {
  const hasNumber = (row: number): boolean => cells.some((cell) => cell.row === row && NUMBER.test(cell.text.trim()));
  let headers = 0;
  while (headers < Math.min(MOST_HEADER_ROWS, rows - 1) && !hasNumber(headers)) headers++;
  const numbersBelow = Array.from({ length: rows }, (_, row) => row).some((row) => row >= headers && hasNumber(row));
  // Without a number anywhere a second row of words is as good as any other.
  if (!numbersBelow) return rows > 1 ? 1 : 0;
  // A name in the first column and nothing else is a group's title in the body.
  return headers;
}

/** Every place of a grid by itself. */
export const singleSlots = (rows: number, columns: number): readonly Slot[] =>
  Array.from({ length: rows * columns }, (_, at) => ({
    row: Math.floor(at / columns),
    column: at % columns,
    rowSpan: 1,
    columnSpan: 1,
  }));
