import protobuf from "protobufjs";
import descriptor from "protobufjs/ext/descriptor.js";
import type { Channel } from "./mcap-file.js";
import { VIEWER_SCHEMAS } from "./viewer-messages.js";

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

/** A foxglove message as JSON: its JSON schema comes with the package of schemas. */
const viewer = (schema: { readonly title: string }): Channel["schema"] => ({
  name: schema.title,
  encoding: "jsonschema",
  data: encodeText(schema),
});

/** Loose on purpose: each message has fields of its own beside those named. */
const loose = (name: string, properties: Readonly<Record<string, string>>): Channel["schema"] => ({
  name,
  encoding: "jsonschema",
  data: encodeText({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: name,
    type: "object",
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, description]) => [
        key,
        { type: key === "timeMs" ? "number" : "string", description },
      ]),
    ),
    required: Object.keys(properties),
  }),
});
const TIME = "the mission's clock, milliseconds";

/** What each kind of topic carries. */
export const jsonSchemas = () => ({
  event: loose("handeye.Event", { event: "what happened: scene, plan, receipt ...", timeMs: TIME }),
  state: loose("handeye.MissionState", {
    task: "where the mission is",
    safety: "nominal, held or stopped",
    timeMs: TIME,
  }),
  turn: loose("handeye.PlannerTurn", {
    planner: "dialect and model",
    system: "what the model was told about itself",
    prompt: "what it was asked",
    outcome: "ok, or the code of the failure",
    timeMs: TIME,
  }),
  approval: loose("handeye.Approval", {
    reason: "why a person was asked",
    answer: "approved, denied or expired",
    timeMs: TIME,
  }),
  annotations: viewer(VIEWER_SCHEMAS.annotations),
  calibration: viewer(VIEWER_SCHEMAS.calibration),
  pose: viewer(VIEWER_SCHEMAS.pose),
  joints: viewer(VIEWER_SCHEMAS.joints),
  transforms: viewer(VIEWER_SCHEMAS.transforms),
  log: viewer(VIEWER_SCHEMAS.log),
});
export type JsonKind = keyof ReturnType<typeof jsonSchemas>;
