/** Codes of things that are broken, as against failures that are expected (`FailureCode`). */
export type ErrorCode =
  | "bad-input"
  | "bad-launch-file"
  | "model-missing"
  | "model-damaged"
  | "model-failed"
  | "robot-disconnected"
  | "camera-unavailable"
  | "stale-frame"
  | "miscalibrated"
  | "video-failed"
  | "recording-failed"
  | "link-failed"
  | "port-taken"
  | "worker-died"
  | "aborted"
  | "internal";

/** Thrown when a device, a file or an assumption is broken. The message says expected, found, and what to do next. */
export class ControllerError extends Error {
  readonly code: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ControllerError";
    this.code = code;
    this.details = options.details;
  }
}
