/** Bytes that can be read anywhere: a file, or a buffer. Gives fewer than asked for at the end. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

export interface Mp4Sample {
  readonly offset: number;
  readonly bytes: number;
  /** Seconds from the video's start. */
  readonly timeS: number;
}

/** The first video track of an MP4. */
export interface Mp4Video {
  /** Of the sample entry: `avc1` is H.264. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly durationS: number;
  /** In the order in which they are decoded. */
  readonly samples: readonly Mp4Sample[];
  /** Only for H.264. */
  readonly h264?: {
    /** 66 is baseline. */
    readonly profile: number;
    /** Bytes of the length before each unit. */
    readonly lengthBytes: number;
    /** Sequence and picture parameter sets, without start codes. */
    readonly parameterSets: readonly Uint8Array[];
  };
}

interface Box {
  readonly name: string;
  readonly content: Buffer;
}

/** Longest index that is read: an hour of video has less than a megabyte. */
const MOST_INDEX_BYTES = 64 * 1024 * 1024;

/** Where a video's pictures lie in an MP4. A string says why there are none: no MP4, no video in it, an index that makes no sense. */
export function readMp4(readAt: ReadAt, size: number): Mp4Video | string {
  const movie = findMovie(readAt, size);
  if (typeof movie === "string") return movie;
  try {
    for (const { content } of boxesIn(movie).filter(({ name }) => name === "trak")) {
      const media = inside(content, "mdia");
      const handler = inside(media, "hdlr").toString("latin1", 8, 12);
      if (handler === "vide") return videoOf(media, size);
    }
    return "it has no video track";
  } catch (error) {
    return error instanceof RangeError
      ? "its index is damaged"
      : error instanceof Error
        ? error.message
        : String(error);
  }
}

function findMovie(readAt: ReadAt, size: number): Buffer | string {
  let isMp4 = false;
  for (let offset = 0; offset + 8 <= size;) {
    const head = Buffer.from(readAt(offset, 16));
    if (head.length < 8) break;
    const name = head.toString("latin1", 4, 8);
    const short = head.readUInt32BE(0);
    const isWide = short === 1 && head.length === 16;
    const length = isWide ? Number(head.readBigUInt64BE(8)) : short === 0 ? size - offset : short;
    if (offset === 0 && name !== "ftyp") return "it does not begin like an MP4";
    isMp4 = true;
    if (length < 8 || offset + length > size) return "it is cut off";
    if (name === "moov") {
      if (length > MOST_INDEX_BYTES) return "its index is too long";
      const skip = isWide ? 16 : 8;
      return Buffer.from(readAt(offset + skip, length - skip));
    }
    offset += length;
  }
  return isMp4 ? "it has no index" : "it does not begin like an MP4";
}

function videoOf(media: Buffer, size: number): Mp4Video {
  const header = inside(media, "mdhd");
  const isLong = header[0] === 1;
  const timescale = header.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  const table = inside(inside(media, "minf"), "stbl");
  const description = inside(table, "stsd").subarray(8);
  const [entry] = boxesIn(description);
  if (entry === undefined || timescale === 0) throw new Error("its index is damaged");
  const samples = samplesOf(table, timescale);
  if (samples.length === 0) throw new Error("it has no pictures");
  if (samples.some(({ offset, bytes }) => offset + bytes > size)) throw new Error("it is cut off");
  const config =
    entry.name === "avc1" ? boxesIn(entry.content.subarray(78)).find(({ name }) => name === "avcC") : undefined;
  return {
    codec: entry.name,
    width: entry.content.readUInt16BE(24),
    height: entry.content.readUInt16BE(26),
    durationS: duration / timescale,
    samples,
    ...(config === undefined ? {} : { h264: h264Of(config.content) }),
  };
}

function h264Of(config: Buffer): NonNullable<Mp4Video["h264"]> {
  const parameterSets: Uint8Array[] = [];
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    const count = config.readUInt8(at++) & mask;
    for (let i = 0; i < count; i++) {
      const length = config.readUInt16BE(at);
      parameterSets.push(config.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return { profile: config.readUInt8(1), lengthBytes: (config.readUInt8(4) & 3) + 1, parameterSets };
}

function samplesOf(table: Buffer, timescale: number): readonly Mp4Sample[] {
  const sizes = sizesOf(inside(table, "stsz"));
  const offsets = offsetsOf(table, sizes);
  const times = timesOf(inside(table, "stts"));
  let time = 0;
  return offsets.map((offset, i) => {
    const timeS = time / timescale;
    time += times(i);
    return { offset, bytes: sizes[i], timeS };
  });
}

function sizesOf(box: Buffer): readonly number[] {
  const same = box.readUInt32BE(4);
  const count = box.readUInt32BE(8);
  if (count > MOST_INDEX_BYTES / 4) throw new Error("its index is damaged");
  return Array.from({ length: count }, (_, i) => (same > 0 ? same : box.readUInt32BE(12 + 4 * i)));
}

/** ISO/IEC 14496-12, 8.7.4: runs of chunks with so many samples each. */
function offsetsOf(table: Buffer, sizes: readonly number[]): readonly number[] {
  const runs = inside(table, "stsc");
  const wide = boxesIn(table).find(({ name }) => name === "co64")?.content;
  const chunks = wide ?? inside(table, "stco");
  const chunkCount = chunks.readUInt32BE(4);
  const chunkAt = (i: number): number =>
    wide === undefined ? chunks.readUInt32BE(8 + 4 * i) : Number(wide.readBigUInt64BE(8 + 8 * i));
  const offsets: number[] = [];
  let run = 0;
  const runCount = runs.readUInt32BE(4);
  for (let chunk = 0; chunk < chunkCount && offsets.length < sizes.length; chunk++) {
    while (run + 1 < runCount && runs.readUInt32BE(8 + 12 * (run + 1)) <= chunk + 1) run++;
    let offset = chunkAt(chunk);
    for (let i = 0; i < runs.readUInt32BE(12 + 12 * run) && offsets.length < sizes.length; i++) {
      offset += i === 0 ? 0 : sizes[offsets.length - 1];
      offsets.push(offset);
    }
  }
  return offsets;
}

function timesOf(box: Buffer): (sample: number) => number {
  const runs = Array.from({ length: box.readUInt32BE(4) }, (_, i) => ({
    count: box.readUInt32BE(8 + 8 * i),
    delta: box.readUInt32BE(12 + 8 * i),
  }));
  return (sample) => {
    let left = sample;
    for (const { count, delta } of runs) {
      if (left < count) return delta;
      left -= count;
    }
    return runs.at(-1)?.delta ?? 0;
  };
}

function inside(content: Buffer, name: string): Buffer {
  const box = boxesIn(content).find((each) => each.name === name);
  if (box === undefined) throw new Error(`its index lacks "${name}"`);
  return box.content;
}

function boxesIn(bytes: Buffer): readonly Box[] {
  const boxes: Box[] = [];
  for (let offset = 0; offset + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(offset);
    if (length < 8 || offset + length > bytes.length) break;
    boxes.push({
      name: bytes.toString("latin1", offset + 4, offset + 8),
      content: bytes.subarray(offset + 8, offset + length),
    });
    offset += length;
  }
  return boxes;
}
