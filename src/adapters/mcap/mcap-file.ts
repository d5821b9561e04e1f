import { open, type FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { McapChunkBuilder, McapRecordBuilder, type McapTypes } from "@mcap/core";

export interface Channel {
  readonly topic: string;
  readonly encoding: "json" | "protobuf";
  readonly schema: { readonly name: string; readonly encoding: "jsonschema" | "protobuf"; readonly data: Uint8Array };
}

/**
 * One MCAP file in the making. Calls must not overlap. The library's own writer ends a chunk by its size alone; this one also ends
 * it when told to, so that what a killed process loses is bounded in seconds and not in bytes.
 */
export interface McapFile {
  readonly path: string;
  readonly messages: number;
  /** On the disk plus waiting in the open chunk. */
  readonly bytes: number;
  add(channel: Channel, data: Uint8Array, timeNs: bigint): Promise<void>;
  /** Writes the open chunk. */
  flush(): Promise<void>;
  /** Writes the open chunk and the index. */
  close(): Promise<void>;
  /** Lets go of a file that cannot be written any more, without an index. */
  abandon(): Promise<void>;
}

/** 256 KB: the chunk of a busy recording; a quiet one flushes by time. */
const CHUNK_BYTES = 256 * 1024;

export async function openMcapFile(path: string): Promise<McapFile> {
  const file: FileHandle = await open(path, "w");
  const builder = new McapRecordBuilder();
  const chunk = new McapChunkBuilder({ useMessageIndex: true });
  const chunkIndices: McapTypes.ChunkIndex[] = [];
  const channels = new Map<string, McapTypes.Channel>();
  const schemas = new Map<string, McapTypes.Schema>();
  const counts = new Map<number, bigint>();
  let written = 0;
  let sequence = 0;
  let firstNs = 0n;
  let lastNs = 0n;

  async function writeOut(): Promise<void> {
    const bytes = builder.buffer;
    // A nearly full disk may take part of a write and say so only on the next.
    for (let offset = 0; offset < bytes.byteLength;) {
      offset += (await file.write(bytes, offset, bytes.byteLength - offset)).bytesWritten;
    }
    written += bytes.byteLength;
    builder.reset();
  }

  function register({ topic, encoding, schema }: Channel): McapTypes.Channel {
    const known = channels.get(topic);
    if (known !== undefined) return known;
    const kept = schemas.get(schema.name) ?? { ...schema, id: schemas.size + 1 };
    schemas.set(schema.name, kept);
    const id = channels.size;
    const made = { id, topic, messageEncoding: encoding, schemaId: kept.id, metadata: new Map<string, string>() };
    channels.set(topic, made);
    chunk.addSchema(kept);
    chunk.addChannel(made);
    return made;
  }

  async function flush(): Promise<void> {
    if (builder.length > 0) await writeOut();
    if (chunk.numMessages === 0) return;
    const records = chunk.buffer;
    const { messageStartTime, messageEndTime } = chunk;
    const uncompressedSize = BigInt(records.byteLength);
    const chunkStartOffset = BigInt(written);
    const chunkLength = builder.writeChunk({
      messageStartTime,
      messageEndTime,
      uncompressedSize,
      uncompressedCrc: crc32(records),
      // JPEG does not shrink any more.
      compression: "",
      records,
    });
    const messageIndexOffsets = new Map<number, bigint>();
    let messageIndexLength = 0n;
    for (const index of chunk.indices) {
      messageIndexOffsets.set(index.channelId, chunkStartOffset + chunkLength + messageIndexLength);
      messageIndexLength += builder.writeMessageIndex(index);
    }
    chunkIndices.push({
      messageStartTime,
      messageEndTime,
      chunkStartOffset,
      chunkLength,
      messageIndexOffsets,
      messageIndexLength,
      compression: "",
      compressedSize: uncompressedSize,
      uncompressedSize,
    });
    chunk.reset();
    await writeOut();
  }

  /** Data end, summary and footer: MCAP specification, "Summary Section". CRCs of 0 mean "not computed". */
  async function writeEnd(): Promise<void> {
    builder.writeDataEnd({ dataSectionCrc: 0 });
    await writeOut();
    const summaryStart = BigInt(written);
    for (const schema of schemas.values()) builder.writeSchema(schema);
    for (const channel of channels.values()) builder.writeChannel(channel);
    builder.writeStatistics({
      messageCount: BigInt(sequence),
      schemaCount: schemas.size,
      channelCount: channels.size,
      attachmentCount: 0,
      metadataCount: 0,
      chunkCount: chunkIndices.length,
      messageStartTime: firstNs,
      messageEndTime: lastNs,
      channelMessageCounts: counts,
    });
    for (const index of chunkIndices) builder.writeChunkIndex(index);
    builder.writeFooter({ summaryStart, summaryOffsetStart: 0n, summaryCrc: 0 });
    builder.writeMagic();
    await writeOut();
  }

  // Written with the first chunk: a disk that is full is told then, like one that fills up later.
  builder.writeMagic();
  builder.writeHeader({ profile: "", library: "handeye" });
  return {
    path,
    get messages() {
      return sequence;
    },
    get bytes() {
      return written + (chunk.numMessages === 0 ? 0 : chunk.byteLength);
    },
    async add(channel, data, timeNs) {
      const { id } = register(channel);
      chunk.addMessage({ channelId: id, sequence, logTime: timeNs, publishTime: timeNs, data });
      firstNs = sequence === 0 || timeNs < firstNs ? timeNs : firstNs;
      lastNs = sequence === 0 || timeNs > lastNs ? timeNs : lastNs;
      sequence++;
      counts.set(id, (counts.get(id) ?? 0n) + 1n);
      if (chunk.byteLength > CHUNK_BYTES) await flush();
    },
    flush,
    async close() {
      try {
        await flush();
        await writeEnd();
      } finally {
        await file.close();
      }
    },
    abandon: () => file.close(),
  };
}
