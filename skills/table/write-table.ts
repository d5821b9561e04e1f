import type { FoundTable, TableCell } from "../../src/skill-kit/index.js";

/** The cell whose top left corner is at a place. */
const at = ({ cells }: FoundTable, row: number, column: number): TableCell | undefined =>
  cells.find((cell) => cell.row === row && cell.column === column);

/** A spreadsheet would run these; numbers with a sign stay what they are. */
const isFormula = (text: string): boolean =>
  /^[=@\t\r]/u.test(text) || (/^[+-]/u.test(text) && !/^[+-][\d.,\s%]+$/u.test(text));

function csvField(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180. A merged cell's text stands at its first place, its other places are empty. */
export function toCsv(table: FoundTable): string {
  const rows = Array.from({ length: table.rows }, (_, row) =>
    Array.from({ length: table.columns }, (_unused, column) => csvField(at(table, row, column)?.text ?? "")).join(","),
  );
  return `${rows.join("\r\n")}\r\n`;
}

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/gu, (sign) => SIGNS[sign]);

/** A table element with its merged cells; rows of headers only are its head. */
export function toHtml(table: FoundTable): string {
  const row = (index: number): string => {
    const cells = table.cells.filter((cell) => cell.row === index);
    return `<tr>${cells
      .map(({ header, rowSpan, columnSpan, text }) => {
        const tag = header ? "th" : "td";
        const spans = `${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ""}${columnSpan > 1 ? ` colspan="${columnSpan}"` : ""}`;
        return `<${tag}${spans}>${escapeHtml(text)}</${tag}>`;
      })
      .join("")}</tr>`;
  };
  let heads = 0;
  while (
    heads < table.rows &&
    table.cells.some((c) => c.row === heads) &&
    table.cells.every((c) => c.row !== heads || c.header)
  )
    heads++;
  const rows = Array.from({ length: table.rows }, (_, index) => row(index));
  const head = heads === 0 ? "" : `<thead>\n${rows.slice(0, heads).join("\n")}\n</thead>\n`;
  return `<table>\n${head}<tbody>\n${rows.slice(heads).join("\n")}\n</tbody>\n</table>\n`;
}

/** A page of its own around tables, which browsers show as it is. */
export const htmlPage = (title: string, tables: readonly FoundTable[]): string =>
  `<!doctype html>\n<html>\n<head><meta charset="utf-8"><title>${escapeHtml(title)}</title>\n<style>table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #999;padding:.3em .6em;text-align:left}</style></head>\n<body>\n${tables.map(toHtml).join("\n")}</body>\n</html>\n`;
