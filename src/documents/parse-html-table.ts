import type { FoundTable, TableCell } from "../ports/table-reader.js";

/** What a model writes as HTML is untrusted: only these tags mean anything, and nothing but text and spans is taken from them. */
const PIECES =
  /<(\/?)(table|thead|tbody|tfoot|tr|td|th|br)\b([^>]*)>|<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\4\s*>|<[^>]*>|[^<]+|</giu;
const MOST_SPAN = 100;
const MOST_CELLS = 10_000;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

interface OpenCell {
  text: string;
  readonly header: boolean;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** The tables in a text, in order. Tables inside cells are read as their text. What has no row is left out. */
export function parseHtmlTables(html: string): readonly FoundTable[] {
  const tables: FoundTable[] = [];
  let rows: OpenCell[][] | undefined;
  let cell: OpenCell | undefined;
  let inHead = false;
  let depth = 0;
  const endTable = (): void => {
    const table = rows === undefined ? undefined : placed(rows);
    if (table !== undefined) tables.push(table);
    rows = undefined;
    cell = undefined;
    inHead = false;
  };
  for (const [piece, slash, name, attributes] of html.matchAll(PIECES)) {
    const tag = name?.toLowerCase();
    if (tag === undefined) {
      if (!piece.startsWith("<") || piece === "<") if (cell !== undefined) cell.text += piece;
      continue;
    }
    const isEnd = slash === "/";
    if (tag === "table") {
      depth = Math.max(0, depth + (isEnd ? -1 : 1));
      if (!isEnd && depth === 1) rows = [];
      if (isEnd && depth === 0) endTable();
      continue;
    }
    if (rows === undefined || depth > 1) {
      if (cell !== undefined) cell.text += " ";
      continue;
    }
    switch (tag) {
      case "thead":
        inHead = !isEnd;
        break;
      case "tr":
        cell = undefined;
        if (!isEnd) rows.push([]);
        break;
      case "td":
      case "th":
        cell = undefined;
        if (isEnd) break;
        if (rows.length === 0) rows.push([]);
        cell = {
          text: "",
          header: tag === "th" || inHead,
          rowSpan: spanOf(attributes, "rowspan"),
          columnSpan: spanOf(attributes, "colspan"),
        };
        rows[rows.length - 1].push(cell);
        break;
      case "br":
        if (cell !== undefined) cell.text += " ";
        break;
    }
  }
  // Cut off at the model's token limit: what came is there.
  endTable();
  return tables;
}

function spanOf(attributes: string, name: string): number {
  const [, found = "1"] = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, "iu").exec(attributes) ?? [];
  return Math.min(MOST_SPAN, Math.max(1, Number(found)));
}

/** Cells at their places, as a browser puts them: each goes to the next place of its row that nothing reaches into. */
function placed(rows: readonly (readonly OpenCell[])[]): FoundTable | undefined {
  const taken = new Set<string>();
  const cells: TableCell[] = [];
  const filled = rows.filter((row) => row.length > 0);
  for (const [row, open] of filled.entries()) {
    let column = 0;
    for (const { text, header, rowSpan, columnSpan } of open) {
      while (taken.has(`${row}/${column}`)) column++;
      const high = Math.min(rowSpan, filled.length - row);
      for (let y = row; y < row + high; y++) for (let x = column; x < column + columnSpan; x++) taken.add(`${y}/${x}`);
      cells.push({ row, column, rowSpan: high, columnSpan, header, text: plain(text) });
      column += columnSpan;
      if (cells.length > MOST_CELLS) return undefined;
    }
  }
  if (cells.length === 0) return undefined;
  return {
    rows: filled.length,
    columns: Math.max(...cells.map(({ column, columnSpan }) => column + columnSpan)),
    cells,
  };
}

const plain = (text: string): string =>
  text
    .replaceAll(/&(#x?[0-9a-f]+|[a-z]+);/giu, (whole, name: string) => {
      if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
      return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replaceAll(/\s+/gu, " ")
    .trim();
