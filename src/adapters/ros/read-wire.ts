import { decode } from "cbor2";
import type { Op } from "./ros-types.js";

const MAX_FRAGMENTS = 4_096;
const MAX_OPEN_MESSAGES = 8;

export type WireFault = "not-readable" | "not-an-operation" | "bad-fragment";

/**
 * Reads what comes off the socket: JSON text, CBOR bytes, and messages in `fragment` operations. Damaged ones are a value: the
 * connection goes on, and what should have come is noticed as missing by whoever waits for it.
 */
export function createWireReader(): (data: Uint8Array, isBinary: boolean) => Op | WireFault | undefined {
  const open = new Map<string, { readonly parts: (string | undefined)[]; missing: number }>();

  const joinFragment = (op: Op): Op | WireFault | undefined => {
    const { id = "", data, num, total } = op;
    if (typeof data !== "string" || !isCount(num) || !isCount(total) || num >= total || total > MAX_FRAGMENTS) {
      return "bad-fragment";
    }
    let message = open.get(id);
    if (message === undefined || message.parts.length !== total) {
      message = { parts: new Array<string | undefined>(total).fill(undefined), missing: total };
      open.set(id, message);
      // One of which the rest never comes must not be kept for ever.
      if (open.size > MAX_OPEN_MESSAGES) open.delete(open.keys().next().value ?? "");
    }
    if (message.parts[num] === undefined) message.missing--;
    message.parts[num] = data;
    if (message.missing > 0) return undefined;
    open.delete(id);
    return parseText(message.parts.join(""));
  };

  return (data, isBinary) => {
    const op = isBinary
      ? parseBytes(data)
      : parseText(Buffer.from(data.buffer, data.byteOffset, data.length).toString());
    return typeof op !== "string" && op.op === "fragment" ? joinFragment(op) : op;
  };
}

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;

function asOp(value: unknown): Op | WireFault {
  return typeof value === "object" && value !== null && typeof (value as Op).op === "string"
    ? (value as Op)
    : "not-an-operation";
}

function parseText(text: string): Op | WireFault {
  try {
    return asOp(JSON.parse(text));
  } catch {
    return "not-readable";
  }
}

function parseBytes(data: Uint8Array): Op | WireFault {
  try {
    return asOp(decode(data));
  } catch {
    return "not-readable";
  }
}
