import { z } from "zod";
import { PROVIDERS } from "../../../adapters/open-weights/families.js";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";

export const depthEntrySchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("camera").describe("As the camera measured it; for pictures that bring their depth."),
  }),
  onboardEntrySchema,
  z.strictObject({
    type: z
      .literal("depth-anything-v2")
      .describe(
        "Depth Anything V2. Metric weights give metres; relative ones are fitted to known planes, else refused.",
      ),
    modelDir: z.string().min(1).describe("Folder with model.json (the card) and the weights."),
    planesM: z
      .array(z.number().min(-5).max(5))
      .max(8)
      .default([])
      .describe("Heights in metres of the horizontal surfaces in view, base frame."),
    scale: z.number().positive().max(10).default(1).describe("Factor on the metres of metric weights."),
    providers: z.array(z.enum(PROVIDERS)).min(1).default(["cpu"]).describe("Where it runs, tried in this order."),
  }),
]);
export type DepthEntry = z.infer<typeof depthEntrySchema>;

export const depthSchema = backendsSchema(depthEntrySchema, [{ type: "camera" }, { type: "onboard" }]).describe(
  "Metric depth of a picture, and its points in space.",
);
