import type { DocumentPage, FoundTable } from "../ports/table-reader.js";
import { findAlignedTables } from "./find-aligned-tables.js";
import { findRuledTables } from "./find-ruled-tables.js";
import { centerOf } from "./text-lines.js";

/** The tables of a page that has words with places: ruled ones first, then what stands in columns outside of these. Top to bottom. */
export function findTables({ words = [], lines = [], aspect }: Omit<DocumentPage, "picture">): readonly FoundTable[] {
  const ruled = findRuledTables(words, lines);
  const outside = words.filter(({ box }) => {
    const [x, y] = centerOf(box);
    return !ruled.some(
      ({ box: table }) => table !== undefined && x > table.x0 && x < table.x1 && y > table.y0 && y < table.y1,
    );
  });
  return [...ruled, ...findAlignedTables(outside, aspect)].sort((a, b) => (a.box?.y0 ?? 0) - (b.box?.y0 ?? 0));
}
