import { z } from "zod";
import { automatic1111ConfigSchema } from "../../../adapters/automatic1111/config-schema.js";
import { comfyPictureConfigSchema } from "../../../adapters/comfyui/config-schema.js";
import { imagesConfigSchema } from "../../../adapters/openai-media/config-schema.js";
import { backendsSchema } from "./backends-schema.js";

export const pictureEntrySchema = z.discriminatedUnion("type", [
  automatic1111ConfigSchema,
  comfyPictureConfigSchema,
  imagesConfigSchema,
]);
export type PictureEntry = z.infer<typeof pictureEntrySchema>;

export const pictureSchema = backendsSchema(pictureEntrySchema, [{ type: "automatic1111" }]).describe(
  "Makes and changes pictures. Nothing on board can: it needs a server.",
);
