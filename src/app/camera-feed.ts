import { encodePicture } from "../adapters/picture/encode-picture.js";
import type { Frame } from "../domain/frame.js";
import type { Runtime } from "./runtime.js";

export interface FeedPicture {
  readonly frame: Frame;
  readonly jpeg: Uint8Array;
}

export interface CameraFeedOptions {
  readonly camera: "head" | "wrist";
  readonly fps: number;
  readonly onPicture: (picture: FeedPicture) => void;
}

/**
 * A camera as JPEG pictures, the newest first: a picture that comes while one is being encoded takes the place of whatever
 * waits. Returns the function that ends it.
 */
export function createCameraFeed(runtime: Pick<Runtime, "watch">, options: CameraFeedOptions): () => void {
  let waiting: Frame | undefined;
  let busy = false;
  let ended = false;

  const take = (): Frame | undefined => {
    const frame = ended ? undefined : waiting;
    waiting = undefined;
    return frame;
  };
  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let frame = take(); frame !== undefined; frame = take()) {
      try {
        const { data } = await encodePicture(frame, frame);
        if (!ended) options.onPicture({ frame, jpeg: data });
      } catch {
        // The next picture may do better; a viewer sees the age of the last one.
      }
    }
    busy = false;
  }

  const end = runtime.watch({
    camera: options.camera,
    everyS: 1 / options.fps,
    sink(frame) {
      waiting = frame;
      void drain();
    },
  });
  return () => {
    ended = true;
    end();
  };
}
