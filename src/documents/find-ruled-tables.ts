import type { FoundTable, PlacedText, RuledLine } from "../ports/table-reader.js";
import { fillGrid, type Slot } from "./grid-cells.js";

/** Lines nearer than this, in parts of the page, are one. */
const SAME_LINE = 0.004;
/** A line has to reach this share of a cell's side to be its border. */
const COVER = 0.6;
/** Lines may miss each other by this much where they meet. */
const REACH = 0.006;

const isLevel = ({ y0, y1, x0, x1 }: RuledLine): boolean => Math.abs(y1 - y0) <= Math.abs(x1 - x0);

/** Tables whose cells are ruled. Where a border between two places is missing, they are one cell. */
export function findRuledTables(words: readonly PlacedText[], lines: readonly RuledLine[]): readonly FoundTable[] {
  const tables: FoundTable[] = [];
  for (const group of connected(lines)) {
    const level = group.filter(isLevel);
    const upright = group.filter((line) => !isLevel(line));
    const ys = positions(level.map(({ y0 }) => y0));
    const xs = positions(upright.map(({ x0 }) => x0));
    const [rows, columns] = [ys.length - 1, xs.length - 1];
    if (rows < 1 || columns < 1 || rows * columns < 2 || rows * columns > 10_000) continue;
    const slots = mergedSlots({ ys, xs, level, upright });
    const table = slots === undefined ? undefined : fillGrid({ ys, xs, slots }, words);
    // Boxes around figures have no words in most of their places.
    if (table !== undefined && table.cells.filter(({ text }) => text !== "").length >= 2) tables.push(table);
  }
  return tables;
}

/** Lines that touch each other, group by group. */
function connected(lines: readonly RuledLine[]): readonly (readonly RuledLine[])[] {
  const groups: RuledLine[][] = [];
  const left = new Set(lines);
  for (const first of lines) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const line of group) {
      for (const other of left) {
        if (!touch(line, other)) continue;
        left.delete(other);
        group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

const touch = (a: RuledLine, b: RuledLine): boolean =>
  a.x0 <= b.x1 + REACH && b.x0 <= a.x1 + REACH && a.y0 <= b.y1 + REACH && b.y0 <= a.y1 + REACH;

function positions(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const found: number[] = [];
  for (const value of sorted) if (found.length === 0 || value - found[found.length - 1] > SAME_LINE) found.push(value);
  return found;
}

interface Ruling {
  readonly ys: readonly number[];
  readonly xs: readonly number[];
  readonly level: readonly RuledLine[];
  readonly upright: readonly RuledLine[];
}

/** Places joined where no border parts them; undefined where what is joined is no rectangle. */
function mergedSlots({ ys, xs, level, upright }: Ruling): readonly Slot[] | undefined {
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  const parent = Array.from({ length: rows * columns }, (_, at) => at);
  const rootOf = (at: number): number => (parent[at] === at ? at : (parent[at] = rootOf(parent[at])));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const [left, right, top, bottom] = [xs[column], xs[column + 1], ys[row], ys[row + 1]];
      const below = level.filter(({ y0 }) => Math.abs(y0 - bottom) <= SAME_LINE);
      const beside = upright.filter(({ x0 }) => Math.abs(x0 - right) <= SAME_LINE);
      if (
        row + 1 < rows &&
        !covered(
          below.map(({ x0, x1 }) => [x0, x1]),
          left,
          right,
        )
      ) {
        parent[rootOf(at + columns)] = rootOf(at);
      }
      if (
        column + 1 < columns &&
        !covered(
          beside.map(({ y0, y1 }) => [y0, y1]),
          top,
          bottom,
        )
      ) {
        parent[rootOf(at + 1)] = rootOf(at);
      }
    }
  }
  const members = new Map<number, number[]>();
  for (let at = 0; at < parent.length; at++) members.set(rootOf(at), [...(members.get(rootOf(at)) ?? []), at]);
  const slots: Slot[] = [];
  for (const places of members.values()) {
    const own = places.map((at) => ({ row: Math.floor(at / columns), column: at % columns }));
    const row = Math.min(...own.map((place) => place.row));
    const column = Math.min(...own.map((place) => place.column));
    const rowSpan = Math.max(...own.map((place) => place.row)) - row + 1;
    const columnSpan = Math.max(...own.map((place) => place.column)) - column + 1;
    if (rowSpan * columnSpan !== places.length) return undefined;
    slots.push({ row, column, rowSpan, columnSpan });
  }
  return slots.length < 2 ? undefined : slots;
}

function covered(pieces: readonly (readonly [number, number])[], from: number, to: number): boolean {
  let reached = 0;
  let at = from;
  for (const [start, end] of [...pieces].sort((a, b) => a[0] - b[0])) {
    const [a, b] = [Math.max(start, at), Math.min(end, to)];
    if (b > a) {
      reached += b - a;
      at = b;
    }
  }
  return reached >= COVER * (to - from);
}
