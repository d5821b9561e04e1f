import { z } from "zod";

/** Address of a server: http or https, without user, password or query. */
export const baseUrlSchema = z
  .url({ protocol: /^https?$/, error: "Expected an address such as http://127.0.0.1:8000/v1." })
  .refine(
    (text) => !/[?#@]/.test(text),
    "An address has no user, password or query here. Put the key into a variable, and its name into apiKeyEnv.",
  );

/** Name of an environment variable. A pasted key does not fit: keys have dashes or small letters. */
export const apiKeyEnvSchema = z
  .string()
  .regex(
    /^[A-Z_][A-Z0-9_]*$/,
    "Expected the name of an environment variable, such as OPENAI_API_KEY; never the key itself.",
  )
  .describe("Environment variable that holds the key. The key itself never stands in a file.");

/** Fields that every model server has in a launch file. */
export const modelConfigFields = {
  // Node's fetch gives up on a silent server after 300 s, whatever it is told.
  timeoutS: z.number().positive().max(300).default(60).describe("Seconds that one answer may take, retries included."),
  maxRetries: z.int().min(0).max(10).default(3).describe("How often a request that failed in passing is sent again."),
  temperature: z.number().min(0).max(2).default(0).describe("0 for the most likely answer."),
  maxOutputTokens: z.int().positive().default(2_048).describe("Longest answer, in tokens; thinking counts."),
  convention: z
    .string()
    .min(1)
    .optional()
    .describe("How the model writes points in a picture; default: chosen by the model's name."),
} as const;
