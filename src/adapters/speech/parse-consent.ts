import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";

const dateSchema = z.iso.date().or(z.iso.datetime({ offset: true }));

/** A person's recorded word that a robot may speak with their voice. */
export const consentSchema = z.strictObject({
  who: z.string().trim().min(1).describe("Whose voice it is."),
  when: dateSchema.describe("The day on which they agreed: 2026-03-01."),
  what: z.string().trim().min(1).describe("What they agreed to, in their words."),
  recording: z.string().min(1).optional().describe("The recording that it is for; must be refAudioPath."),
  until: dateSchema.optional().describe("The last day on which it holds."),
});
export type Consent = z.infer<typeof consentSchema>;

const DAY_MS = 86_400_000;

/** `path` is for messages; `nowMs` is Unix time. Throws `bad-launch-file` for anything but a consent that holds today. */
export function parseConsent(text: string, { path, nowMs }: { path: string; nowMs: number }): Consent {
  const refuse = (found: string): never => {
    throw new ControllerError(
      "bad-launch-file",
      `A person's voice is used only with their recorded consent: expected ${path} as JSON with who, when (2026-03-01) and what; found ${found}. Ask the person and write it down, or take another speaker.`,
    );
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("no JSON");
  }
  const parsed = consentSchema.safeParse(value);
  if (!parsed.success) return refuse(z.prettifyError(parsed.error).replaceAll(/\s+/g, " "));
  const { when, until } = parsed.data;
  // A day begins earlier elsewhere.
  if (Date.parse(when) > nowMs + DAY_MS) return refuse(`a day that is yet to come (${when})`);
  if (until !== undefined && Date.parse(until) + DAY_MS < nowMs) return refuse(`one that ended on ${until}`);
  return parsed.data;
}
