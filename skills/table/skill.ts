import {
  defineSkill,
  fail,
  fileRefSchema,
  ok,
  pictureRefSchema,
  z,
  type DocumentPage,
  type FoundTable,
  type SkillContext,
  type TableReader,
} from "../../src/skill-kit/index.js";
import { openPages } from "./open-pages.js";
import { htmlPage, toCsv } from "./write-table.js";

const cellSchema = z.strictObject({
  row: z.int().min(0),
  column: z.int().min(0),
  rowSpan: z.int().min(1),
  columnSpan: z.int().min(1),
  text: z.string(),
  header: z.boolean(),
});

export default defineSkill({
  name: "table",
  description: "Reads the tables (and the text) of a PDF or of a page's picture into CSV, JSON and HTML.",
  input: z.strictObject({
    file: fileRefSchema.optional().describe("A PDF, or a picture of a page."),
    picture: pictureRefSchema
      .optional()
      .describe("A picture of a page; default, where no file is named: the head camera."),
    pages: z.string().max(200).default("1").describe('Which pages of a PDF: "3", "1-3,7", "all".'),
    password: z.string().max(127).optional().describe("Of an encrypted PDF."),
  }),
  output: z.strictObject({
    text: z.string(),
    tables: z.array(
      z.strictObject({
        page: z.int().min(1),
        rows: z.int().min(1),
        columns: z.int().min(1),
        cells: z.array(cellSchema).describe("In reading order; merged cells once, with their spans."),
        files: z.strictObject({ csv: z.string(), json: z.string(), html: z.string() }),
      }),
    ),
    pages: z.array(z.strictObject({ page: z.int().min(1), text: z.string().optional() })),
  }),
  timeoutMs: 300_000,
  examples: [{ file: "report.pdf", pages: "2-3" }, { picture: "page.jpg" }],

  async run(input, context: SkillContext<TableReader>) {
    const { backend, signal, progress, keep } = context;
    const opened = await openPages(input, context);
    if (!opened.ok) return opened;
    const { origin, numbers, page, close } = opened.value;
    const tables: (FoundTable & { readonly page: number })[] = [];
    const pages: { page: number; text?: string }[] = [];
    try {
      for (const [at, number] of numbers.entries()) {
        const one: DocumentPage = await page(number);
        const done = (within: number): void =>
          progress({ fraction: Math.min(1, (at + within) / numbers.length), message: `page ${number}` });
        const read = await backend.read(one, { signal, progress: done });
        if (!read.ok) return read;
        tables.push(...read.value.tables.map((table) => ({ ...table, page: number })));
        pages.push({ page: number, ...(read.value.text === undefined ? {} : { text: read.value.text }) });
        done(1);
      }
    } finally {
      close();
    }
    if (tables.length === 0) {
      const where = numbers.length === 1 ? origin : `the ${numbers.length} pages of ${origin}`;
      return fail("no-table", `There is no table in ${where} that could be found.`, {
        pages: pages.map(({ page: number, text }) => ({ page: number, text: text?.slice(0, 10_000) })),
      });
    }
    const kept = [];
    for (const [at, { page: number, box: _box, edges: _edges, ...table }] of tables.entries()) {
      const name = `table-${at + 1}`;
      const files = { csv: `${name}.csv`, json: `${name}.json`, html: `${name}.html` };
      const text = (value: string): Uint8Array => Buffer.from(value, "utf8");
      await keep({ name: files.csv, mediaType: "text/csv", bytes: text(toCsv(table)) });
      await keep({
        name: files.json,
        mediaType: "application/json",
        bytes: text(`${JSON.stringify({ page: number, ...table }, undefined, 2)}\n`),
      });
      await keep({
        name: files.html,
        mediaType: "text/html",
        bytes: text(htmlPage(`${origin}, page ${number}`, [table])),
      });
      kept.push({ page: number, ...table, files });
    }
    const list = kept.map(
      ({ page: number, rows, columns, files }) => `page ${number}: ${rows} x ${columns}, ${files.csv}`,
    );
    return ok({
      text: `${kept.length === 1 ? "1 table" : `${kept.length} tables`} in ${origin}\n${list.join("\n")}`,
      tables: kept,
      pages,
    });
  },
});
