import { ControllerError } from "../../domain/errors.js";
import type { Frame } from "../../domain/frame.js";
import { composePoses, IDENTITY_POSE, invertPose, type Pose } from "../../domain/geometry/pose.js";
import type { Result } from "../../domain/result.js";
import type { Camera } from "../../ports/camera.js";
import type { Clock } from "../../ports/clock.js";
import { decodeCompressedDepth, decodeRawDepth, type DecodedDepth } from "./decode-depth.js";
import {
  decodeCompressedPicture,
  decodeRawPicture,
  type DecodedPicture,
  type DecodeFailure,
} from "./decode-picture.js";
import type { RosCameraProfile } from "./profile-schema.js";
import { readCameraInfo } from "./read-camera-info.js";
import type { RobotClock } from "./robot-clock.js";
import type { RosLink } from "./ros-link.js";
import type { RosMessage, Timers } from "./ros-types.js";
import { headerFrame, headerStampMs, rosType } from "./stamps.js";
import type { TfBuffer } from "./tf-buffer.js";

/** A stamp this far ahead of now is of another clock. */
const MAX_AHEAD_MS = 500;
/** Depth pictures kept, to find the one that belongs to a colour picture. */
const KEPT_DEPTHS = 6;

export interface RosCameraOptions {
  readonly name: string;
  readonly profile: RosCameraProfile;
  readonly link: RosLink;
  readonly tf: TfBuffer;
  readonly robotClock: RobotClock;
  readonly clock: Clock;
  readonly timers: Timers;
  /** TF frame of the robot's base link. */
  readonly baseFrame: string;
  /** Handeye's base frame in it; default: the same. */
  readonly baseInBaseLink?: Pose;
}

interface Stamped {
  readonly message: RosMessage;
  readonly stampMs: number;
  /** The stamp in this machine's time. */
  readonly capturedAtMs: number;
}

/**
 * A camera over ROS. Only the newest picture is kept, undecoded; `latest` waits for one that was taken after it was called, so
 * that a look after a motion never shows the time before. Ages count by the robot's clock, its offset measured.
 */
