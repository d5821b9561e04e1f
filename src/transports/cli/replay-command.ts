import { recoverRecording, replayRecording } from "../../app/replay-recording.js";
import { launchFrom, type CommonOptions } from "./common-options.js";
import { createStyle } from "./style.js";

export interface ReplayCommandOptions extends CommonOptions {
  readonly json?: boolean;
  readonly recover?: string;
}

/**
 * Decides again from a recording and shows where the planner would do something else now. 0 when every decision is the same, 1 when
 * some differ. With `--recover`, only writes what is whole of a broken recording into a new file.
 */
export async function replayCommand(path: string, options: ReplayCommandOptions): Promise<number> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  if (options.recover !== undefined) {
    const { messages, cutOff } = await recoverRecording(path, options.recover);
    err(`${options.recover}: ${messages} messages${cutOff === undefined ? "" : `; the rest is lost: ${cutOff}`}`);
    return 0;
  }
  const style = createStyle(process.stdout.isTTY && process.env["NO_COLOR"] === undefined);
  const abort = new AbortController();
  const onSignal = (): void => abort.abort();
  process.once("SIGINT", onSignal);
  try {
    const { planner, decisions } = await replayRecording(path, launchFrom(options), {
      signal: abort.signal,
      onDecision(decision) {
        if (options.json === true) {
          out(JSON.stringify(decision));
          return;
        }
        if (options.quiet === true) return;
        const { timeMs, recordedBy, recorded, now, agrees } = decision;
        out(
          `${(timeMs / 1000).toFixed(1).padStart(6)} s  ${agrees ? "same" : style.red("differs")}  ${decision.instruction}`,
        );
        for (const step of recorded) out(style.dim(`           ${recordedBy}: ${step}`));
        if (!agrees) for (const step of now) out(`           now: ${step}`);
      },
    });
    const differing = decisions.filter(({ agrees }) => !agrees).length;
    err(`${decisions.length} decisions, ${differing} of them different with planner ${planner}`);
    return differing === 0 ? 0 : 1;
  } finally {
    process.off("SIGINT", onSignal);
  }
}
