import { readFile } from "node:fs/promises";
import type { ReadResourceResult, Resource } from "@modelcontextprotocol/sdk/types.js";
import { encodeJpeg } from "../../app/encode-jpeg.js";
import type { Runtime } from "../../app/runtime.js";
import type { SkillService } from "../../app/skills/skill-service.js";
import { artefactUri } from "./skill-tools.js";

export interface ResourcesOptions {
  readonly runtime: () => Promise<Runtime>;
  readonly skills: SkillService;
}

const CAMERA = /^handeye:\/\/camera\/(head|wrist)$/;
const ARTEFACT = /^handeye:\/\/artefacts\/([^/]+)\/([^/]+)$/;
const TEXT = /^(text\/|application\/json$)/;

/** What the cameras see, and what skills have made. */
export function createResources({ runtime, skills }: ResourcesOptions) {
  return {
    async list(): Promise<readonly Resource[]> {
      const cameras = (["head", "wrist"] as const).map((camera) => ({
        uri: `handeye://camera/${camera}`,
        name: `${camera} camera`,
        description: `What the ${camera} camera sees now.`,
        mimeType: "image/jpeg",
      }));
      const made = (await skills.artefacts.list()).map((artefact) => ({
        uri: artefactUri(artefact),
        name: artefact.name,
        description: `Made by ${artefact.recipe.skill}${artefact.recipe.generated === true ? "; generated: no camera saw it" : ""}.`,
        mimeType: artefact.mediaType,
        size: artefact.bytes,
      }));
      return [...cameras, ...made];
    },
    /** Undefined for what is not there. Rejects where a camera gives no picture. */
    async read(uri: string, signal: AbortSignal): Promise<ReadResourceResult | undefined> {
      const [, camera] = CAMERA.exec(uri) ?? [];
      if (camera === "head" || camera === "wrist") {
        const jpeg = await encodeJpeg(await (await runtime()).picture(camera, { signal }));
        return { contents: [{ uri, mimeType: "image/jpeg", blob: Buffer.from(jpeg).toString("base64") }] };
      }
      const [, run, name] = ARTEFACT.exec(uri) ?? [];
      const found = run === undefined ? undefined : await skills.artefacts.find(run, name);
      if (found === undefined) return undefined;
      const bytes = await readFile(found.path);
      const content = TEXT.test(found.mediaType)
        ? { text: bytes.toString("utf8") }
        : { blob: bytes.toString("base64") };
      return { contents: [{ uri, mimeType: found.mediaType, ...content }] };
    },
  };
}
