import type { SkillArtefact, SkillProgress, SkillResponse } from "../../../domain/skill/skill-messages.js";
import { authorization } from "./link.js";

/** What of a JSON schema the page reads. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly "x-media"?: "picture" | "sound" | "clip" | "file";
}

export interface Skill {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly input: Schema;
  readonly backends: readonly {
    readonly type: string;
    readonly place?: number;
    readonly usable: boolean;
    readonly why?: string;
  }[];
}

/** The skills of the robot whose server this page comes from. */
export async function fetchSkills(): Promise<{ readonly robot: string; readonly skills: readonly Skill[] }> {
  const response = await fetch("/skills", { headers: { authorization: authorization() } });
  if (!response.ok) throw new Error(await problemOf(response));
  return (await response.json()) as { robot: string; skills: Skill[] };
}

export interface RunOptions {
  readonly backend: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SkillProgress) => void;
}

/** Runs a skill; calling off is the signal's. Rejects when the server cannot be reached, or refuses. */
export async function runSkill(name: string, input: unknown, options: RunOptions): Promise<SkillResponse> {
  const query = options.backend === "" ? "" : `?backend=${encodeURIComponent(options.backend)}`;
  const response = await fetch(`/skills/${encodeURIComponent(name)}${query}`, {
    method: "POST",
    body: JSON.stringify(input),
    headers: { "content-type": "application/json", accept: "text/event-stream", authorization: authorization() },
    signal: options.signal,
  });
  if (!response.ok || response.body === null) throw new Error(await problemOf(response));
  let pending = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error("The robot's program has ended.");
    pending += value;
    const events = pending.split("\n\n");
    pending = events.pop() ?? "";
    for (const event of events) {
      const [, kind, data] = /^event: (\w+)\ndata: ([^]*)$/.exec(event) ?? [];
      if (kind === "progress") options.onProgress(JSON.parse(data) as SkillProgress);
      if (kind === "response") return JSON.parse(data) as SkillResponse;
    }
  }
}

/** An artefact's bytes, under an address that only this page knows. The caller revokes it. */
export async function fetchArtefact({ url = "", mediaType }: SkillArtefact): Promise<string> {
  const response = await fetch(url, { headers: { authorization: authorization() } });
  if (!response.ok) throw new Error(await problemOf(response));
  return URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: mediaType }));
}

async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
