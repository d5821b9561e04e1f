import { z } from "zod";
import { fail, ok, type Result } from "../../domain/result.js";
import type { SoundEvent } from "../../ports/sound-listener.js";

const eventSchema = z.object({
  label: z.string().trim().min(1).max(200),
  startS: z.coerce.number().min(0).optional().catch(undefined),
  endS: z.coerce.number().min(0).optional().catch(undefined),
});
const MOST = 200;

export interface ParseEventsOptions {
  readonly durationS: number;
  /** What was asked for; anything else is left out. */
  readonly labels?: readonly string[];
}

/** Sound events out of a model's answer: a JSON array, in a code fence or not. Times outside the sound are dropped, not the event. */
export function parseSoundEvents(
  answer: string,
  { durationS, labels }: ParseEventsOptions,
): Result<readonly SoundEvent[], "bad-answer"> {
  const found = parseArray(answer);
  if (found === undefined) {
    return fail("bad-answer", `Expected a JSON array of events, found "${answer.slice(0, 100)}".`);
  }
  const wanted = labels && new Map(labels.map((label) => [label.toLowerCase(), label]));
  const events = found.slice(0, MOST).flatMap((each): SoundEvent[] => {
    const parsed = eventSchema.safeParse(typeof each === "string" ? { label: each } : each);
    if (!parsed.success) return [];
    const { startS, endS } = parsed.data;
    const label = wanted === undefined ? parsed.data.label : wanted.get(parsed.data.label.toLowerCase());
    if (label === undefined) return [];
    if (startS === undefined || startS > durationS) return [{ label }];
    return [{ label, startS, ...(endS === undefined || endS < startS ? {} : { endS: Math.min(endS, durationS) }) }];
  });
  return ok([...events].sort((a, b) => (a.startS ?? 0) - (b.startS ?? 0)));
}

function parseArray(answer: string): readonly unknown[] | undefined {
  const [from, to] = [answer.indexOf("["), answer.lastIndexOf("]")];
  if (from < 0 || to < from) return undefined;
  try {
    const value: unknown = JSON.parse(answer.slice(from, to + 1));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
