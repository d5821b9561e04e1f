import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { encodePicture } from "../../adapters/picture/encode-picture.js";
import { createPictureFolder } from "../../adapters/picture-memory/index.js";
import { rememberLook } from "../../memory/index.js";
import type { Look } from "../../ports/perception.js";
import type { Launch } from "../launch/launch-schema.js";
import { unixTimeMs } from "../machine-time.js";
import type { Runtime } from "../runtime.js";
import { defaultStateDir } from "../state-dir.js";

/** What the skill `find` searches: a folder in stateDir. */
export const picturesDir = (keepDir: string): string => join(keepDir, "pictures");

/** Longest side of a picture that is remembered. */
const MOST_PIXELS = 640;

export interface SceneMemoryOptions {
  readonly runtime: Pick<Runtime, "onLook" | "note">;
  readonly launch: Launch;
  readonly nowMs?: () => number;
  readonly newId?: () => string;
}

/**
 * Remembers what missions look at, as it happens, for the skill `find`: at most one look every `skills.find.everyS`, the oldest
 * out first. A disk that refuses ends it with a warning; the robot goes on. Does nothing where `skills.find.remember` is false.
 */
export function createSceneMemory(options: SceneMemoryOptions): { close(): Promise<void> } {
  const { runtime, launch, nowMs = unixTimeMs, newId = randomUUID } = options;
  const { remember, everyS, most, enabled } = launch.skills.find;
  if (!remember || !enabled) return { close: async () => undefined };

  const keepDir = join(launch.stateDir ?? defaultStateDir(), "skills", "find");
  const store = createPictureFolder({ folder: picturesDir(keepDir), most });
  let lastMs = -Infinity;
  let writing: Promise<void> | undefined;

  async function add(look: Look, seenAtMs: number): Promise<void> {
    const { frame } = look;
    const picture = rememberLook(look, { seenAtMs, origin: `${frame.camera} camera`, calibrated: true, newId });
    const scale = Math.min(1, MOST_PIXELS / Math.max(frame.width, frame.height));
    const size = { width: Math.round(frame.width * scale), height: Math.round(frame.height * scale) };
    await store.add(picture, (await encodePicture(frame, size)).data);
  }

  const end = runtime.onLook((look) => {
    const now = nowMs();
    // A disk that is slower than the robot looks: this look is left out, no queue grows.
    if (writing !== undefined || now - lastMs < everyS * 1000) return;
    lastMs = now;
    writing = add(look, now)
      .catch((error: unknown) => {
        end();
        const reason = error instanceof Error ? error.message : String(error);
        runtime.note("warning", `What is seen is no longer remembered: ${reason}`);
      })
      .finally(() => (writing = undefined));
  });
  return {
    async close() {
      end();
      await writing;
    },
  };
}