export function createRosCamera(options: RosCameraOptions): Camera {
  const { name, profile, link, tf, robotClock, clock, timers } = options;
  const baseLinkInBase = invertPose(options.baseInBaseLink ?? IDENTITY_POSE);
  const wakers = new Set<() => void>();
  let color: Stamped | undefined;
  const depths: Stamped[] = [];
  let info: RosMessage | undefined;
  let closed = false;
  let sequence = 0;
  /** Why the newest pictures were of no use. */
  let trouble = "no picture has come yet";
  let sameStamps = 0;

  const wake = (): void => {
    for (const waker of wakers) waker();
  };
  const stamped = (message: RosMessage): Stamped | undefined => {
    const stampMs = headerStampMs(message);
    if (stampMs === undefined) {
      trouble = "its pictures carry no stamp";
      return undefined;
    }
    const capturedAtMs = robotClock.toMachineMs(stampMs);
    if (capturedAtMs > clock.nowMs() + MAX_AHEAD_MS + robotClock.errorMs) {
      trouble = `its pictures are stamped ${Math.round(capturedAtMs - clock.nowMs())} ms ahead: its clock is not the robot's`;
      return undefined;
    }
    return { message, stampMs, capturedAtMs };
  };
  const onColor = (message: RosMessage): void => {
    const next = stamped(message);
    if (next === undefined) return;
    if (color !== undefined && next.stampMs <= color.stampMs) {
      sameStamps++;
      // Late and doubled ones are dropped; a clock that was set back is followed.
      if (color.stampMs - next.stampMs < 5_000) return;
    }
    sameStamps = 0;
    color = next;
    wake();
  };
  const onDepth = (message: RosMessage): void => {
    const next = stamped(message);
    if (next === undefined) return;
    depths.push(next);
    if (depths.length > KEPT_DEPTHS) depths.shift();
    wake();
  };
  const typeOf = (transport: RosCameraProfile["color"]["transport"]): string =>
    rosType(link.version, "msg", transport === "raw" ? "sensor_msgs/Image" : "sensor_msgs/CompressedImage");
  const unsubscribe = [
    link.subscribe(profile.color.topic, typeOf(profile.color.transport), onColor, { compression: "cbor" }),
    link.subscribe(profile.info, rosType(link.version, "msg", "sensor_msgs/CameraInfo"), (message) => {
      info = message;
      wake();
    }),
    ...(profile.depth === undefined
      ? []
      : [
          link.subscribe(profile.depth.topic, typeOf(profile.depth.transport), onDepth, {
            compression: "cbor",
            queueLength: 2,
          }),
        ]),
  ];
  const offState = link.onState((state) => {
    // What was taken before the link broke says nothing about now.
    color = undefined;
    depths.length = 0;
    trouble = state === "up" ? "no picture has come since the link came back" : `the link is ${state}`;
    wake();
  });

  const unavailable = (reason: string): ControllerError =>
    new ControllerError("camera-unavailable", `Camera "${name}" (${profile.color.topic}): ${reason}`);
  const stale = (maxAgeMs: number): ControllerError => {
    const ageMs = color === undefined ? undefined : Math.round(clock.nowMs() - color.capturedAtMs);
    const found =
      ageMs === undefined
        ? trouble
        : sameStamps > 1
          ? `the same stamp ${sameStamps} times more, ${ageMs} ms old: the camera is frozen`
          : `one of ${ageMs} ms (${trouble})`;
    return new ControllerError(
      "stale-frame",
      `Expected a picture of "${name}" (${profile.color.topic}) not older than ${maxAgeMs} ms, found ${found}. ` +
        `Check the camera's driver and the clocks.`,
      { details: { ...(ageMs === undefined ? {} : { ageMs }), offsetMs: robotClock.offsetMs } },
    );
  };

  /** Waits until `find` finds something; undefined when the time is up. */
  const waitFor = <T>(find: () => T | undefined, untilMs: number, signal?: AbortSignal): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        wakers.delete(look);
        cancel();
        signal?.removeEventListener("abort", look);
      };
      const look = (): void => {
        if (closed || signal?.aborted === true) {
          stop();
          reject(
            closed
              ? unavailable("it is closed.")
              : new ControllerError("aborted", `Waiting for a picture of "${name}" was aborted.`),
          );
          return;
        }
        const found = find();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      const cancel = timers.after(Math.max(0, untilMs - clock.nowMs()), () => {
        stop();
        resolve(find());
      });
      wakers.add(look);
      signal?.addEventListener("abort", look, { once: true });
      look();
    });

  const decodeColor = (message: RosMessage): Promise<Result<DecodedPicture, DecodeFailure>> =>
    profile.color.transport === "raw" ? Promise.resolve(decodeRawPicture(message)) : decodeCompressedPicture(message);
  const decodeDepth = (message: RosMessage, transport: string): Promise<Result<DecodedDepth, DecodeFailure>> =>
    transport === "raw" ? Promise.resolve(decodeRawDepth(message)) : decodeCompressedDepth(message);

  const depthFor = async (
    picture: Stamped,
    size: DecodedPicture,
    untilMs: number,
    signal?: AbortSignal,
  ): Promise<Float32Array | undefined> => {
    if (profile.depth === undefined) return undefined;
    const near = (): Stamped | undefined =>
      depths
        .filter(({ stampMs }) => Math.abs(stampMs - picture.stampMs) <= profile.depthWithinMs)
        .sort((a, b) => Math.abs(a.stampMs - picture.stampMs) - Math.abs(b.stampMs - picture.stampMs))[0];
    const found = await waitFor(near, untilMs, signal);
    if (found === undefined) {
      trouble = `no depth on ${profile.depth.topic} within ${profile.depthWithinMs} ms of the picture's stamp`;
      return undefined;
    }
    const decoded = await decodeDepth(found.message, profile.depth.transport);
    if (!decoded.ok) {
      if (decoded.code === "unsupported") throw unavailable(decoded.message);
      trouble = decoded.message;
      return undefined;
    }
    const { width, height, depthM } = decoded.value;
    if (width !== size.width || height !== size.height) {
      throw unavailable(
        `expected depth registered to the picture, ${size.width} x ${size.height}; found ${width} x ${height}. Use the aligned depth topic.`,
      );
    }
    return depthM;
  };

  const poseOf = (picture: Stamped): Pose | undefined => {
    const frame = profile.opticalFrame ?? headerFrame(picture.message);
    const found = tf.lookup(options.baseFrame, frame, picture.stampMs);
    if (found.ok) return composePoses(baseLinkInBase, found.value);
    // A gap closes with the next transform; anything else needs a person.
    if (found.code !== "gap") throw unavailable(found.message);
    trouble = found.message;
    return undefined;
  };

  return {
    name,
    hasDepth: profile.depth !== undefined,
    async latest({ maxAgeMs, signal }) {
      if (closed) throw unavailable("it is closed.");
      if (link.state !== "up") throw unavailable(`the link to ${link.url} is ${link.state}.`);
      const askedAtMs = clock.nowMs();
      const untilMs = askedAtMs + Math.max(0, maxAgeMs);
      let afterMs = maxAgeMs < 0 ? Infinity : askedAtMs - Math.min(robotClock.errorMs, 50);
      for (;;) {
        const picture = await waitFor(
          () => (color !== undefined && info !== undefined && color.capturedAtMs > afterMs ? color : undefined),
          untilMs,
          signal,
        );
        if (picture === undefined) {
          if (info === undefined && color !== undefined) throw unavailable(`nothing has come on ${profile.info}.`);
          throw stale(maxAgeMs);
        }
        afterMs = picture.capturedAtMs;
        const decoded = await decodeColor(picture.message);
        if (!decoded.ok) {
          if (decoded.code === "unsupported") throw unavailable(decoded.message);
          trouble = decoded.message;
          continue;
        }
        const intrinsics = readCameraInfo(info as RosMessage, decoded.value, profile);
        if (!intrinsics.ok) throw unavailable(intrinsics.message);
        const poseInBase = poseOf(picture);
        if (poseInBase === undefined) continue;
        const depthM = await depthFor(picture, decoded.value, untilMs, signal);
        if (profile.depth !== undefined && depthM === undefined) continue;
        if (clock.nowMs() - picture.capturedAtMs > maxAgeMs) throw stale(maxAgeMs);
        const frame: Frame = {
          camera: name,
          sequence: ++sequence,
          capturedAtMs: picture.capturedAtMs,
          ...decoded.value,
          ...(depthM === undefined ? {} : { depthM }),
          intrinsics: intrinsics.value,
          poseInBase,
        };
        return frame;
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      offState();
      for (const off of unsubscribe) off();
      wake();
    },
  };
}
