import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMissionFilm, type MissionFilm } from "../../../adapters/video/index.js";
import { ControllerError } from "../../../domain/errors.js";
import type { HandeyeEvent } from "../../../domain/event.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { BackendFailure } from "../../../ports/skill-backends.js";
import type { MadeVideo, MakingOptions, RehearsedStep, Rehearsal } from "../../../ports/clip-maker.js";
import type { Speaker } from "../../../ports/speaker.js";
import type { Eyes } from "../../create-eyes.js";
import { createSimStack } from "../../create-runtime.js";
import { openSpeaker } from "../../create-speech.js";
import type { Launch } from "../../launch/launch-schema.js";
import { endOf, narrationOf, soundTrack, speakLines, type Line, type SpokenLine } from "./narrate.js";

export interface RehearseOptions extends MakingOptions {
  readonly launch: Launch;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Eyes that are loaded already and stay the caller's; absent where the simulator's own serve. */
  readonly eyes?: Eyes;
}

interface Wish {
  readonly instruction: string;
  readonly narrate: boolean;
  readonly language: "en" | "zh";
}

const FPS = 10;
/** The picture stands this long after the last word. */
const AFTER_LAST_WORD_S = 0.4;

/**
 * Plays an instruction through in a second simulation of its own, filmed by its head camera, with what happens spoken in the sound track.
 * Neither the robot, nor its mission, nor its kept state is touched.
 */
