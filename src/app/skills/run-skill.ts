import { join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import { raceAbort } from "../../execution/index.js";
import type { SkillAttempt, SkillRequest, SkillResponse } from "../../domain/skill/skill-messages.js";
import type { BackendFailure, RequestFailure } from "../../ports/skill-backends.js";
import type { SkillContext } from "../../skill-kit/index.js";
import { createArtefactRun, type ArtefactRun } from "./artefact-store.js";
import type { OpenedBackend } from "./backend-kind.js";
import { artefactsDir, type RunSkillOptions, type SkillServiceOptions } from "./skill-service.js";
import { createMediaOpener } from "./media-opener.js";
import type { ConfiguredBackend, SkillEntry, SkillSettings } from "./skill-entry.js";

/** After one of these the next back end is asked. Whatever else goes wrong would go wrong with that one, too. */
const CANNOT_SERVE: ReadonlySet<string> = new Set<BackendFailure>([
  "not-installed",
  "model-missing",
  "model-failed",
  "offline",
  "link-lost",
  "timeout",
  "unauthorized",
  "model-not-found",
  "rate-limited",
  "server-error",
  "bad-answer",
  "unsupported",
]);
/** So it is after one of these, and where nobody serves they are the answer: they speak of the request. */
const LACKS_FOR_THIS: ReadonlySet<string> = new Set<RequestFailure>([
  "unknown-voice",
  "unsupported-language",
  "not-understood",
]);
/** The same: what it gave made no sense to the skill. */
const MAKES_NO_SENSE = "bad-output";
/** A back end that broke like this is opened anew. */
const BROKEN: ReadonlySet<string> = new Set(["model-failed", "worker-died", "link-failed"]);

export interface SkillRun extends SkillServiceOptions {
  readonly entry: SkillEntry;
  readonly settings: SkillSettings;
  readonly request: SkillRequest;
  readonly run: RunSkillOptions;
  readonly ending: AbortSignal;
  readonly open: (index: number, backend: ConfiguredBackend) => Promise<OpenedBackend<unknown>>;
  readonly drop: (index: number, broken: OpenedBackend<unknown> | undefined) => Promise<void>;
  /** Name of the run's folder. */
  readonly runId: string;
  readonly tookMs: () => number;
}

/** One run: the back ends in their order, each with a clean slate of files, all within one time limit. */
export async function runSkill(options: SkillRun): Promise<SkillResponse> {
  const { entry, settings, request, launch, timers, ending, run, tookMs } = options;
  const { name } = entry.skill;
  const limitMs = settings.timeoutS === undefined ? entry.skill.timeoutMs : settings.timeoutS * 1000;
  const limit = new AbortController();
  const cancel = timers.after(limitMs, () =>
    // Jobs at servers go on: who asks for the same again gets what they made.
    limit.abort(new ControllerError("aborted", "The time limit is reached.", { details: { keepsJobs: true } })),
  );
  const signal = AbortSignal.any([run.signal, limit.signal, ending]);
  const tried: SkillAttempt[] = [];
  const failure = (code: string, message: string, details?: Readonly<Record<string, unknown>>): SkillResponse => ({
    ok: false,
    skill: name,
    tried,
    tookMs: tookMs(),
    code,
    message,
    ...(details === undefined ? {} : { details }),
  });
  const interrupted = (): SkillResponse =>
    limit.signal.aborted
      ? failure("timeout", `Skill "${name}" took more than ${limitMs / 1000} s. Allow more in skills.${name}.timeoutS.`)
      : failure("aborted", `Skill "${name}" was called off.`);

  const candidates = settings.backends
    .map((backend, index) => ({ backend, index }))
    .filter(({ backend }) => request.backend === undefined || backend.type === request.backend);
  if (candidates.length === 0) {
    cancel();
    const names = settings.backends.map(({ type }) => type).join(", ");
    return failure("unknown-backend", `Skill "${name}" has no back end "${request.backend}" set up; it has: ${names}.`);
  }
  const folder = run.outDir ?? join(artefactsDir(options.stateDir), options.runId);

  try {
    for (const { backend, index } of candidates) {
      if (launch.offline && backend.leavesMachine) {
        tried.push({
          backend: backend.type,
          code: "offline",
          message: "It would leave this machine, and offline is set.",
        });
        continue;
      }
      const files = createArtefactRun({
        folder,
        skill: name,
        backend: backend.type,
        isServed: run.outDir === undefined,
      });
      let opened: OpenedBackend<unknown> | undefined;
      const attempt = new AbortController();
      try {
        // Opening may load gigabytes; who calls off does not wait for it. It goes on for the next run.
        opened = await raceAbort(options.open(index, backend), signal);
        const context = contextOf(options, { backend, port: opened.port, files, signal, ended: attempt.signal });
        const result = await entry.run(request.input ?? {}, context);
        attempt.abort();
        if (result.ok) {
          const large = await keepLarge(result.value, files, run.mostOutputBytes);
          await files.settle();
          return {
            ok: true,
            skill: name,
            servedBy: backend.type,
            output: result.value,
            ...large,
            artefacts: [...files.kept],
            tried,
            tookMs: tookMs(),
          };
        }
        await files.discard();
        if (signal.aborted) return interrupted();
        const asksNext =
          CANNOT_SERVE.has(result.code) || LACKS_FOR_THIS.has(result.code) || result.code === MAKES_NO_SENSE;
        if (!asksNext) return failure(result.code, result.message, result.details);
        tried.push({ backend: backend.type, code: result.code, message: result.message });
        if (BROKEN.has(result.code)) await options.drop(index, opened);
      } catch (error) {
        attempt.abort();
        await files.discard();
        if (signal.aborted) return interrupted();
        // What a back end could not open or broke is a reason to ask the next; a bug is not.
        if (!(error instanceof ControllerError) || error.code === "recording-failed") throw error;
        tried.push({ backend: backend.type, code: error.code, message: error.message });
        if (BROKEN.has(error.code)) await options.drop(index, opened);
      }
    }
  } finally {
    cancel();
  }
  const last = tried.find(({ code }) => LACKS_FOR_THIS.has(code)) ?? tried[tried.length - 1];
  const all = tried.map(({ backend, code, message }) => `${backend} (${code}): ${message}`).join("\n");
  return failure(last.code, tried.length === 1 ? last.message : `No back end could serve:\n${all}`);
}

function contextOf(
  options: SkillRun,
  given: {
    readonly backend: ConfiguredBackend;
    readonly port: unknown;
    readonly files: ArtefactRun;
    readonly signal: AbortSignal;
    /** Fires when the run is over, however it ended. */
    readonly ended: AbortSignal;
  },
): SkillContext {
  const { stage, launch, stateDir, run } = options;
  const { backend, port, files, signal, ended } = given;
  const media = createMediaOpener({
    stage,
    signal,
    policy: {
      from: run.from,
      folders: [artefactsDir(stateDir), join(stateDir, "recordings"), ...launch.skills.folders],
    },
  });
  return {
    signal,
    backend: port,
    backendName: backend.type,
    ...media,
    perceive: (frame, { phrases = [] } = {}) => stage.perceive(frame, { phrases, signal }),
    async act(action) {
      const { receipts, message } = await (await stage.runtime()).perform(action, { signal });
      const last = receipts.at(-1);
      if (last === undefined)
        throw new ControllerError("robot-disconnected", `The action was not carried out: ${message}`);
      return last;
    },
    say: options.say ?? (async () => undefined),
    progress: (progress) => void (signal.aborted || ended.aborted || run.onProgress?.(progress)),
    keep: (artefact) => files.keep(artefact),
    keepFile: (artefact) => files.keepFile(artefact),
    nowMs: options.nowMs,
  };
}

/** What does not fit into a message goes into a file. */
async function keepLarge(
  output: unknown,
  files: ArtefactRun,
  mostBytes: number | undefined,
): Promise<{ output: null; outputFile: string } | undefined> {
  if (mostBytes === undefined) return undefined;
  const bytes = Buffer.from(JSON.stringify(output) ?? "null");
  if (bytes.length <= mostBytes) return undefined;
  const { name } = await files.keep({ name: "output.json", mediaType: "application/json", bytes });
  return { output: null, outputFile: name };
}
