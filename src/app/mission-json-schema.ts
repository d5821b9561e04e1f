import { z } from "zod";

/** What `MissionResult` looks like, for programs that ask for missions. Only `done` with the grade `verified` is a success. */
export const missionJsonSchema = (): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(
    z.object({
      outcome: z.enum(["done", "given-up", "failed", "stopped"]),
      grade: z.string().describe("Only `verified` is a success."),
      code: z.string().optional(),
      message: z.string(),
      question: z
        .object({ text: z.string(), choices: z.array(z.string()) })
        .optional()
        .describe("What the robot needs to know; ask the person, and say it in the next instruction."),
      receipts: z
        .array(z.looseObject({ step: z.int(), grade: z.string(), message: z.string().optional() }))
        .describe("What became of every step, and the evidence for it."),
    }),
    { io: "output" },
  );
