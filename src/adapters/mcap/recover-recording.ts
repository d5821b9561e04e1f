import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { McapStreamReader, McapWriter, type McapTypes } from "@mcap/core";
import { ControllerError } from "../../domain/errors.js";

export interface Recovered {
  readonly path: string;
  readonly messages: number;
  /** Why reading ended before the end of the file; undefined for a file that was whole. */
  readonly cutOff?: string;
}

/**
 * Writes all whole messages of a recording that was cut off (crash, power, full disk) into a new file with an index, which viewers
 * open. The new file appears under its name when it is complete. Throws `recording-failed` for what is no MCAP at all.
 */
export async function recoverRecording(source: string, target: string): Promise<Recovered> {
  const part = `${target}.part`;
  const file = await open(part, "w").catch((cause: unknown) => {
    throw failed(target, cause);
  });
  let position = 0n;
  const writer = new McapWriter({
    writable: {
      position: () => position,
      async write(bytes) {
        await file.write(bytes, 0, bytes.byteLength);
        position += BigInt(bytes.byteLength);
      },
    },
  });
  const reader = new McapStreamReader({ validateCrcs: true });
  const schemas = new Map<number, number>();
  const channels = new Map<number, number>();
  let messages = 0;
  let isStarted = false;
  let cutOff: string | undefined;

  async function take(record: McapTypes.TypedMcapRecord): Promise<void> {
    // Footer, index and statistics are made anew.
    if (record.type === "Header") {
      isStarted = true;
      await writer.start({ profile: record.profile, library: record.library });
    } else if (record.type === "Schema") {
      if (!schemas.has(record.id)) schemas.set(record.id, await writer.registerSchema(record));
    } else if (record.type === "Channel") {
      if (channels.has(record.id)) return;
      const schemaId = schemas.get(record.schemaId) ?? 0;
      channels.set(record.id, await writer.registerChannel({ ...record, schemaId }));
    } else if (record.type === "Message") {
      const channelId = channels.get(record.channelId);
      if (channelId === undefined) return;
      messages++;
      await writer.addMessage({ ...record, channelId });
    }
  }

  try {
    for await (const bytes of createReadStream(source)) {
      reader.append(bytes as Uint8Array);
      for (let record = reader.nextRecord(); record; record = reader.nextRecord()) await take(record);
    }
    if (!reader.done()) cutOff = "the file ends before its index";
  } catch (error) {
    cutOff = error instanceof Error ? error.message : String(error);
  }
  try {
    if (!isStarted) throw new Error(cutOff ?? "no MCAP file");
    await writer.end();
    await file.close();
    await rename(part, target);
  } catch (cause) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw failed(source, cause);
  }
  return { path: target, messages, ...(cutOff === undefined ? {} : { cutOff }) };
}

const failed = (path: string, cause: unknown): ControllerError => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ControllerError(
    "recording-failed",
    `${path} cannot be recovered: ${why}. Expected an MCAP file made with --record.`,
    {
      cause,
    },
  );
};
