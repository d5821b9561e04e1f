import sharp from "sharp";
import type { Frame } from "../../domain/frame.js";
import type { RosMessage, RosVersion } from "../ros/ros-types.js";
import { rosHeader } from "../ros/stamps.js";
import type { BodyLink } from "./body-link.js";
import { encodeDepth } from "./encode-depth.js";
import type { ServedCamera } from "./served-body.js";

/** High, and colour at full resolution: the controller's eyes were trained on pictures without artefacts. */
const JPEG = { quality: 95, chromaSubsampling: "4:4:4" } as const;
/** A picture is at most this old when it is taken as new. */
const MAX_AGE_MS = 1_000;

export interface PicturePublisher {
  /** Takes and publishes one picture. Resolves when it is handed to the link. */
  publish(): Promise<void>;
}

/** Colour, depth and calibration of one camera, all of one stamp. */
export function createPicturePublisher(
  link: BodyLink,
  { camera, opticalFrame }: ServedCamera,
  options: {
    readonly toRosMs: (timeMs: number) => number;
    /** Called with each frame before its picture is sent: where the camera was has to be known first. */
    readonly beforeSending: (frame: Frame, stampMs: number) => Promise<void>;
  },
): PicturePublisher {
  const { version } = link;
  const topic = (name: string): string => `/${camera.name}/${name}`;
  const sendColor = link.advertise(topic("image/compressed"), "sensor_msgs/CompressedImage");
  const sendInfo = link.advertise(topic("camera_info"), "sensor_msgs/CameraInfo");
  const sendDepth = camera.hasDepth
    ? link.advertise(topic("depth/compressedDepth"), "sensor_msgs/CompressedImage")
    : undefined;

  return {
    async publish() {
      const frame = await camera.latest({ maxAgeMs: MAX_AGE_MS });
      const { width, height, rgb, depthM } = frame;
      const stampMs = options.toRosMs(frame.capturedAtMs);
      const header = rosHeader(version, stampMs, opticalFrame);
      const [jpeg, depth] = await Promise.all([
        sharp(rgb, { raw: { width, height, channels: 3 } })
          .jpeg(JPEG)
          .toBuffer(),
        sendDepth === undefined || depthM === undefined ? undefined : encodeDepth(depthM, width, height),
        options.beforeSending(frame, stampMs),
      ]);
      sendInfo(cameraInfo(version, frame, header));
      // Depth goes first: who waits for a colour picture finds its depth there.
      if (depth !== undefined) {
        sendDepth?.({ header, format: "16UC1; compressedDepth png", data: depth.toString("base64") });
      }
      sendColor({ header, format: "jpeg", data: jpeg.toString("base64") });
    },
  };
}

/** A pinhole without distortion; ROS 1 writes the matrices' names in capitals. */
function cameraInfo(version: RosVersion, { width, height, intrinsics }: Frame, header: RosMessage): RosMessage {
  const { fx, fy, cx, cy } = intrinsics;
  const d = [0, 0, 0, 0, 0];
  const k = [fx, 0, cx, 0, fy, cy, 0, 0, 1];
  const r = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const p = [fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0];
  const matrices = version === 1 ? { D: d, K: k, R: r, P: p } : { d, k, r, p };
  return { header, height, width, distortion_model: "plumb_bob", ...matrices };
}
