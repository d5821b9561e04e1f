import { readFile } from "node:fs/promises";
import { parseConsent } from "../../../adapters/speech/parse-consent.js";
import { ControllerError } from "../../../domain/errors.js";
import { unixTimeMs } from "../../machine-time.js";

/** A person's recorded word in one line. Throws `bad-launch-file` where the file is none that holds today. */
export async function readFaceConsent(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new ControllerError(
      "bad-launch-file",
      `A person's picture is made to talk only with their recorded consent: expected it in ${path}, which cannot be read. Ask the person and write it down (who, when, what).`,
      { cause },
    );
  }
  const { who, when, what } = parseConsent(text, { path, nowMs: unixTimeMs() });
  return `${who} agreed on ${when}: ${what}`;
}
