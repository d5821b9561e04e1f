import { createReadStream } from "node:fs";
import { McapStreamReader, type McapTypes } from "@mcap/core";
import { ControllerError } from "../../domain/errors.js";
import { fromJson } from "./json-bytes.js";
import { compressedImageSchema } from "./schemas.js";

export interface RecordedMessage {
  readonly topic: string;
  readonly timeMs: number;
  /** An event, a log line, or a `CompressedImage`, by topic; other encodings come as bytes. */
  readonly message: unknown;
}

/**
 * The messages of a recording in the order in which they were written. A file that was cut off (crash, power, full disk) gives all
 * that is whole. Throws `recording-failed` for a file that is missing or no MCAP. `source` is its path, or all of its bytes.
 */
export async function* readRecording(source: string | Uint8Array): AsyncGenerator<RecordedMessage> {
  const path = typeof source === "string" ? source : "in memory";
  const reader = new McapStreamReader({ validateCrcs: true });
  const channels = new Map<number, { topic: string; decode: (data: Uint8Array) => unknown }>();
  const { type } = compressedImageSchema();
  const decoders: Readonly<Record<string, (data: Uint8Array) => unknown>> = {
    json: (data) => fromJson(new TextDecoder().decode(data)),
    protobuf: (data) => type.toObject(type.decode(data), { longs: Number }),
  };

  function toMessage(record: McapTypes.TypedMcapRecord): RecordedMessage | undefined {
    if (record.type === "Channel") {
      const decode = decoders[record.messageEncoding] ?? ((data: Uint8Array) => data);
      channels.set(record.id, { topic: record.topic, decode });
      return undefined;
    }
    if (record.type !== "Message") return undefined;
    const channel = channels.get(record.channelId);
    if (!channel) return undefined;
    return { topic: channel.topic, timeMs: Number(record.logTime) / 1e6, message: channel.decode(record.data) };
  }

  try {
    for await (const bytes of typeof source === "string" ? createReadStream(source) : piecesOf(source)) {
      reader.append(bytes as Uint8Array);
      for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
        const message = toMessage(record);
        if (message) yield message;
      }
    }
  } catch (error) {
    if (error instanceof ControllerError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ControllerError(
      "recording-failed",
      `Recording ${path} cannot be read: ${why}. Expected an MCAP file made with --record.`,
      { cause: error, details: { path } },
    );
  }
}

const PIECE_BYTES = 1024 * 1024;

/** The reader copies what it is given: piece by piece it never holds all of it twice. */
function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
