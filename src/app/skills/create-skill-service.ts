import { join } from "node:path";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import type { SkillResponse } from "../../domain/skill/skill-messages.js";
import type { BackendDeps, OpenedBackend } from "./backend-kind.js";
import { createCapabilities } from "./capabilities.js";
import { listSkills } from "./list-skills.js";
import { runSkill } from "./run-skill.js";
import type { ConfiguredBackend } from "./skill-entry.js";
import { SKILLS } from "./skills.js";
import type { SkillService, SkillServiceOptions } from "./skill-service.js";

export function createSkillService(options: SkillServiceOptions): SkillService {
  const { launch, stage, stateDir, env, onNote = () => undefined, entries = SKILLS } = options;
  const capabilities = createCapabilities();
  const ending = new AbortController();
  const opened = new Map<string, Promise<OpenedBackend<unknown>>>();
  const running = new Set<Promise<unknown>>();
  const depsOf = (skill: string): BackendDeps => ({
    launch,
    env,
    stage,
    keepDir: join(stateDir, "skills", skill),
    onNote,
  });

  /** Opened at the first run and kept; one that broke is opened anew the next time. */
  const openBackend = async (
    skill: string,
    index: number,
    backend: ConfiguredBackend,
  ): Promise<OpenedBackend<unknown>> => {
    const key = `${skill}/${index}`;
    let opening = opened.get(key);
    if (opening === undefined) opened.set(key, (opening = backend.open(depsOf(skill))));
    try {
      return await opening;
    } catch (error) {
      opened.delete(key);
      throw error;
    }
  };
  const dropBackend = async (skill: string, index: number): Promise<void> => {
    const key = `${skill}/${index}`;
    const broken = await opened.get(key)?.catch(() => undefined);
    opened.delete(key);
    await broken?.close().catch(() => undefined);
  };

  let closing: Promise<void> | undefined;
  return {
    list: () => listSkills(entries, { launch, depsOf }),
    async run(name, request, runOptions) {
      const startedMs = options.nowMs();
      const tookMs = (): number => Math.max(0, options.nowMs() - startedMs);
      const refuse = (code: string, message: string): SkillResponse => ({
        ok: false,
        skill: name,
        tried: [],
        tookMs: tookMs(),
        code,
        message,
      });
      const entry = entries.find(({ skill }) => skill.name === name);
      if (entry === undefined) {
        return refuse(
          "unknown-skill",
          `There is no skill "${name}". There are: ${entries.map(({ skill }) => skill.name).join(", ")}.`,
        );
      }
      if (ending.signal.aborted) return refuse("aborted", "The robot's program is ending.");
      const settings = entry.settings(launch);
      if (!settings.enabled)
        return refuse("not-enabled", `Skill "${name}" is switched off: skills.${name}.enabled is false.`);
      const parsed = entry.skill.input.safeParse(request.input ?? {});
      if (!parsed.success) {
        return refuse("bad-input", `Input of skill "${name}" does not fit:\n${z.prettifyError(parsed.error)}`);
      }
      const release = capabilities.take(name, entry.skill.uses);
      if (typeof release === "string") return refuse("busy", release);
      const run = runSkill({
        ...options,
        entry,
        settings,
        request,
        run: runOptions,
        ending: ending.signal,
        open: (index, backend) => openBackend(name, index, backend),
        drop: (index) => dropBackend(name, index),
        tookMs,
      }).catch((error: unknown): SkillResponse => {
        // A device, a file or an assumption is broken; who asked hears of it as of any other failure.
        const code = error instanceof ControllerError ? error.code : "internal";
        return refuse(code, error instanceof Error ? error.message : String(error));
      });
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
        release();
      }
    },
    close() {
      closing ??= (async () => {
        // Jobs at servers go on, for the next run of the program to pick up.
        ending.abort(
          new ControllerError("aborted", "The robot's program is ending.", { details: { keepsJobs: true } }),
        );
        await Promise.allSettled(running);
        const all = await Promise.allSettled(opened.values());
        opened.clear();
        for (const each of all) if (each.status === "fulfilled") await each.value.close();
        await stage.close();
      })();
      return closing;
    },
  };
}
