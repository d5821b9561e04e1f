import foxglove from "@foxglove/schemas/jsonschema.js";
import protobuf from "protobufjs";
import descriptor from "protobufjs/ext/descriptor.js";

/** Fields and numbers of foxglove.CompressedImage 2.1, so that viewers show the pictures without a converter. */
const COMPRESSED_IMAGE = `
syntax = "proto3";
package foxglove;
import "google/protobuf/timestamp.proto";
message CompressedImage {
  google.protobuf.Timestamp timestamp = 1;
  string frame_id = 4;
  bytes data = 2;
  string format = 3;
}`;

export interface CompressedImage {
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly frame_id: string;
  readonly data: Uint8Array;
  readonly format: string;
}

/** The message type and its FileDescriptorSet, as MCAP wants it beside protobuf messages. */
export function compressedImageSchema(): { type: protobuf.Type; descriptorSet: Uint8Array } {
  const root = new protobuf.Root();
  const timestamp = protobuf.common.get("google/protobuf/timestamp.proto");
  if (!timestamp?.nested) throw new Error("protobufjs has no google/protobuf/timestamp.proto");
  root.addJSON(timestamp.nested);
  protobuf.parse(COMPRESSED_IMAGE, root, { keepCase: true });
  root.resolveAll();
  const set = (root as protobuf.Root & { toDescriptor(edition: string): protobuf.Message }).toDescriptor("proto3");
  return {
    type: root.lookupType("foxglove.CompressedImage"),
    descriptorSet: descriptor.FileDescriptorSet.encode(set).finish(),
  };
}

const encodeText = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
export const logSchema = (): Uint8Array => encodeText(foxglove.Log);

/** Loose on purpose: each event has fields of its own beside these two. */
export const eventSchema = (): Uint8Array =>
  encodeText({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "handeye.Event",
    type: "object",
    properties: {
      event: { type: "string", description: "what happened: scene, plan, receipt ..." },
      timeMs: { type: "number", description: "the mission's clock, milliseconds" },
    },
    required: ["event", "timeMs"],
  });
