import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputVideoTrack } from "mediabunny";
import { fail, ok, type Result } from "../../domain/result.js";

/** What there is in a video file, by its packets: nothing is decoded. */
export interface VideoFacts {
  readonly durationS: number;
  readonly frames: number;
  /** Pixels, as it is to be shown. */
  readonly width: number;
  readonly height: number;
  /** `avc`, `hevc`, `vp9`, `av1` ... */
  readonly codec: string;
  readonly hasSound: boolean;
  /** Of the largest picture's packet. A whole picture of one colour takes next to nothing. */
  readonly largestPacketBytes: number;
}

/** A picture of any size with something on it takes more. */
const EMPTY_PACKET_BYTES = 64;

/**
 * Reads an MP4 from its first to its last packet. `bad-answer` for what is none (a web page, a picture, WebM), is cut off, has no pictures
 * or only empty ones.
 */
export async function readMp4(bytes: Uint8Array): Promise<Result<VideoFacts, "bad-answer">> {
  const found = sniff(bytes);
  if (found !== undefined) return fail("bad-answer", `Expected a video (MP4), found ${found}.`);
  const whole = checkBoxes(bytes);
  if (whole !== undefined) return fail("bad-answer", `The video is not whole: ${whole}.`);
  try {
    using input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
    const track = await input.getPrimaryVideoTrack();
    if (track === null) return fail("bad-answer", "The file has no video track.");
    return await readTrack(track, (await input.getPrimaryAudioTrack()) !== null);
  } catch (error) {
    return fail("bad-answer", `The video cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readTrack(track: InputVideoTrack, hasSound: boolean): Promise<Result<VideoFacts, "bad-answer">> {
  const codec = await track.getCodec();
  if (codec === null) return fail("bad-answer", "The video's codec is not known.");
  let frames = 0;
  let largestPacketBytes = 0;
  let endS = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    frames += 1;
    largestPacketBytes = Math.max(largestPacketBytes, packet.data.byteLength);
    endS = Math.max(endS, packet.timestamp + packet.duration);
  }
  if (frames === 0) return fail("bad-answer", "The video has no pictures.");
  if (largestPacketBytes < EMPTY_PACKET_BYTES) return fail("bad-answer", "The video's pictures are empty.");
  if (!(endS > 0)) return fail("bad-answer", "The video lasts no time.");
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  return ok({ durationS: endS, frames, width, height, codec, hasSound, largestPacketBytes });
}

/** What it is instead of an MP4; undefined for one. */
function sniff(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "nothing";
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  if (head.slice(4, 8) === "ftyp") return undefined;
  if (/^\s*</u.test(head)) return "a web page";
  if (/^\s*[{[]/u.test(head)) return "JSON";
  if (head.startsWith("\x1aE\xdf\xa3")) return "WebM or Matroska; have the server make MP4";
  if (head.startsWith("\x89PNG") || head.startsWith("\xff\xd8") || head.startsWith("GIF8")) return "a picture";
  if (head.startsWith("RIFF")) return `a RIFF file (${head.slice(8, 12)})`;
  return `${bytes.length} bytes of something else`;
}

/** Why the boxes at the top do not make a whole file; undefined where they do. */
function checkBoxes(bytes: Uint8Array): string | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = new Set<string>();
  for (let at = 0; at < file.length;) {
    if (at + 8 > file.length) return `it ends after ${file.length} bytes, within a box`;
    const size = file.readUInt32BE(at);
    const name = file.toString("latin1", at + 4, at + 8);
    names.add(name);
    if (size === 0) break;
    if (size === 1 && at + 16 > file.length) return `box ${JSON.stringify(name)} is cut off`;
    const length = size === 1 ? Number(file.readBigUInt64BE(at + 8)) : size;
    if (length < 8) return `box ${JSON.stringify(name)} is damaged`;
    if (at + length > file.length) return `box ${JSON.stringify(name)} has ${file.length - at} of ${length} bytes`;
    at += length;
  }
  if (!names.has("moov")) return "it has no table of contents (moov)";
  return names.has("mdat") ? undefined : "it has no pictures in it (mdat)";
}
