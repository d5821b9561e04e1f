import { listen } from "../../app/listen.js";
import type { Launch } from "../../app/launch/launch-schema.js";
import type { Style } from "./style.js";

export interface HearOptions {
  /** A WAV file, or `mic`. */
  readonly source: string;
  /** Events are on stdout. */
  readonly json: boolean;
  readonly style: Style;
}

/** The spoken instruction, shown as it was understood; undefined, with the reason shown, where it was not. */
export async function hearInstruction(
  launch: Launch,
  { source, json, style }: HearOptions,
): Promise<string | undefined> {
  if (source === "mic") process.stderr.write(style.dim("listening ...\n"));
  const { transcriber, result } = await listen(source, launch, { signal: new AbortController().signal });
  // Nothing has begun: the mission's clock stands at 0.
  const event = { timeMs: 0, event: "transcript", transcriber, ...(result.ok ? result.value : {}) };
  if (!result.ok) {
    const { code, message } = result;
    if (json) process.stdout.write(`${JSON.stringify({ ...event, code, message })}\n`);
    process.stderr.write(`${style.red(code)}: ${message}\n`);
    return undefined;
  }
  if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
  const { text, language, confidence } = result.value;
  const about = [transcriber, language, confidence?.toFixed(2)].filter((part) => part !== undefined).join(", ");
  process.stderr.write(`${style.dim("heard".padEnd(9))}  ${text}  ${style.dim(`(${about})`)}\n`);
  return text;
}
