import { readFileSync } from "node:fs";

export interface Mp4 {
  /** Names of the boxes at the top, in order. */
  readonly boxes: readonly string[];
  readonly durationS: number;
  /** Samples of the first track. */
  readonly frames: number;
}

/** What a player needs to find in an MP4: its top boxes, and the duration from the movie's header. */
export function readMp4(path: string): Mp4 {
  const bytes = readFileSync(path);
  const boxes = [...boxesIn(bytes)];
  const movie = boxes.find(({ name }) => name === "moov");
  const header = movie && [...boxesIn(movie.content)].find(({ name }) => name === "mvhd");
  if (movie === undefined || header === undefined)
    throw new Error(`${path} has no movie header; found ${boxes.map(({ name }) => name).join(", ")}`);
  // Version 0 has 32-bit times: creation, modification, timescale, duration after one word of version and flags.
  const { content } = header;
  if (content[0] !== 0) throw new Error(`Expected version 0 of the movie header, found ${content[0]}`);
  return {
    boxes: boxes.map(({ name }) => name),
    durationS: content.readUInt32BE(16) / content.readUInt32BE(12),
    // After version, flags and the size of all samples, if it is one.
    frames: inside(movie.content, ["trak", "mdia", "minf", "stbl", "stsz"]).readUInt32BE(8),
  };
}

function inside(content: Buffer, [name, ...rest]: readonly string[]): Buffer {
  const box = [...boxesIn(content)].find((each) => each.name === name);
  if (box === undefined) throw new Error(`Expected a box "${name}"; there is none.`);
  return rest.length === 0 ? box.content : inside(box.content, rest);
}

function* boxesIn(bytes: Buffer): Generator<{ name: string; content: Buffer }> {
  for (let offset = 0; offset + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(offset);
    const name = bytes.toString("latin1", offset + 4, offset + 8);
    // Size 1 means a 64-bit size after the name; 0 means "to the end".
    const wide = size === 1;
    const length = wide ? Number(bytes.readBigUInt64BE(offset + 8)) : size === 0 ? bytes.length - offset : size;
    if (length < 8 || offset + length > bytes.length) throw new Error(`Box "${name}" does not fit into the file.`);
    yield { name, content: bytes.subarray(offset + (wide ? 16 : 8), offset + length) };
    offset += length;
  }
}
