import { join } from "node:path";
import type { MediaServerOptions } from "../../../adapters/media-job/index.js";
import { encodePng } from "../../../adapters/picture/encode-png.js";
import type { RgbPicture } from "../../../ports/model-client.js";
import { unixTimeMs } from "../../machine-time.js";
import { serverLink, type ServerConfig } from "../../server-link.js";
import type { BackendDeps } from "../backend-kind.js";
import { createJobBook } from "./job-book.js";

/** What adapters for servers with jobs take, from a launch file's entry. */
export function mediaLink(
  part: string,
  config: ServerConfig & { readonly pollS: number; readonly jobTimeoutS: number },
  { env, keepDir }: Pick<BackendDeps, "env" | "keepDir">,
): MediaServerOptions & { readonly encodePng: (picture: RgbPicture) => Promise<Uint8Array> } {
  return {
    ...serverLink(part, config, env),
    jobs: createJobBook(join(keepDir, "jobs")),
    pollMs: config.pollS * 1000,
    jobTimeoutMs: config.jobTimeoutS * 1000,
    nowMs: unixTimeMs,
    encodePng,
  };
}
