import { describe, expect, it } from "vitest";
import { paintFrame } from "../../test/support/painted-frame.js";
import type { Box } from "../domain/detection.js";
import { assembleTable } from "./assemble-table.js";
import { cropPicture, inCrop, inWhole } from "./crop-picture.js";
import { findTables } from "./find-tables.js";
import { parseHtmlTables } from "./parse-html-table.js";
import { textOf } from "./text-lines.js";

const box = (x0: number, y0: number, x1: number, y1: number): Box => ({ x0, y0, x1, y1 });
const part = (label: string, at: Box) => ({ label, box: at, score: 0.99 });
const word = (text: string, x: number, y: number) => ({ text, box: box(x, y, x + 0.05, y + 0.02) });

describe("a table out of parts", () => {
  const parts = [
    part("table", box(0, 0, 1, 1)),
    part("table row", box(0, 0, 1, 0.3)),
    part("table row", box(0, 0.3, 1, 0.6)),
    part("table row", box(0, 0.6, 1, 0.9)),
    // The same row once more, less surely.
    part("table row", box(0, 0.31, 1, 0.61)),
    part("table column", box(0, 0, 0.5, 0.9)),
    part("table column", box(0.5, 0, 1, 0.9)),
    part("table column header", box(0, 0, 1, 0.31)),
    part("table spanning cell", box(0, 0, 1, 0.3)),
  ];

  it("has its words in their cells, and spans merged", () => {
    const table = assembleTable(parts, [
      word("big", 0.2, 0.1),
      word("Title", 0.45, 0.1),
      word("a", 0.1, 0.4),
      word("b", 0.7, 0.4),
      word("c", 0.7, 0.7),
    ]);

    expect(table).toMatchObject({ rows: 3, columns: 2 });
    expect(
      table?.cells.map(({ text, row, column, columnSpan, header }) => [text, row, column, columnSpan, header]),
    ).toEqual([
      ["big Title", 0, 0, 2, true],
      ["a", 1, 0, 1, false],
      ["b", 1, 1, 1, false],
      ["", 2, 0, 1, false],
      ["c", 2, 1, 1, false],
    ]);
  });

  it("is none without rows or columns", () => {
    expect(
      assembleTable(
        parts.filter(({ label }) => label !== "table column"),
        [],
      ),
    ).toBeUndefined();
    expect(assembleTable([], [])).toBeUndefined();
  });
});

describe("tables in what a model writes", () => {
  it("are read with headers and spans", () => {
    const [table] = parseHtmlTables(
      'Here it is:\n```html\n<table><thead><tr><th colspan="2">A &amp; B</th></tr></thead><tr><td rowspan=2>x</td><td>1&nbsp;000</td></tr><tr><td>3<br>4</td></tr></table>\n```',
    );

    expect(table).toMatchObject({ rows: 3, columns: 2 });
    expect(table.cells).toEqual([
      { row: 0, column: 0, rowSpan: 1, columnSpan: 2, header: true, text: "A & B" },
      { row: 1, column: 0, rowSpan: 2, columnSpan: 1, header: false, text: "x" },
      { row: 1, column: 1, rowSpan: 1, columnSpan: 1, header: false, text: "1 000" },
      { row: 2, column: 1, rowSpan: 1, columnSpan: 1, header: false, text: "3 4" },
    ]);
  });

  it("give text and nothing that runs", () => {
    const [table] = parseHtmlTables(
      '<table onload="x()"><tr><td><script>alert(1)</script><img src=x onerror=alert(1)>ok<!-- <td>no --></td><td>&lt;b&gt;&#x41;</td></tr></table>',
    );

    expect(table.cells.map(({ text }) => text)).toEqual(["ok", "<b>A"]);
  });

  it("are read as far as they came when they were cut off", () => {
    expect(parseHtmlTables("<table><tr><td>a</td><td>b</td></tr><tr><td>c")[0].cells.map(({ text }) => text)).toEqual([
      "a",
      "b",
      "c",
    ]);
  });

  it.each(["", "no table at all", "<table></table>", "<table><tr></tr></table>", "<tr><td>stray</td></tr>"])(
    "are none in %j",
    (html) => {
      expect(parseHtmlTables(html)).toEqual([]);
    },
  );

  it("are kept within bounds", () => {
    const [table] = parseHtmlTables('<table><tr><td colspan="999999999" rowspan="999999999">a</td></tr></table>');

    expect([table.rows, table.columns]).toEqual([1, 100]);
  });

  it("are several when there are several, and one inside another is its text", () => {
    const tables = parseHtmlTables(
      "<table><tr><td>a<table><tr><td>in</td></tr></table></td></tr></table><table><tr><td>b</td></tr></table>",
    );

    expect(tables.map(({ cells }) => cells.map(({ text }) => text))).toEqual([["a in"], ["b"]]);
  });
});

describe("words", () => {
  it("are joined as people write them", () => {
    expect(textOf([word("world", 0.2, 0.101), word("Hello", 0.1, 0.1), word("below", 0.1, 0.2)])).toBe(
      "Hello world below",
    );
    expect(textOf([word("机器", 0.1, 0.1), word("人", 0.2, 0.1)])).toBe("机器人");
  });

  it("of prose in one column are no table", () => {
    const lines = Array.from({ length: 20 }, (_, at) =>
      word("word", 0.1 + (at % 4) * 0.055, 0.1 + Math.floor(at / 4) * 0.03),
    );

    expect(findTables({ number: 1, aspect: 0.7, words: lines })).toEqual([]);
    expect(findTables({ number: 1, aspect: 0.7 })).toEqual([]);
  });

  it("in a box around a figure are no table", () => {
    const frame = [box(0.1, 0.1, 0.9, 0.1), box(0.1, 0.5, 0.9, 0.5), box(0.1, 0.1, 0.1, 0.5), box(0.9, 0.1, 0.9, 0.5)];

    expect(
      findTables({ number: 1, aspect: 0.7, words: [word("a", 0.3, 0.3), word("b", 0.31, 0.4)], lines: frame }),
    ).toEqual([]);
  });
});

describe("a crop", () => {
  it("has the pixels of its box, padded where there is room", () => {
    const picture = paintFrame({ width: 100, height: 50, squares: [{ x: 40, y: 20, side: 10, rgb: [255, 0, 0] }] });
    const crop = cropPicture(picture, box(0.4, 0.4, 0.5, 0.6), 5);
    const corner = cropPicture(picture, box(0, 0, 0.1, 0.1), 5);

    expect([crop.picture.width, crop.picture.height]).toEqual([20, 20]);
    expect([...crop.picture.rgb.subarray((5 * 20 + 5) * 3, (5 * 20 + 5) * 3 + 3)]).toEqual([255, 0, 0]);
    expect(corner.box).toMatchObject({ x0: 0, y0: 0 });
    expect(inCrop(inWhole(box(0.1, 0.2, 0.3, 0.4), crop.box), crop.box).y1).toBeCloseTo(0.4, 9);
  });
});
