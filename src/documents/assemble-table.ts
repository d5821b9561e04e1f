import type { Box } from "../domain/detection.js";
import type { FoundPart } from "../ports/picture-reader.js";
import type { FoundTable, PlacedText } from "../ports/table-reader.js";
import { fillGrid, singleSlots, type Slot } from "./grid-cells.js";

/** Parts that lie over each other by more than this share are one. */
const SAME_PART = 0.5;
/** A spanning cell takes a row or column in when it covers this share of it. */
const SPANNED = 0.5;

/**
 * A table out of the parts that Table Transformer finds in its picture (rows, columns, column headers, spanning cells), and the words in
 * it. Undefined where there is no row or no column. Boxes are 0 to 1 over the picture.
 */
export function assembleTable(parts: readonly FoundPart[], words: readonly PlacedText[]): FoundTable | undefined {
  const of = (label: string): readonly Box[] =>
    parts.filter((part) => part.label === label || part.label === label.replace("table ", "")).map(({ box }) => box);
  const rows = distinct(of("table row"), "y");
  const columns = distinct(of("table column"), "x");
  if (rows.length === 0 || columns.length === 0) return undefined;
  const ys = borders(rows.map(({ y0, y1 }) => [y0, y1]));
  const xs = borders(columns.map(({ x0, x1 }) => [x0, x1]));

  const taken = new Set<string>();
  const spans: Slot[] = [];
  for (const box of [...of("table spanning cell"), ...of("table projected row header")]) {
    const inRows = rows.flatMap(({ y0, y1 }, at) =>
      overlap(y0, y1, box.y0, box.y1) >= SPANNED * (y1 - y0) ? [at] : [],
    );
    const inColumns = columns.flatMap(({ x0, x1 }, at) =>
      overlap(x0, x1, box.x0, box.x1) >= SPANNED * (x1 - x0) ? [at] : [],
    );
    if (inRows.length * inColumns.length < 2) continue;
    const places = inRows.flatMap((row) => inColumns.map((column) => `${row}/${column}`));
    if (places.some((place) => taken.has(place))) continue;
    for (const place of places) taken.add(place);
    spans.push({ row: inRows[0], column: inColumns[0], rowSpan: inRows.length, columnSpan: inColumns.length });
  }
  const singles = singleSlots(rows.length, columns.length).filter(({ row, column }) => !taken.has(`${row}/${column}`));
  const [header] = of("table column header");
  const headerRows =
    header === undefined
      ? undefined
      : rows.filter(({ y0, y1 }) => overlap(y0, y1, header.y0, header.y1) >= SPANNED * (y1 - y0)).length;
  return fillGrid(
    { ys, xs, slots: [...spans, ...singles], ...(headerRows === undefined ? {} : { headerRows }) },
    words,
  );
}

const overlap = (a0: number, a1: number, b0: number, b1: number): number =>
  Math.max(0, Math.min(a1, b1) - Math.max(a0, b0));

/** In order; of those that lie over each other the first, which has the best score. */
function distinct(boxes: readonly Box[], axis: "x" | "y"): readonly Box[] {
  const range = ({ x0, x1, y0, y1 }: Box): readonly [number, number] => (axis === "x" ? [x0, x1] : [y0, y1]);
  const kept: Box[] = [];
  for (const box of boxes) {
    const [a0, a1] = range(box);
    const isNew = kept.every((other) => {
      const [b0, b1] = range(other);
      return overlap(a0, a1, b0, b1) < SAME_PART * Math.min(a1 - a0, b1 - b0);
    });
    if (isNew) kept.push(box);
  }
  return kept.sort((a, b) => range(a)[0] - range(b)[0]);
}

/** The outermost edges, and the middle between each two. */
const borders = (ranges: readonly (readonly [number, number])[]): readonly number[] => [
  ranges[0][0],
  ...ranges.slice(1).map(([start], at) => (ranges[at][1] + start) / 2),
  ranges[ranges.length - 1][1] + 1e-6,
];
