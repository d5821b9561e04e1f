import { z } from "zod";

/**
 * A skill's part of the launch file: its back ends in the order in which they are asked when the one before cannot serve. A single
 * one may stand without a list. `entries` are strict objects told apart by `type`.
 */
export function backendsSchema<Entry extends z.ZodType>(
  entry: Entry,
  byDefault: readonly [z.input<Entry>, ...z.input<Entry>[]],
) {
  const list = z.array(entry).min(1).max(8);
  return z
    .strictObject({
      enabled: z.boolean().default(true).describe("False refuses the skill to everybody."),
      timeoutS: z
        .number()
        .positive()
        .max(86_400)
        .optional()
        .describe("Seconds that one run may take; default: the skill's own limit."),
      backends: z
        .preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), list)
        .prefault(byDefault as unknown as z.input<typeof list>)
        .describe(
          "Who does the work: one, or a list in the order in which they are asked when the one before cannot serve.",
        ),
    })
    .prefault({});
}

/** For skills and back ends that have nothing to set. */
export const onboardEntrySchema = z.strictObject({
  type: z.literal("onboard").describe("Ships with Handeye; needs no network and no other weights."),
});
