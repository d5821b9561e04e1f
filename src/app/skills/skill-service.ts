import { join } from "node:path";
import type { SkillProgress, SkillRequest, SkillResponse } from "../../domain/skill/skill-messages.js";
import type { Timers } from "../../execution/index.js";
import type { Launch } from "../launch/launch-schema.js";
import type { ArtefactShelf } from "./artefact-shelf.js";
import type { SkillListing } from "./list-skills.js";
import type { SkillEntry } from "./skill-entry.js";
import type { SkillStage } from "./skill-stage.js";
import type { TurnLimits } from "./turns.js";

export interface RunSkillOptions {
  readonly signal: AbortSignal;
  /** Who asks: people far away may only name files in certain folders. */
  readonly from: "local" | "remote";
  /** Asked before a skill that moves the robot: why it may not now. Absent: the robot's own gates alone decide. */
  readonly mayMove?: () => { readonly code: string; readonly message: string } | undefined;
  readonly onProgress?: (progress: SkillProgress) => void;
  /** Where files go; default: a folder of the run's own under `stateDir`/artefacts. For those who sit at the machine. */
  readonly outDir?: string;
  /** Output whose JSON is longer is kept as a file, `output.json`; default: none is too long. */
  readonly mostOutputBytes?: number;
}

/** All skills of one robot, whatever way they are reached. */
export interface SkillService {
  /** Quick: nothing is started and nobody is asked. */
  list(): Promise<readonly SkillListing[]>;
  /** Never rejects: whatever goes wrong is a response with a code. */
  run(skill: string, request: SkillRequest, options: RunSkillOptions): Promise<SkillResponse>;
  /** What skills have kept in the robot's own folder. */
  readonly artefacts: Pick<ArtefactShelf, "list" | "find">;
  /** Calls off what runs and closes the back ends. Safe to call twice. */
  close(): Promise<void>;
}

export interface SkillServiceOptions {
  readonly launch: Launch;
  readonly stage: SkillStage;
  readonly stateDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timers: Timers;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly onNote?: (level: "info" | "warning", text: string) => void;
  /** What the robot says aloud; absent: nobody hears it. */
  readonly say?: (text: string) => Promise<void>;
  /** Default: all that ship. */
  readonly entries?: readonly SkillEntry[];
  /** Default: four runs at once, and sixteen that wait. */
  readonly turns?: TurnLimits;
}

export const artefactsDir = (stateDir: string): string => join(stateDir, "artefacts");
