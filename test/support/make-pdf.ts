import { createHash } from "node:crypto";

/** Points (1/72 inch) from the page's lower left corner, as PDF counts them. */
export type PdfMark =
  | { readonly text: string; readonly x: number; readonly y: number; readonly size?: number }
  | { readonly from: readonly [number, number]; readonly to: readonly [number, number] }
  | {
      readonly fill: readonly [number, number, number];
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
    };

export interface PdfPage {
  readonly marks: readonly PdfMark[];
  readonly width?: number;
  readonly height?: number;
  /** Degrees by which viewers turn it clockwise. */
  readonly rotate?: 0 | 90 | 180 | 270;
}

/** A PDF by its parts, in Helvetica; with a password it is encrypted (standard handler, revision 2, RC4 of 40 bits). */
export function makePdf(pages: readonly PdfPage[], { password }: { readonly password?: string } = {}): Uint8Array {
  const id = createHash("md5").update("a file for a test").digest();
  const crypt = password === undefined ? undefined : createCrypt(password, id);
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  add("<< /Type /Catalog /Pages 2 0 R >>");
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(" ");
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (const { marks, width = 595, height = 842, rotate = 0 } of pages) {
    const page = add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`,
    );
    const plain = Buffer.from(marks.map(drawn).join("\n"), "latin1");
    const content = crypt === undefined ? plain : crypt.encrypt(plain, page + 1);
    add(`<< /Length ${content.length} >>\nstream\n${content.toString("latin1")}\nendstream`);
  }
  const encrypt =
    crypt === undefined
      ? undefined
      : add(
          `<< /Filter /Standard /V 1 /R 2 /O <${crypt.owner.toString("hex")}> /U <${crypt.user.toString("hex")}> /P -4 >>`,
        );

  let file = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
  const offsets = objects.map((body, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  file += offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const hex = id.toString("hex");
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /ID [<${hex}> <${hex}>]${encrypt === undefined ? "" : ` /Encrypt ${encrypt} 0 R`} >>\n`;
  file += `startxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

function drawn(mark: PdfMark): string {
  if ("text" in mark) {
    const escaped = mark.text.replaceAll(/[\\()]/gu, (sign) => `\\${sign}`);
    return `BT /F1 ${mark.size ?? 10} Tf ${mark.x} ${mark.y} Td (${escaped}) Tj ET`;
  }
  if ("from" in mark) return `0.7 w ${mark.from.join(" ")} m ${mark.to.join(" ")} l S`;
  return `${mark.fill.join(" ")} rg ${mark.x} ${mark.y} ${mark.w} ${mark.h} re f 0 0 0 rg`;
}

/** Padding of passwords, PDF 1.4, algorithm 3.2. */
const PAD = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex");

function createCrypt(password: string, id: Buffer) {
  const padded = Buffer.concat([Buffer.from(password, "latin1"), PAD]).subarray(0, 32);
  const md5 = (data: Buffer): Buffer => createHash("md5").update(data).digest();
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
  const key = md5(Buffer.concat([padded, owner, permissions, id])).subarray(0, 5);
  return {
    owner,
    user: rc4(key, PAD),
    encrypt(data: Buffer, object: number): Buffer {
      const salt = Buffer.from([object & 255, (object >> 8) & 255, 0, 0, 0]);
      return rc4(md5(Buffer.concat([key, salt])).subarray(0, 10), data);
    },
  };
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i] + key[i % key.length]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
  }
  const out = Buffer.alloc(data.length);
  for (let n = 0, i = 0, j = 0; n < data.length; n++) {
    i = (i + 1) & 255;
    j = (j + state[i]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
    out[n] = data[n] ^ state[(state[i] + state[j]) & 255];
  }
  return out;
}

/** A table with ruled cells: the first row is a title over all columns. */
export function ruledTable(rows: readonly (readonly string[])[], title: string, top = 700): readonly PdfMark[] {
  const [left, wide, high] = [80, 120, 24];
  const columns = rows[0].length;
  const right = left + columns * wide;
  const bottom = top - (rows.length + 1) * high;
  const marks: PdfMark[] = [{ text: title, x: left + 8, y: top - 16 }];
  for (let row = 0; row <= rows.length + 1; row++) {
    marks.push({ from: [left, top - row * high], to: [right, top - row * high] });
  }
  for (let column = 0; column <= columns; column++) {
    const isOuter = column === 0 || column === columns;
    marks.push({ from: [left + column * wide, isOuter ? top : top - high], to: [left + column * wide, bottom] });
  }
  for (const [row, cells] of rows.entries()) {
    for (const [column, text] of cells.entries()) {
      marks.push({ text, x: left + column * wide + 8, y: top - (row + 2) * high + 8 });
    }
  }
  return marks;
}
