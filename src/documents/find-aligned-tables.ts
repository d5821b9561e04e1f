import type { Box } from "../domain/detection.js";
import type { FoundTable, PlacedText } from "../ports/table-reader.js";
import { fillGrid, type Slot } from "./grid-cells.js";
import { boundsOf, linesOf, type TextLine } from "./text-lines.js";

/** A gap this many line heights wide parts two columns. */
const COLUMN_GAP = 1.0;
/** Lines farther apart than this many line heights belong to different tables. */
const ROW_GAP = 2.6;
/** Columns of prose have long lines; cells have few words. */
const MOST_WORDS_PER_CELL = 7;

interface Row {
  readonly segments: readonly { readonly words: readonly PlacedText[]; readonly box: Box }[];
  readonly box: Box;
}

/** Tables without ruling: lines whose words stand in columns, with the same gaps one below the other. */
export function findAlignedTables(words: readonly PlacedText[], aspect: number): readonly FoundTable[] {
  const rows = linesOf(words).map((line) => segmented(line, aspect));
  return blocksOf(rows).flatMap((block) => tableOf(block, aspect) ?? []);
}

const heightOf = ({ y0, y1 }: Box): number => y1 - y0;

function segmented(line: TextLine, aspect: number): Row {
  const segments: { words: PlacedText[]; box: Box }[] = [];
  for (const word of line.words) {
    const last = segments.at(-1);
    // Widths are in parts of the page's width, heights of its height.
    if (last !== undefined && (word.box.x0 - last.box.x1) * aspect <= COLUMN_GAP * heightOf(line.box)) {
      last.words.push(word);
      last.box = boundsOf([last.box, word.box]);
    } else segments.push({ words: [word], box: word.box });
  }
  return { segments, box: line.box };
}

/** Runs of lines near each other that begin and end with lines of several segments. */
function blocksOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const blocks: Row[][] = [];
  let block: Row[] = [];
  const end = (): void => {
    while (block.length > 0 && block[block.length - 1].segments.length < 2) block.pop();
    if (block.length >= 2) blocks.push(block);
    block = [];
  };
  for (const row of rows) {
    const last = block.at(-1);
    const isNear = last !== undefined && row.box.y0 - last.box.y1 <= ROW_GAP * heightOf(row.box);
    if (!isNear) end();
    const singles = block.length > 1 && block.at(-1)?.segments.length === 1 && block.at(-2)?.segments.length === 1;
    if (row.segments.length >= 2 || (block.length > 0 && !singles)) block.push(row);
    else end();
  }
  end();
  return blocks;
}

