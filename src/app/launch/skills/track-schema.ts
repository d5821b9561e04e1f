import { z } from "zod";
import { backendsSchema } from "./backends-schema.js";
import { groundEntrySchema } from "./ground-schema.js";

export const trackSchema = backendsSchema(groundEntrySchema, [{ type: "onboard" }]).describe(
  "Follows a described thing through a clip.",
);
export type TrackConfig = z.infer<typeof trackSchema>;
