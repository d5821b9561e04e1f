const MOST_ROWS = 40;
const MOST_CELL = 60;

/**
 * What a skill gave back, for people: sentences as they are, one line a field, lists of things as a table. Nothing is left out but
 * what is too long for a terminal, and that is said.
 */
export function showOutput(output: unknown): string {
  if (!isRecord(output)) return format(output);
  const { text, ...rest } = output;
  const lines = typeof text === "string" ? [text] : [];
  const fields = Object.entries(typeof text === "string" ? rest : output);
  for (const [name, value] of fields) lines.push(...showField(name, value));
  return lines.join("\n");
}

function showField(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) return [`${name}:`, ...table(value)];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return [`${name}: ${value.length === 0 ? "none" : value.map(format).join(", ")}`];
  const shown = format(value);
  if (shown.includes("\n")) return [`${name}:`, ...shown.split("\n").map((line) => `  ${line}`)];
  return [`${name}: ${shown}`];
}

function table(rows: readonly Record<string, unknown>[]): readonly string[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.slice(0, MOST_ROWS).map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_column, index) => Math.max(...cells.map((row) => row[index].length)));
  const shown = cells.map((row) => `  ${row.map((text, index) => text.padEnd(widths[index])).join("  ")}`.trimEnd());
  return rows.length > MOST_ROWS ? [...shown, `  ... and ${rows.length - MOST_ROWS} more; --json has them all`] : shown;
}

function cell(value: unknown): string {
  const text = format(value).replace(/\s+/gu, " ");
  return text.length > MOST_CELL ? `${text.slice(0, MOST_CELL - 3)}...` : text;
}

function format(value: unknown): string {
  if (value === undefined || value === null) return "-";
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "number" && !Number.isInteger(each) ? Number(each.toPrecision(5)) : each,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
