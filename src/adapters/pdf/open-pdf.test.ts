import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePdf, ruledTable } from "../../../test/support/make-pdf.js";
import { findTables } from "../../documents/index.js";
import { createPdfOpener, type PdfOpener } from "./open-pdf.js";

let opener: PdfOpener;
beforeAll(async () => {
  opener = await createPdfOpener();
});
afterAll(() => opener.close());

const opened = async (bytes: Uint8Array, password?: string) => {
  const result = await opener.open(bytes, password === undefined ? {} : { password });
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const hello = [{ marks: [{ text: "Hello big world", x: 100, y: 742, size: 20 }] }];

describe("a PDF", () => {
  it("has its words at their places", async () => {
    const document = await opened(makePdf(hello));
    const { words = [], aspect } = await document.page(1);
    document.close();

    expect(aspect).toBeCloseTo(595 / 842, 3);
    expect(words.map(({ text }) => text)).toEqual(["Hello", "big", "world"]);
    expect(words[0].box.x0).toBeCloseTo(100 / 595, 1);
    // The base line is 100 points below the top, the letters stand on it.
    expect(words[0].box.y1).toBeCloseTo(100 / 842, 2);
    expect(words[1].box.x0).toBeGreaterThan(words[0].box.x1);
  });

  it("has them where they are shown when the page is turned", async () => {
    const document = await opened(makePdf([{ ...hello[0], rotate: 90 }]));
    const { words = [], aspect } = await document.page(1);
    document.close();

    expect(aspect).toBeCloseTo(842 / 595, 3);
    // Turned clockwise, what was near the top is near the right side, and lines run down.
    expect(words[0].box.x1).toBeGreaterThan(0.85);
    expect(words.length).toBeGreaterThan(0);
  });

  it("is drawn in its colours", async () => {
    const document = await opened(makePdf([{ marks: [{ fill: [1, 0, 0], x: 0, y: 421, w: 595, h: 421 }] }]));
    const page = await document.page(1);
    const { width, height, rgb } = await page.picture();
    document.close();
    const at = (x: number, y: number): readonly number[] => [
      ...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
    ];

    expect(page.words).toBeUndefined();
    expect(height).toBe(1754);
    expect(at((width / 2) | 0, (height / 4) | 0)).toEqual([255, 0, 0]);
    expect(at((width / 2) | 0, ((3 * height) / 4) | 0)).toEqual([255, 255, 255]);
  });

  it("opens with its password, and only with that", async () => {
    const bytes = makePdf(hello, { password: "open sesame" });

    expect(await opener.open(bytes)).toMatchObject({
      ok: false,
      code: "encrypted",
      message: expect.stringContaining("password"),
    });
    expect(await opener.open(bytes, { password: "guess" })).toMatchObject({ ok: false, code: "encrypted" });
    const document = await opened(bytes, "open sesame");
    expect((await document.page(1)).words?.map(({ text }) => text)).toEqual(["Hello", "big", "world"]);
    document.close();
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a text", Buffer.from("This is no PDF at all.")],
    ["a PDF cut short", Buffer.from("%PDF-1.4\n1 0 obj\n<< /Type /Catalog")],
    ["noise behind the magic", Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(4_000, 0x37)])],
  ])("is refused when it is %s", async (_, bytes) => {
    expect(await opener.open(bytes)).toMatchObject({ ok: false, code: "bad-document" });
  });

  it("gives ruled tables with merged cells", async () => {
    const rows = [
      ["Part", "Mass (g)", "Price"],
      ["Gripper", "420", "99.50"],
      ["Camera head", "130", "45.00"],
    ];
    const document = await opened(makePdf([{ marks: ruledTable(rows, "Parts of the arm") }]));
    const [table, ...others] = findTables(await document.page(1));
    document.close();

    expect(others).toEqual([]);
    expect([table.rows, table.columns]).toEqual([4, 3]);
    expect(table.cells[0]).toEqual({
      row: 0,
      column: 0,
      rowSpan: 1,
      columnSpan: 3,
      text: "Parts of the arm",
      header: true,
    });
    expect(table.cells.slice(1).map(({ text, header }) => [text, header])).toEqual([
      ["Part", true],
      ["Mass (g)", true],
      ["Price", true],
      ["Gripper", false],
      ["420", false],
      ["99.50", false],
      ["Camera head", false],
      ["130", false],
      ["45.00", false],
    ]);
  });

  it("gives tables without ruling, and leaves prose alone", async () => {
    const rows = [
      ["Joint", "Least", "Most"],
      ["Shoulder", "-2.90", "2.90"],
      ["Elbow joint", "-3.07", "-0.07"],
      ["Wrist", "-0.02", "3.75"],
    ];
    const marks = [
      ...Array.from({ length: 5 }, (_, line) => ({
        text: "These lines are prose that runs from one side of the page to the other and has no columns.",
        x: 60,
        y: 780 - line * 14,
      })),
      ...rows.flatMap((row, at) => row.map((text, column) => ({ text, x: 80 + column * 130, y: 640 - at * 18 }))),
    ];
    const document = await opened(makePdf([{ marks }]));
    const tables = findTables(await document.page(1));
    document.close();

    expect(tables).toHaveLength(1);
    expect([tables[0].rows, tables[0].columns]).toEqual([4, 3]);
    expect(tables[0].cells.map(({ text }) => text)).toEqual(rows.flat());
    expect(tables[0].cells.filter(({ header }) => header).map(({ text }) => text)).toEqual(rows[0]);
  });
});
