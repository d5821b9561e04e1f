import { encodePicture } from "../adapters/picture/encode-picture.js";
import type { Frame } from "../domain/frame.js";

/** A frame as a JPEG of its own size. */
export const encodeJpeg = async (frame: Frame): Promise<Uint8Array> => (await encodePicture(frame, frame)).data;
