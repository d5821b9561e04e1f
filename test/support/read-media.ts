import { readWav } from "../../src/domain/speech/read-wav.js";
import type { Sound } from "../../src/domain/speech/sound.js";

/** A WAV file, decoded again by its header and samples. */
export interface WavMedia extends Sound {
  readonly durationS: number;
  /** Loudest sample, 0 to 1. */
  readonly peak: number;
  /** Root mean square over all samples, 0 to 1. */
  readonly rms: number;
  /** Whether anything above -50 dBFS (RMS) is in it. */
  readonly isSilent: boolean;
  /** LIST/INFO texts by their four-letter names: `ISFT`, `ICMT` ... */
  readonly info: Readonly<Record<string, string>>;
}

/** -50 dBFS. */
const SILENT_RMS = 0.003;

/** Throws for anything but a whole WAV file. */
export function readWavMedia(bytes: Uint8Array): WavMedia {
  const sound = readWav(bytes);
  if (!sound.ok) throw new Error(sound.message);
  const { samples, sampleRateHz } = sound.value;
  let peak = 0;
  let power = 0;
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample));
    power += sample * sample;
  }
  const rms = Math.sqrt(power / samples.length);
  return {
    samples,
    sampleRateHz,
    durationS: samples.length / sampleRateHz,
    peak,
    rms,
    isSilent: rms < SILENT_RMS,
    info: wavInfo(bytes),
  };
}

function wavInfo(bytes: Uint8Array): Readonly<Record<string, string>> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const info: Record<string, string> = {};
  for (const chunk of chunksIn(file, 12)) {
    if (chunk.name !== "LIST" || chunk.content.toString("latin1", 0, 4) !== "INFO") continue;
    for (const { name, content } of chunksIn(chunk.content, 4))
      info[name] = content.toString("utf8").replace(/\0+$/, "");
  }
  return info;
}

function* chunksIn(bytes: Buffer, from: number): Generator<{ readonly name: string; readonly content: Buffer }> {
  for (let at = from; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    if (at + 8 + size > bytes.length) throw new Error(`Chunk "${bytes.toString("latin1", at, at + 4)}" is cut short.`);
    yield { name: bytes.toString("latin1", at, at + 4), content: bytes.subarray(at + 8, at + 8 + size) };
    at += 8 + size + (size & 1);
  }
}

export interface Mp4Track {
  readonly type: "video" | "audio" | "other";
  /** `avc1`, `mp4a` ... */
  readonly codec: string;
  readonly durationS: number;
  /** Pictures or packets of sound. */
  readonly samples: number;
  /** Of a video track, pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of a sound track. */
  readonly channels?: number;
  readonly sampleRateHz?: number;
}

export interface Mp4Media {
  readonly durationS: number;
  readonly tracks: readonly Mp4Track[];
  /** Names of the boxes at the top, in order. */
  readonly boxes: readonly string[];
  /** Texts of the iTunes-style metadata by their four-letter names (`\u00a9too`, `\u00a9cmt` ...). */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * An MP4's tracks, by its boxes (ISO/IEC 14496-12). Throws for anything that is not whole. For the pictures and samples themselves
 * decode it with what the project's video adapter uses.
 */
export function readMp4Media(bytes: Uint8Array): Mp4Media {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const top = [...boxesIn(file)];
  const movie = top.find(({ name }) => name === "moov");
  if (movie === undefined) throw new Error(`No movie header; found ${top.map(({ name }) => name).join(", ")}.`);
  const header = need(movie.content, ["mvhd"]);
  return {
    ...durationIn(header),
    boxes: top.map(({ name }) => name),
    tracks: [...boxesIn(movie.content)].filter(({ name }) => name === "trak").map(({ content }) => readTrack(content)),
    tags: readTags(movie.content),
  };
}

const KINDS: Readonly<Record<string, Mp4Track["type"]>> = { vide: "video", soun: "audio" };

function readTrack(track: Buffer): Mp4Track {
  const type = KINDS[need(track, ["mdia", "hdlr"]).toString("latin1", 8, 12)] ?? "other";
  const table = need(track, ["mdia", "minf", "stbl"]);
  const [entry] = [...boxesIn(need(table, ["stsd"]).subarray(8))];
  const common = {
    type,
    codec: entry.name,
    ...durationIn(need(track, ["mdia", "mdhd"])),
    samples: need(table, ["stsz"]).readUInt32BE(8),
  };
  // After six reserved bytes and an index of two come sixteen more of a picture's entry, or eight of a sound's.
  if (type === "video")
    return { ...common, width: entry.content.readUInt16BE(24), height: entry.content.readUInt16BE(26) };
  if (type === "audio")
    return { ...common, channels: entry.content.readUInt16BE(16), sampleRateHz: entry.content.readUInt32BE(24) >>> 16 };
  return common;
}

/** `mvhd` and `mdhd` begin alike: version, times of creation and change, time scale, duration. */
function durationIn(header: Buffer): { readonly durationS: number } {
  return header[0] === 1
    ? { durationS: Number(header.readBigUInt64BE(24)) / header.readUInt32BE(20) }
    : { durationS: header.readUInt32BE(16) / header.readUInt32BE(12) };
}

function readTags(movie: Buffer): Readonly<Record<string, string>> {
  const meta = find(movie, ["udta", "meta"]);
  const list = meta === undefined ? undefined : find(meta.subarray(4), ["ilst"]);
  if (list === undefined) return {};
  return Object.fromEntries(
    [...boxesIn(list)].flatMap(({ name, content }) => {
      const data = find(content, ["data"]);
      return data === undefined ? [] : [[name, data.toString("utf8", 8)]];
    }),
  );
}

function need(content: Buffer, path: readonly string[]): Buffer {
  const found = find(content, path);
  if (found === undefined) throw new Error(`Expected a box ${path.join("/")}; there is none.`);
  return found;
}

function find(content: Buffer, [name, ...rest]: readonly string[]): Buffer | undefined {
  const box = [...boxesIn(content)].find((each) => each.name === name);
  return box === undefined || rest.length === 0 ? box?.content : find(box.content, rest);
}

function* boxesIn(bytes: Buffer): Generator<{ readonly name: string; readonly content: Buffer }> {
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
