import { mkdtemp, open, rm, writeFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.js";
import type { ClipRef } from "../../domain/skill/media-ref.js";
import type { MediaFailure, OpenedClip } from "../../skill-kit/index.js";
import { monotonicMs } from "../machine-time.js";
import { openAnimatedClip } from "./clips/animated-clip.js";
import { openLiveClip } from "./clips/live-clip.js";
import { openRecordedClip } from "./clips/recorded-clip.js";
import { openVideoClip } from "./clips/video-clip.js";
import { allowedPath, type FilePolicy } from "./open-file.js";
import type { SkillStage } from "./skill-stage.js";

export interface OpenClipOptions {
  readonly policy: FilePolicy;
  readonly signal: AbortSignal;
  readonly stage: Pick<SkillStage, "picture">;
  /** Milliseconds of a clock that only goes forward. Default: the machine's. */
  readonly nowMs?: () => number;
  /** Where programs are looked for. Default: the environment's PATH. */
  readonly searchPath?: string;
}

/** An animated picture is held in memory; more is no animation. */
const MOST_ANIMATION_BYTES = 256 * 1024 * 1024;

/** Moving pictures from wherever the reference says: told apart by what is in the file, not by its name. */
export async function openClip(ref: ClipRef, options: OpenClipOptions): Promise<Result<OpenedClip, MediaFailure>> {
  const { stage, policy, signal, nowMs = monotonicMs } = options;
  if (typeof ref === "object" && "camera" in ref) {
    return ok(openLiveClip({ ...ref, picture: (camera, each) => stage.picture(camera, each), signal, nowMs }));
  }
  if (typeof ref === "object") return ofBytes(Buffer.from(ref.data, "base64"), options);
  const path = await allowedPath(ref, policy);
  return path.ok ? ofFile(path.value, basename(ref), options) : path;
}

type ClipKind = "recording" | "video" | "animation";

const HEAD_BYTES = 16;

/** By the first bytes: MCAP's magic, an MP4's first box, GIF, WebP in RIFF. */
function kindOf(head: Uint8Array): ClipKind | undefined {
  const text = Buffer.from(head).toString("latin1");
  if (text.startsWith("\x89MCAP0\r\n")) return "recording";
  if (text.slice(4, 8) === "ftyp") return "video";
  if (/^GIF8[79]a/u.test(text) || (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP")) return "animation";
  return undefined;
}

const isUnknown = (origin: string, bytes: number): Result<never, MediaFailure> =>
  fail(
    "bad-clip",
    bytes === 0
      ? `${origin} has no bytes; expected moving pictures.`
      : `${origin} is no clip that is known. Expected a recording (MCAP), a video (MP4) or an animated picture (GIF, WebP).`,
  );

async function ofFile(
  path: string,
  origin: string,
  options: OpenClipOptions,
): Promise<Result<OpenedClip, MediaFailure>> {
  const { signal, searchPath = process.env["PATH"] ?? "" } = options;
  const file = await open(path);
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await (async () => {
    try {
      return await file.read(head, 0, HEAD_BYTES, 0);
    } finally {
      await file.close();
    }
  })();
  switch (kindOf(head.subarray(0, bytesRead))) {
    case "recording":
      return openRecordedClip(path, { origin, signal });
    case "video":
      return openVideoClip(path, { origin, signal, searchPath });
    case "animation": {
      const bytes = await readFile(path);
      if (bytes.length > MOST_ANIMATION_BYTES) return fail("too-large", `${origin} has ${bytes.length} bytes.`);
      return openAnimatedClip(bytes, { origin, signal });
    }
    case undefined:
      return isUnknown(origin, bytesRead);
  }
}

/** Bytes of a request: what can only be read from a file gets one for as long as it is read. */
async function ofBytes(bytes: Buffer, options: OpenClipOptions): Promise<Result<OpenedClip, MediaFailure>> {
  const origin = "the request";
  const kind = kindOf(bytes.subarray(0, HEAD_BYTES));
  if (kind === undefined) return isUnknown(origin, bytes.length);
  if (kind === "animation") return openAnimatedClip(bytes, { origin, signal: options.signal });
  const opened = await inFile(bytes, (path) => ofFile(path, origin, options));
  if (!opened.ok) return opened;
  return ok({
    ...opened.value,
    async *pictures(every) {
      const folder = await mkdtemp(join(tmpdir(), "handeye-clip-"));
      try {
        const path = join(folder, "clip");
        await writeFile(path, bytes);
        const again = await ofFile(path, origin, options);
        if (again.ok) yield* again.value.pictures(every);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  });
}

async function inFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "handeye-clip-"));
  try {
    const path = join(folder, "clip");
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
