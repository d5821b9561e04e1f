import { join } from "node:path";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import type { SkillResponse } from "../../domain/skill/skill-messages.js";
import type { Capability } from "../../skill-kit/index.js";
import type { BackendDeps, OpenedBackend } from "./backend-kind.js";
import { createArtefactShelf } from "./artefact-shelf.js";
import { createCapabilities } from "./capabilities.js";
import { listSkills } from "./list-skills.js";
import { runSkill } from "./run-skill.js";
import type { ConfiguredBackend } from "./skill-entry.js";
import { SKILLS } from "./skills.js";
import { artefactsDir, type SkillService, type SkillServiceOptions } from "./skill-service.js";
import { createTurns } from "./turns.js";

const CLOSE_PATIENCE_MS = 10_000;
const MOVING: ReadonlySet<Capability> = new Set(["arm", "gripper", "base"]);

export function createSkillService(options: SkillServiceOptions): SkillService {
  const { launch, stage, stateDir, env, onNote = () => undefined, entries = SKILLS } = options;
  const capabilities = createCapabilities();
  const turns = createTurns(options.turns ?? { atOnce: 4, waiting: 16 });
  const shelf = createArtefactShelf(artefactsDir(stateDir));
  /** Folders of runs that are under way. */
  const active = new Set<string>();
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
  const dropBackend = async (
    skill: string,
    index: number,
    broken: OpenedBackend<unknown> | undefined,
  ): Promise<void> => {
    const key = `${skill}/${index}`;
    const now = await opened.get(key)?.catch(() => undefined);
    // Another run may have dropped it already, and opened it anew.
    if (broken === undefined || now !== broken) return;
    opened.delete(key);
    await broken.close().catch(() => undefined);
  };
  /** One that is still being opened is closed when it is there; nobody waits for it longer than this. */
  const closeBackends = async (): Promise<void> => {
    const all = [...opened.values()].map((opening) => opening.then((each) => each.close()));
    opened.clear();
    let cancel = (): void => undefined;
    const patience = new Promise<void>((resolve) => (cancel = options.timers.after(CLOSE_PATIENCE_MS, resolve)));
    await Promise.race([Promise.allSettled(all), patience]);
    cancel();
  };

  let closing: Promise<void> | undefined;
  return {
    artefacts: shelf,
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
      const standing = entry.skill.uses.some((capability) => MOVING.has(capability))
        ? runOptions.mayMove?.()
        : undefined;
      if (standing !== undefined) return refuse(standing.code, standing.message);
      const turn = await turns.take(AbortSignal.any([runOptions.signal, ending.signal]));
      if (turn === "busy") return refuse("busy", "Too many skills run and wait now. Try again later.");
      if (turn === "aborted") return refuse("aborted", `Skill "${name}" was called off.`);
      const release = capabilities.take(name, entry.skill.uses);
      if (typeof release === "string") {
        turn();
        return refuse("busy", release);
      }
      const runId = `${new Date(options.nowMs()).toISOString().replace(/[-:]|\.\d+/gu, "")}-${name}-${options.newId().slice(0, 8)}`;
      active.add(runId);
      const run = runSkill({
        ...options,
        entry,
        settings,
        request,
        run: runOptions,
        ending: ending.signal,
        open: (index, backend) => openBackend(name, index, backend),
        drop: (index, broken) => dropBackend(name, index, broken),
        runId,
        tookMs,
      }).catch((error: unknown): SkillResponse => {
        // A device, a file or an assumption is broken; who asked hears of it as of any other failure.
        const code = error instanceof ControllerError ? error.code : "internal";
        return refuse(code, error instanceof Error ? error.message : String(error));
      });
      running.add(run);
      try {
        const response = await run;
        if (response.ok && response.artefacts.length > 0) {
          await shelf.prune(launch.skills.keepArtefactsMb * 1e6, active).catch((error: unknown) => {
            onNote("warning", `Old files of skills could not be removed: ${String(error)}`);
          });
        }
        return response;
      } finally {
        running.delete(run);
        active.delete(runId);
        release();
        turn();
      }
    },
    close() {
      closing ??= (async () => {
        // Jobs at servers go on, for the next run of the program to pick up.
        ending.abort(
          new ControllerError("aborted", "The robot's program is ending.", { details: { keepsJobs: true } }),
        );
        await Promise.allSettled(running);
        await closeBackends();
        await stage.close();
      })();
      return closing;
    },
  };
}