export async function rehearse(wish: Wish, options: RehearseOptions): Promise<Result<Rehearsal, BackendFailure>> {
  const { launch, onProgress, signal } = options;
  const { copy, notes } = copyOf(launch);
  const folder = await mkdtemp(join(tmpdir(), "handeye-rehearsal-"));
  try {
    const path = join(folder, "clip.mp4");
    const narrator = wish.narrate ? openNarrator(wish, options) : undefined;
    // Its failure is told where it is waited for.
    narrator?.catch(() => undefined);
    const film = createMissionFilm({ path, fps: FPS });
    let played: Played;
    let spoken: Spoken | undefined;
    try {
      onProgress({ fraction: 0.02, message: "building the copy of the world" });
      played = await play(wish, { ...options, launch: copy, film });
      onProgress({ fraction: 0.85, message: "speaking" });
      spoken = narrator === undefined ? undefined : await speak(await narrator, played.told, signal);
      if (spoken !== undefined) film.hold(endOf(spoken.lines) + AFTER_LAST_WORD_S - film.filmedS);
    } finally {
      await film.close().catch(() => undefined);
      await (await narrator?.catch(() => undefined))?.speaker.close();
    }
    const silent = await film.close().then(() => readFile(path));
    onProgress({ fraction: 0.92, message: "putting sound and pictures together" });
    const made = await finish(silent, spoken, wish);
    if (!made.ok) return made;
    const { robot } = copy;
    onProgress({ fraction: 1 });
    return ok({
      ...made.value,
      ...played.result,
      steps: played.steps,
      world: robot.type === "sim" ? `simulated ${robot.scene}, seed ${robot.seed}` : "",
      seed: robot.type === "sim" ? robot.seed : 0,
      notes: [...notes, ...(spoken?.notes ?? [])],
      ...(spoken === undefined || spoken.lines.length === 0
        ? {}
        : { narrator: spoken.by, narration: spoken.lines.map(({ atS, text }) => ({ atS: round(atS), text })) }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The launch file with a simulation of its own, as fast as the machine can, and without traces of its own. */
function copyOf(launch: Launch): { readonly copy: Launch; readonly notes: readonly string[] } {
  const { robot, telemetry } = launch;
  const notes =
    robot.type === "sim"
      ? []
      : [
          "The launch file's robot is no simulation: it was rehearsed in the built-in simulated kitchen, whose things and places are others.",
        ];
  return {
    notes,
    copy: {
      ...launch,
      robot:
        robot.type === "sim"
          ? { ...robot, rate: "fast" }
          : { type: "sim", id: robot.id, scene: "kitchen", seed: 1, rate: "fast" },
      telemetry: { ...telemetry, video: undefined, record: undefined, plannerTrace: undefined },
      // Nobody can be hurt in a copy, and nobody sits there to be asked.
      safety: { ...launch.safety, approve: "auto" },
    },
  };
}

interface Played {
  readonly result: Pick<Rehearsal, "outcome" | "grade" | "code">;
  readonly steps: readonly RehearsedStep[];
  readonly told: readonly { readonly atS: number; readonly event: HandeyeEvent }[];
}

async function play(
  { instruction }: Wish,
  { launch, eyes, film, signal, onProgress }: RehearseOptions & { readonly film: MissionFilm },
): Promise<Played> {
  const { runtime } = await createSimStack(launch, eyes === undefined ? {} : { eyes });
  const told: { atS: number; event: HandeyeEvent }[] = [];
  const steps: RehearsedStep[] = [];
  try {
    const follow = (event: HandeyeEvent): void => {
      const atS = film.filmedS;
      film.publish(event);
      told.push({ atS, event });
      if (event.event === "action-start") {
        steps.push({ atS: round(atS), action: event.action.action, ...labelOf(event.action) });
        onProgress({ fraction: Math.min(0.8, 0.1 + steps.length * 0.1), message: event.action.action });
      }
      const last = steps.at(-1);
      if (event.event === "receipt" && last?.action === event.receipt.action.action) {
        const { grade, code } = event.receipt;
        steps[steps.length - 1] = { ...last, grade, ...(code === undefined ? {} : { code }) };
      }
    };
    runtime.subscribe({ publish: follow });
    const end = runtime.watch({
      camera: "head",
      everyS: 1 / FPS,
      sink: (frame) => film.picture(frame, frame.capturedAtMs),
    });
    // A mission that ends with a question, or at once, takes no time in which the camera would have filmed.
    const before = await runtime.picture("head", { signal });
    film.picture(before, before.capturedAtMs);
    const { outcome, grade, code } = await runtime.run(instruction, { signal });
    end();
    if (signal.aborted) throw new ControllerError("aborted", "The rehearsal was called off.");
    return { result: { outcome, grade, ...(code === undefined ? {} : { code }) }, steps, told };
  } finally {
    await runtime.close();
  }
}

function labelOf(action: Extract<HandeyeEvent, { event: "action-start" }>["action"]): { readonly label?: string } {
  if ("target" in action) return { label: action.target.label };
  if ("from" in action) return { label: action.from.label };
  return "to" in action ? { label: action.to.label } : {};
}

interface Narrator {
  readonly speaker: Speaker;
  readonly language: "en" | "zh";
  readonly notes: readonly string[];
}

/** flite speaks English on board; espeak-ng speaks Chinese where it is installed. */
async function openNarrator({ language }: Wish, { launch, env, signal }: RehearseOptions): Promise<Narrator> {
  const open = (type: "flite" | "espeak-ng"): Promise<Speaker> =>
    openSpeaker(type === "flite" ? { type, voice: "slt", stretch: 1 } : { type, wordsPerMinute: 180 }, {
      launch,
      env,
      part: "skills.clip",
    });
  if (language === "zh") {
    const speaker = await open("espeak-ng");
    const tried = await speaker.speak("好", { signal, language });
    if (tried.ok) return { speaker, language, notes: [] };
    await speaker.close();
    return {
      speaker: await open("flite"),
      language: "en",
      notes: [`It is narrated in English: no voice on board speaks Chinese (${tried.message})`],
    };
  }
  return { speaker: await open("flite"), language, notes: [] };
}

interface Spoken {
  readonly lines: readonly SpokenLine[];
  readonly by: string;
  readonly notes: readonly string[];
}

async function speak(narrator: Narrator, told: Played["told"], signal: AbortSignal): Promise<Spoken> {
  const { speaker, language, notes } = narrator;
  const lines = told.flatMap(({ atS, event }): readonly Line[] => {
    const text = narrationOf(event, language);
    return text === undefined ? [] : [{ atS, text, ...(event.event === "mission-end" ? { isEnd: true } : {}) }];
  });
  const said = await speakLines(lines, speaker, { language, signal });
  return { lines: said, by: speaker.name, notes };
}

async function finish(
  silent: Uint8Array,
  spoken: Spoken | undefined,
  { instruction }: Wish,
): Promise<Result<MadeVideo, BackendFailure>> {
  // Loaded only where a film is made.
  const { readMp4 } = await import("../../../adapters/video/open-mp4.js");
  const { rewriteMp4 } = await import("../../../adapters/video/write-mp4.js");
  const before = await readMp4(silent);
  if (!before.ok) return fail("model-failed", before.message);
  const bytes = await rewriteMp4(silent, {
    title: `Rehearsal: ${instruction}`,
    comment: "Simulated by Handeye: a rehearsal in a copy of the world. The real robot did none of this.",
    ...(spoken === undefined || spoken.lines.length === 0
      ? {}
      : { sound: soundTrack(spoken.lines, before.value.durationS) }),
  });
  const after = await readMp4(bytes);
  if (!after.ok) return fail("model-failed", after.message);
  const { durationS, frames, width, height, hasSound } = after.value;
  return ok({ bytes, durationS: round(durationS), frames, width, height, hasSound });
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100;
