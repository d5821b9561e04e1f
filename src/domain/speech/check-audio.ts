import { fail, ok, type Result } from "../result.js";
import { readWav } from "./read-wav.js";
import { soundFacts } from "./sound-facts.js";

export const AUDIO_FORMATS = ["wav", "mp3", "flac", "ogg"] as const;
export type AudioFormat = (typeof AUDIO_FORMATS)[number];

/** What is known of an audio file after it was looked at. */
export interface CheckedAudio {
  readonly format: AudioFormat;
  /** Known for WAV, whose samples were decoded. */
  readonly durationS?: number;
  readonly sampleRateHz?: number;
}

/** Quieter than this nobody hears it. */
const SILENT_DBFS = -65;
/** No other audio file of half a second is smaller. */
const LEAST_BYTES = 512;

export interface CheckAudioOptions {
  /** What was asked for, seconds: half of it to once and a half and a second is near enough. Absent: anything from half a second. */
  readonly durationS?: number;
}

/**
 * Looks whether bytes that somebody calls audio are that. A WAV file is decoded: it must be whole, about as long as asked, and not
 * silent. Other formats are told by their first bytes (MP3 by its tag or frame header, FLAC and Ogg by their magic).
 */
export function checkAudio(
  bytes: Uint8Array,
  { durationS }: CheckAudioOptions = {},
): Result<CheckedAudio, "bad-answer"> {
  const format = formatOf(bytes);
  if (format === undefined) return fail("bad-answer", `Expected an audio file, found ${begins(bytes)}.`);
  if (format !== "wav") {
    if (bytes.length >= LEAST_BYTES) return ok({ format });
    return fail("bad-answer", `Expected an audio file, found ${bytes.length} bytes that begin like ${format}.`);
  }
  const sound = readWav(bytes);
  if (!sound.ok) return fail("bad-answer", sound.message);
  const facts = soundFacts(sound.value);
  const [least, most] = durationS === undefined ? [0.5, Infinity] : [durationS / 2, durationS * 1.5 + 1];
  if (facts.durationS < least || facts.durationS > most) {
    const wanted = durationS === undefined ? "at least half a second" : `about ${durationS} s`;
    return fail("bad-answer", `Expected ${wanted} of sound, found ${facts.durationS.toFixed(1)} s.`);
  }
  if (facts.loudnessDbfs < SILENT_DBFS) {
    return fail("bad-answer", `Expected sound, found silence (${Math.round(facts.loudnessDbfs)} dBFS).`);
  }
  return ok({ format, durationS: facts.durationS, sampleRateHz: sound.value.sampleRateHz });
}

/** By the first bytes; undefined for anything else. */
export function formatOf(bytes: Uint8Array): AudioFormat | undefined {
  const tag = String.fromCharCode(...bytes.subarray(0, 4));
  if (tag === "RIFF") return "wav";
  if (tag === "fLaC") return "flac";
  if (tag === "OggS") return "ogg";
  if (tag.startsWith("ID3")) return "mp3";
  // MPEG audio: eleven ones, then a version, layer III, a bit rate and a sampling rate that there are.
  const [first = 0, second = 0, third = 0] = bytes;
  const isMpeg = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  return isMpeg && third >> 4 !== 0x0f && third >> 4 !== 0 && (third & 0x0c) !== 0x0c ? "mp3" : undefined;
}

function begins(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no bytes at all";
  const text = String.fromCharCode(...bytes.subarray(0, 24)).replace(/[^\x20-\x7e]/g, ".");
  return `bytes that begin with "${text}"`;
}
