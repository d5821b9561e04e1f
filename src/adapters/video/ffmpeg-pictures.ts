import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import type { VideoPicture } from "./open-video.js";

/** Full path of a program on the PATH; undefined where there is none. */
export async function findProgram(name: string, searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter).filter((each) => each !== "")) {
    const path = join(folder, process.platform === "win32" ? `${name}.exe` : name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

export interface FfmpegOptions {
  readonly program: string;
  readonly path: string;
  readonly everyS: number;
  readonly signal: AbortSignal;
}

/** A picture's header, `P6 640 480 255`, has no more characters than this. */
const MOST_HEADER = 64;

/** Pictures of any video, by the program ffmpeg, as a stream of PPM files. Throws `recording-failed` with what it complains of. */
export async function* ffmpegPictures({ program, path, everyS, signal }: FfmpegOptions): AsyncGenerator<VideoPicture> {
  const pace = Math.min(60, 1 / everyS);
  const child = spawn(
    program,
    ["-nostdin", "-v", "error", "-i", path, "-vf", `fps=${pace}:round=up`, "-f", "image2pipe", "-c:v", "ppm", "-"],
    { stdio: ["ignore", "pipe", "pipe"], signal },
  );
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint = (complaint + text).slice(-2000)));
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
    child.on("error", () => resolve(null));
  });
  let count = 0;
  try {
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk]);
      for (let file = firstPpm(rest); file !== undefined; file = firstPpm(rest)) {
        const { width, height, from, to } = file;
        yield {
          timeMs: (1000 * count++) / pace,
          picture: { width, height, rgb: new Uint8Array(rest.subarray(from, to)) },
        };
        rest = rest.subarray(to);
      }
    }
    const code = await ended;
    if (code !== 0 && !signal.aborted) {
      throw new ControllerError(
        "recording-failed",
        `ffmpeg cannot read ${path}: ${complaint.trim() || `exit code ${code}`}`,
      );
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

function firstPpm(
  bytes: Buffer,
): { readonly width: number; readonly height: number; readonly from: number; readonly to: number } | undefined {
  const header = /^P6\s(\d+)\s(\d+)\s255\s/u.exec(bytes.toString("latin1", 0, MOST_HEADER));
  if (header === null) return undefined;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const from = header[0].length;
  const to = from + width * height * 3;
  return bytes.length < to ? undefined : { width, height, from, to };
}
