import type { RosMessage } from "./ros-types.js";

/** `data` of a picture: bytes from CBOR, base64 from JSON; undefined where it is neither. */
export function messageBytes({ data }: RosMessage): Uint8Array | undefined {
  if (data instanceof Uint8Array) return data;
  return typeof data === "string" ? Buffer.from(data, "base64") : undefined;
}
