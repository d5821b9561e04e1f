import { exportRecordings } from "../../app/export-recording.js";

export interface ExportCommandOptions {
  readonly out: string;
  readonly fps?: number;
  readonly verified?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Recordings as a data set for training. 0 when at least one mission came along. */
export async function exportCommand(recordings: readonly string[], options: ExportCommandOptions): Promise<number> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  const { out: folder, fps, verified = false, json = false, quiet = false } = options;
  const exported = await exportRecordings({
    recordings,
    folder,
    onlyVerified: verified,
    ...(fps === undefined ? {} : { fps }),
    onSkip: (text) => void err(text),
    onEpisode({ task, frames, success }) {
      if (json) out(JSON.stringify({ task, frames, success }));
      else if (!quiet)
        out(`${String(frames).padStart(6)} frames  ${success ? "verified    " : "not verified"}  ${task}`);
    },
  });
  err(`${folder}: ${exported.episodes} episodes, ${exported.frames} frames at ${exported.fps} a second`);
  return 0;
}
