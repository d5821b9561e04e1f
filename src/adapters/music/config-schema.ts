import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";
import { AUDIO_FORMATS } from "../../domain/speech/check-audio.js";

/** vLLM-Omni's text to audio. */
export const vllmOmniMusicConfigSchema = z.strictObject({
  type: z.literal("vllm-omni").describe("A vLLM-Omni server with /audio/generate: Stable Audio Open and others."),
  baseUrl: baseUrlSchema.default("http://127.0.0.1:8091/v1").describe("Address up to and with /v1."),
  model: z.string().min(1).default("stabilityai/stable-audio-open-1.0").describe("Model id as the server lists it."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  timeoutS: modelConfigFields.timeoutS.default(300),
  maxRetries: modelConfigFields.maxRetries.default(1),
  guidanceScale: z.number().positive().max(50).default(7).describe("How closely it keeps to the words."),
  steps: z.int().positive().max(500).default(100).describe("Steps of diffusion: more are slower and cleaner."),
  negativePrompt: z.string().max(1_000).optional().describe("What shall not be heard."),
});
export type VllmOmniMusicConfig = z.infer<typeof vllmOmniMusicConfigSchema>;

/** http or https, without user, password or fragment. A query is allowed. */
const endpointSchema = z
  .string()
  .regex(/^https?:\/\/[^\s@#]+$/, "Expected an address such as https://music.example.com/api/jobs/{job}.");
const fieldSchema = z.string().regex(/^[\w-]+(\.[\w-]+)*$/, "Expected the way to a field, such as id or 0.audio_url.");

/** Any service that takes a job, tells how it is, and names the file in the end. */
export const ownEndpointConfigSchema = z.strictObject({
  type: z
    .literal("own-endpoint")
    .describe("A job service of your own choice. That its owner allows such use, and what it costs, is yours to know."),
  submit: z
    .strictObject({
      url: endpointSchema,
      body: z
        .record(z.string(), z.unknown())
        .default({ prompt: "{prompt}" })
        .describe("JSON that is posted; {prompt}, {durationS} and {seed} in its texts are filled in."),
      jobField: fieldSchema.default("id").describe("Where the answer has the job's name: id, or 0.id in a list."),
    })
    .describe("How a job is handed in."),
  poll: z
    .strictObject({
      url: endpointSchema.describe("{job} in it is filled in."),
      everyS: z.number().min(0.5).max(60).default(5),
      statusField: fieldSchema.default("status"),
      done: z.array(z.string()).min(1).default(["complete", "completed", "succeeded", "done"]),
      failed: z.array(z.string()).min(1).default(["error", "failed", "cancelled"]),
      progressField: fieldSchema.optional().describe("Where it says how far it is: 0 to 1, or per cent."),
      audioUrlField: fieldSchema.default("audio_url").describe("Where it names the file once it is done."),
    })
    .describe("How it is asked for."),
  cancel: z
    .strictObject({ url: endpointSchema.describe("{job} in it is filled in."), method: z.enum(["POST", "DELETE"]) })
    .optional()
    .describe("How a job is called off; without it, it goes on at the service."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  keyHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .default("authorization")
    .describe("Header that carries the key; it is sent to submit, poll and cancel only."),
  keyPrefix: z.string().max(20).default("Bearer ").describe("What stands before the key in that header."),
  format: z.enum(AUDIO_FORMATS).default("mp3").describe("What the service's files are."),
  timeoutS: z.number().positive().max(3_600).default(600).describe("Seconds that one job may take in all."),
  maxRetries: modelConfigFields.maxRetries.default(2),
});
export type OwnEndpointConfig = z.infer<typeof ownEndpointConfigSchema>;
