import { encode } from "cbor2";
import { shortType } from "./type-names.js";
import type { Compression, RosMessage } from "./rosbridge.types.js";

/** Messages with a `uint8[]` called `data`, which is text in JSON and bytes in CBOR. */
const BYTES = new Set(["sensor_msgs/CompressedImage", "sensor_msgs/Image", "std_msgs/UInt8MultiArray"]);

/** rosbridge's CBOR drops these without a word (string[] or fixed-size arrays), for ever in ROS 1 and until 4.0.0 in ROS 2. */
const CBOR_DROPS = new Set(["sensor_msgs/JointState", "sensor_msgs/CameraInfo", "nav_msgs/Odometry"]);

/** A published message and its encodings, each made once however many clients read it. */
export interface EncodableMessage {
  /** Undefined where the real bridge would deliver nothing. */
  wire(compression: Compression): string | Uint8Array | undefined;
}

export function encodableMessage(topic: string, type: string, msg: RosMessage): EncodableMessage {
  const made = new Map<Compression, string | Uint8Array | undefined>();
  const make = (compression: Compression): string | Uint8Array | undefined => {
    switch (compression) {
      case "none":
        return JSON.stringify({ op: "publish", topic, msg });
      case "cbor":
        if (CBOR_DROPS.has(shortType(type))) return undefined;
        return encode({ op: "publish", topic, msg: withBytes(type, msg) });
      case "cbor-raw":
      case "png":
        return undefined;
    }
  };
  return {
    wire(compression) {
      if (!made.has(compression)) made.set(compression, make(compression));
      return made.get(compression);
    },
  };
}

function withBytes(type: string, msg: RosMessage): RosMessage {
  if (!BYTES.has(shortType(type)) || typeof msg.data !== "string") return msg;
  // A copy: Buffer.from may hand out a view of a shared pool, which the encoder would take for more than its part.
  return { ...msg, data: new Uint8Array(Buffer.from(msg.data, "base64")) };
}
