import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";

const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,47}$/, "Expected small letters, digits and underscores, a letter first.")
  .default("handeye_pictures");

/** Where vectors of pictures are kept. */
export const vectorStoreSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("folder").describe("Files beside the pictures; good for tens of thousands.") }),
  z.strictObject({
    type: z.literal("qdrant").describe("A Qdrant server, over REST."),
    baseUrl: baseUrlSchema.default("http://127.0.0.1:6333").describe("Its address."),
    collection: nameSchema.describe("Collection; made at first use."),
    apiKeyEnv: apiKeyEnvSchema.optional(),
    timeoutS: modelConfigFields.timeoutS.default(20),
    maxRetries: modelConfigFields.maxRetries.default(2),
  }),
  z.strictObject({
    type: z.literal("pgvector").describe("PostgreSQL with the extension pgvector."),
    url: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: "Expected an address such as postgresql://handeye@127.0.0.1/handeye.",
      })
      .refine((text) => new URL(text).password === "", "The password stands in the variable that passwordEnv names.")
      .default("postgresql://handeye@127.0.0.1:5432/handeye")
      .describe("User, host and database, without the password."),
    passwordEnv: apiKeyEnvSchema.optional().describe("Environment variable that holds the password."),
    table: nameSchema.describe("Table; made at first use."),
    timeoutS: modelConfigFields.timeoutS.default(20),
  }),
]);
export type VectorStoreConfig = z.infer<typeof vectorStoreSchema>;
