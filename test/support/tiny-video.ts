import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVideoWriter } from "../../src/adapters/video/index.js";

export interface TinyVideo {
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  readonly fps?: number;
}

/** A true MP4 of a bright square that crosses a dark picture. */
export async function tinyVideo({ width = 64, height = 48, frames = 9, fps = 8 }: TinyVideo = {}): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "handeye-tiny-"));
  try {
    const path = join(folder, "tiny.mp4");
    const writer = await createVideoWriter({ path, width, height, fps });
    for (let frame = 0; frame < frames; frame++) {
      const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => 30 + ((i * 7) % 60));
      for (let y = 8; y < 24; y++) {
        for (let x = 0; x < 16; x++)
          rgb.fill(220, (y * width + ((x + frame * 3) % width)) * 3, (y * width + ((x + frame * 3) % width)) * 3 + 3);
      }
      await writer.add(rgb);
    }
    await writer.close();
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
