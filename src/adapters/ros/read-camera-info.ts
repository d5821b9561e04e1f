import type { Intrinsics } from "../../domain/frame.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { RosMessage } from "./ros-types.js";

export type CameraInfoFailure = "not-calibrated" | "distorted" | "wrong-size";

export interface CalibratedSize {
  readonly width: number;
  readonly height: number;
}

/** Distortion coefficients below this move no pixel by as much as a tenth. */
const NO_DISTORTION = 1e-4;

/**
 * Pinhole intrinsics for pictures of `size` from a `sensor_msgs/CameraInfo` (ROS 1 `K`, ROS 2 `k`). Pictures that are the calibrated
 * ones scaled as a whole are fine; NaN, zeros, distortion and other shapes are refused: they would put every thing in a wrong place.
 */
export function readCameraInfo(
  message: RosMessage,
  size: CalibratedSize,
  { distortion }: { readonly distortion: "refuse" | "ignore" },
): Result<Intrinsics, CameraInfoFailure> {
  const k = numbers(message.k ?? message.K);
  // NaN arrives as null over JSON, and an uncalibrated driver sends zeros.
  const values = k === undefined ? [] : [k[0], k[4], k[2], k[5]];
  if (values.length < 4 || !values.every(Number.isFinite) || !(values[0] > 0) || !(values[1] > 0)) {
    return fail(
      "not-calibrated",
      `Expected finite focal lengths in CameraInfo, found ${JSON.stringify(values)}. Calibrate the camera.`,
    );
  }
  const coefficients = numbers(message.d ?? message.D) ?? [];
  if (distortion === "refuse" && coefficients.some((c) => !(Math.abs(c) < NO_DISTORTION))) {
    return fail(
      "distorted",
      `Expected pictures without lens distortion, found coefficients ${JSON.stringify(coefficients)}. Subscribe to rectified ` +
        `pictures (image_rect), or set distortion to "ignore" in the profile.`,
    );
  }
  const { width, height } = message;
  if (typeof width !== "number" || typeof height !== "number" || width < 1 || height < 1) {
    return fail("not-calibrated", "Expected the size of the calibrated pictures in CameraInfo, found none.");
  }
  const [sx, sy] = [size.width / width, size.height / height];
  if (Math.abs(sx / sy - 1) > 0.01) {
    return fail(
      "wrong-size",
      `Expected pictures of ${width} x ${height} or the same scaled, found ${size.width} x ${size.height}. The pictures and this CameraInfo are of two cameras.`,
    );
  }
  const [fx, fy, cx, cy] = values;
  return ok({ fx: fx * sx, fy: fy * sy, cx: (cx + 0.5) * sx - 0.5, cy: (cy + 0.5) * sy - 0.5 });
}

function numbers(value: unknown): readonly number[] | undefined {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (!Array.isArray(value)) return undefined;
  return value.map((v) => (typeof v === "number" ? v : Number.NaN));
}
