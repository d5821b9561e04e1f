import { readFile } from "node:fs/promises";
import type { CallToolResult, Tool } from "@modelcontextprotocol/sdk/types.js";
import type { SkillListing } from "../../app/skills/list-skills.js";
import type { SkillService } from "../../app/skills/skill-service.js";
import type { SkillArtefact, SkillResponse } from "../../domain/skill/skill-messages.js";
import { isObjectSchema, plainSchema } from "./plain-schema.js";
import { failed, type CallContext } from "./robot-tools.js";

/** Larger files are named, not sent. */
const MOST_INLINE_BYTES = 4 * 1024 * 1024;
const IMAGE = /^image\/(png|jpeg|webp|gif)$/;
const AUDIO = /^audio\//;

/** Skills that are switched on, as tools. */
export const skillTools = (listings: readonly SkillListing[]): readonly Tool[] =>
  listings
    .filter(({ enabled }) => enabled)
    .map(({ name, description, input, output, forPlanners }) => ({
      name,
      description,
      inputSchema: plainSchema(input),
      ...(isObjectSchema(output) ? { outputSchema: plainSchema(output) } : {}),
      annotations: { readOnlyHint: forPlanners },
    }));

export interface SkillCall extends CallContext {
  readonly skills: SkillService;
  readonly input: unknown;
  /** Whose words paths are: a client on stdio runs on this machine as this person. */
  readonly from: "local" | "remote";
  readonly mayMove?: () => { readonly code: string; readonly message: string } | undefined;
}

/** Runs a skill for a tool call: its output as structured content, pictures and sounds in place, other files as links. */
export async function callSkill(name: string, call: SkillCall): Promise<CallToolResult> {
  const { skills, input, signal, progress, from, mayMove } = call;
  const response = await skills.run(
    name,
    { input },
    {
      signal,
      from,
      onProgress: ({ fraction, message }) => progress(message ?? `${Math.round(fraction * 100)} %`, fraction),
      ...(mayMove === undefined ? {} : { mayMove }),
    },
  );
  if (!response.ok) {
    return failed(response.code, response.message, { "handeye/tried": response.tried });
  }
  const files = await Promise.all(response.artefacts.map(contentOf));
  return {
    content: [{ type: "text", text: textOf(response) }, ...files],
    ...(isRecord(response.output) ? { structuredContent: response.output } : {}),
    _meta: {
      "handeye/servedBy": response.servedBy,
      "handeye/tried": response.tried,
      "handeye/tookMs": response.tookMs,
    },
  };
}

export const artefactUri = ({ url = "" }: SkillArtefact): string => `handeye:/${url}`;

async function contentOf(artefact: SkillArtefact): Promise<CallToolResult["content"][number]> {
  const { name, mediaType, bytes, path, recipe } = artefact;
  const generated = recipe.generated === true;
  const isShown = bytes <= MOST_INLINE_BYTES && (IMAGE.test(mediaType) || AUDIO.test(mediaType));
  const meta = { _meta: { "handeye/path": path, "handeye/generated": generated } };
  if (isShown) {
    const data = (await readFile(path)).toString("base64");
    return { type: IMAGE.test(mediaType) ? "image" : "audio", data, mimeType: mediaType, ...meta };
  }
  const description = `${path}${generated ? " (generated: no camera saw it)" : ""}`;
  return {
    type: "resource_link",
    uri: artefactUri(artefact),
    name,
    mimeType: mediaType,
    size: bytes,
    description,
    ...meta,
  };
}

function textOf({ output, artefacts }: Extract<SkillResponse, { ok: true }>): string {
  const words = isRecord(output) && typeof output["text"] === "string" ? [output["text"]] : [];
  return [
    ...words,
    JSON.stringify(output),
    ...artefacts.map(
      ({ path, recipe }) => `${path}${recipe.generated === true ? " (generated: no camera saw it)" : ""}`,
    ),
  ].join("\n");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