function tableOf(block: readonly Row[], aspect: number): FoundTable | undefined {
  const counts = new Map<number, number>();
  for (const { segments } of block) counts.set(segments.length, (counts.get(segments.length) ?? 0) + 1);
  counts.delete(1);
  const usual = [...counts.entries()].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0];
  if (usual === undefined || usual[1] < 2) return undefined;
  // Columns come from the lines with the usual number of segments: titles that span several would close the gaps.
  const columns = columnsOf(block.filter(({ segments }) => segments.length >= usual[0]));
  if (columns.length < 2) return undefined;
  const xs = bordersOf(columns, boundsOf(block.map(({ segments }) => boundsOf(segments.map(({ box }) => box)))));

  const rows: { slots: Omit<Slot, "row" | "rowSpan">[]; box: Box; words: PlacedText[] }[] = [];
  for (const { segments, box } of block) {
    const slots: { column: number; columnSpan: number }[] = [];
    for (const segment of segments) {
      const over = columns
        .map((column, at) => ({
          at,
          overlap: Math.min(column.x1, segment.box.x1) - Math.max(column.x0, segment.box.x0),
        }))
        .filter(({ overlap }) => overlap > 0);
      const first = over[0]?.at ?? nearestColumn(columns, segment.box);
      const last = over.at(-1)?.at ?? first;
      const before = slots.at(-1);
      if (before !== undefined && before.column + before.columnSpan > first) {
        before.columnSpan = Math.max(before.columnSpan, last - before.column + 1);
      } else slots.push({ column: first, columnSpan: last - first + 1 });
    }
    const words = segments.flatMap((segment) => segment.words);
    const above = rows.at(-1);
    // One segment alone under a row is that cell's next line.
    if (segments.length === 1 && above !== undefined && slots[0].columnSpan === 1 && isTight(above.box, box)) {
      above.words.push(...words);
      above.box = boundsOf([above.box, box]);
    } else rows.push({ slots, box, words });
  }
  if (rows.length < 2) return undefined;
  const all = rows.flatMap(({ words }) => words);
  const cellCount = rows.reduce((sum, { slots }) => sum + slots.length, 0);
  if (all.length / cellCount > MOST_WORDS_PER_CELL) return undefined;

  const ys = [
    rows[0].box.y0,
    ...rows.slice(1).map(({ box }, at) => (rows[at].box.y1 + box.y0) / 2),
    (rows.at(-1)?.box.y1 ?? 1) + 1e-6,
  ];
  const slots = rows.flatMap(({ slots: own }, row) =>
    fillRow(own, columns.length).map((slot) => ({ ...slot, row, rowSpan: 1 })),
  );
  return fillGrid(
    { ys, xs, slots },
    all.map((word) => snapped(word, { columns, xs })),
  );

  function isTight(above: Box, below: Box): boolean {
    return below.y0 - above.y1 < 0.45 * heightOf(below) && aspect > 0;
  }
}

/** What the segments cover, one interval for each column. */
function columnsOf(rows: readonly Row[]): readonly { x0: number; x1: number }[] {
  const spans = rows
    .flatMap(({ segments }) => segments.map(({ box }) => ({ x0: box.x0, x1: box.x1 })))
    .sort((a, b) => a.x0 - b.x0);
  const columns: { x0: number; x1: number }[] = [];
  for (const span of spans) {
    const last = columns.at(-1);
    if (last !== undefined && span.x0 < last.x1) last.x1 = Math.max(last.x1, span.x1);
    else columns.push({ ...span });
  }
  return columns;
}

const bordersOf = (columns: readonly { x0: number; x1: number }[], { x0, x1 }: Box): readonly number[] => [
  Math.min(x0, columns[0].x0),
  ...columns.slice(1).map((column, at) => (columns[at].x1 + column.x0) / 2),
  Math.max(x1, columns[columns.length - 1].x1) + 1e-6,
];

const nearestColumn = (columns: readonly { x0: number; x1: number }[], { x0, x1 }: Box): number => {
  const off = columns.map((column) => Math.max(column.x0 - x1, x0 - column.x1));
  return off.indexOf(Math.min(...off));
};

/** The places of a row that nothing stands in are cells too. */
function fillRow(
  slots: readonly { readonly column: number; readonly columnSpan: number }[],
  columns: number,
): readonly { readonly column: number; readonly columnSpan: number }[] {
  const taken = new Set(
    slots.flatMap(({ column, columnSpan }) => Array.from({ length: columnSpan }, (_, i) => column + i)),
  );
  const empty = Array.from({ length: columns }, (_, column) => ({ column, columnSpan: 1 })).filter(
    ({ column }) => !taken.has(column),
  );
  return [...slots, ...empty];
}

/** A word whose middle is in a gap between columns stands in the nearest one. */
function snapped(
  word: PlacedText,
  { columns, xs }: { readonly columns: readonly { x0: number; x1: number }[]; readonly xs: readonly number[] },
): PlacedText {
  const x = (word.box.x0 + word.box.x1) / 2;
  if (x >= xs[0] && x < xs[xs.length - 1]) return word;
  const { x0, x1 } = columns[nearestColumn(columns, word.box)];
  return { ...word, box: { ...word.box, x0, x1 } };
}
