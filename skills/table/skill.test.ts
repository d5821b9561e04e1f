import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePdf, ruledTable } from "../../test/support/make-pdf.js";
import { paintFrame } from "../../test/support/painted-frame.js";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { createPdfOpener, type PdfOpener } from "../../src/adapters/pdf/index.js";
import { findTables, textOf } from "../../src/documents/index.js";
import { fail, ok, type FoundTable, type TableReader } from "../../src/skill-kit/index.js";
import { pageNumbers } from "./page-numbers.js";
import table from "./skill.js";
import { toCsv, toHtml } from "./write-table.js";

const ROWS = [
  ["Part", "Mass (g)", "Note"],
  ["Gripper", "420", 'with "pads", two'],
  ["=1+1", "-5", "<b>"],
];
let opener: PdfOpener;
let folder: string;
beforeAll(async () => {
  opener = await createPdfOpener();
  folder = await mkdtemp(join(tmpdir(), "pages-"));
  await writeFile(
    join(folder, "parts.pdf"),
    makePdf([{ marks: ruledTable(ROWS, "Parts") }, { marks: [{ text: "No table here.", x: 90, y: 700 }] }]),
  );
  await writeFile(join(folder, "secret.pdf"), makePdf([{ marks: ruledTable(ROWS, "Parts") }], { password: "sesame" }));
  await writeFile(join(folder, "broken.pdf"), "%PDF-1.4\nand no more");
  await writeFile(join(folder, "text.jpg"), "this is no picture");
  await writeFile(join(folder, "empty.pdf"), "");
});
afterAll(() => opener.close());

const reader = (read?: TableReader["read"]): TableReader => ({
  openDocument: (bytes, { password }) => opener.open(bytes, password === undefined ? {} : { password }),
  read:
    read ??
    (async (page) =>
      page.words === undefined
        ? fail("unsupported", "no words")
        : ok({ tables: findTables(page), text: textOf(page.words) })),
});
const run = (input: object, backend = reader()) => {
  const context = fakeSkillContext(backend, { pictures: { "page.jpg": paintFrame({ width: 60, height: 80 }) } });
  return { context, result: table.run(input, context) };
};

describe("table", () => {
  it("keeps a PDF's table as CSV, JSON and HTML", async () => {
    const { context, result } = run({ file: join(folder, "parts.pdf") });

    expect(await result).toMatchObject({
      ok: true,
      value: {
        tables: [{ page: 1, rows: 4, columns: 3, files: { csv: "table-1.csv" } }],
        pages: [{ page: 1, text: expect.stringContaining("Gripper 420") }],
      },
    });
    const [csv, json, html] = context.kept.map(({ bytes }) => Buffer.from(bytes).toString("utf8"));
    expect(context.kept.map(({ mediaType }) => mediaType)).toEqual(["text/csv", "application/json", "text/html"]);
    // A spreadsheet must not run what somebody wrote into a document.
    expect(csv).toBe(`Parts,,\r\nPart,Mass (g),Note\r\nGripper,420,"with ""pads"", two"\r\n'=1+1,-5,<b>\r\n`);
    expect(JSON.parse(json)).toMatchObject({ page: 1, rows: 4, columns: 3, cells: { length: 10 } });
    expect(html).toContain('<tr><th colspan="3">Parts</th></tr>');
    expect(html).toContain("<td>&lt;b&gt;</td>");
  });

  it("reads several pages, and tells how far it has come", async () => {
    const { context, result } = run({ file: join(folder, "parts.pdf"), pages: "all" });

    expect(await result).toMatchObject({
      ok: true,
      value: { tables: [{ page: 1 }], pages: [{ page: 1 }, { page: 2, text: "No table here." }] },
    });
    expect(context.progressed.at(-1)?.fraction).toBe(1);
  });

  it("opens what is encrypted with its password", async () => {
    expect(await run({ file: join(folder, "secret.pdf"), password: "sesame" }).result).toMatchObject({ ok: true });
  });

  it("reads a picture as one page", async () => {
    const found: FoundTable = {
      rows: 1,
      columns: 2,
      cells: [0, 1].map((column) => ({ row: 0, column, rowSpan: 1, columnSpan: 1, text: `${column}`, header: false })),
    };
    const asked: number[] = [];
    const { result } = run(
      { picture: "page.jpg" },
      reader(async (page) => {
        asked.push(page.aspect, (await page.picture()).width);
        return ok({ tables: [found] });
      }),
    );

    expect(await result).toMatchObject({
      ok: true,
      value: { tables: [{ rows: 1, columns: 2 }], pages: [{ page: 1 }] },
    });
    expect(asked).toEqual([0.75, 60]);
  });

  it.each([
    [{ file: "parts.pdf", pages: "2" }, "no-table"],
    [{ file: "parts.pdf", pages: "3" }, "page-out-of-range"],
    [{ file: "parts.pdf", pages: "two" }, "page-out-of-range"],
    [{ file: "secret.pdf" }, "encrypted"],
    [{ file: "secret.pdf", password: "guess" }, "encrypted"],
    [{ file: "broken.pdf" }, "bad-document"],
    [{ file: "text.jpg" }, "bad-picture"],
    [{ file: "empty.pdf" }, "bad-picture"],
    [{ file: "nowhere.pdf" }, "not-found"],
  ])("refuses %j: %s", async ({ file, ...rest }, code) => {
    const { context, result } = run({ file: join(folder, file), ...rest });

    expect(await result).toMatchObject({ ok: false, code });
    expect(context.kept).toEqual([]);
  });

  it("refuses two sources, and no camera", async () => {
    expect(await run({ file: "a.pdf", picture: "page.jpg" }).result).toMatchObject({ ok: false, code: "two-sources" });
    expect(await run({}).result).toMatchObject({ ok: false, code: "camera-unavailable" });
  });

  it("passes on that its back end cannot read scans", async () => {
    expect(await run({ picture: "page.jpg" }).result).toMatchObject({ ok: false, code: "unsupported" });
  });
});

describe("pages", () => {
  it.each([
    ["1", [1]],
    ["all", [1, 2, 3, 4, 5, 6, 7]],
    ["2-3, 7", [2, 3, 7]],
    ["6-", [6, 7]],
    ["3,3,1", [1, 3]],
  ])("%j are %j of 7", (wanted, numbers) => {
    expect(pageNumbers(wanted, 7)).toEqual({ ok: true, value: numbers });
  });

  it.each(["0", "8", "3-2", "", "1;2", "-1", "1-99999999999"])("%j are none of 7", (wanted) => {
    expect(pageNumbers(wanted, 7)).toMatchObject({ ok: false, code: "page-out-of-range" });
  });

  it("are not all of a long book", () => {
    expect(pageNumbers("all", 51)).toMatchObject({ ok: false, code: "too-many-pages" });
  });
});

describe("a table without headers", () => {
  it("has no head in HTML, and its row spans", () => {
    const cell = (row: number, column: number, rowSpan: number, text: string) => ({
      row,
      column,
      rowSpan,
      columnSpan: 1,
      text,
      header: false,
    });
    const found: FoundTable = {
      rows: 2,
      columns: 2,
      cells: [cell(0, 0, 2, "A"), cell(0, 1, 1, "b"), cell(1, 1, 1, "c")],
    };

    expect(toHtml(found)).toBe(
      '<table>\n<tbody>\n<tr><td rowspan="2">A</td><td>b</td></tr>\n<tr><td>c</td></tr>\n</tbody>\n</table>\n',
    );
    expect(toCsv(found)).toBe("A,b\r\n,c\r\n");
  });
});
