import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMediaOpener } from "../../src/app/skills/media-opener.js";
import type { SkillStage } from "../../src/app/skills/skill-stage.js";
import type { Action } from "../../src/domain/action.js";
import { ControllerError } from "../../src/domain/errors.js";
import type { Frame } from "../../src/domain/frame.js";
import type { Receipt } from "../../src/domain/receipt.js";
import { ok } from "../../src/domain/result.js";
import type { SkillArtefact, SkillProgress } from "../../src/domain/skill/skill-messages.js";
import type { Sound } from "../../src/domain/speech/sound.js";
import type { Look } from "../../src/ports/perception.js";
import type { ClipPicture, NewArtefact, SkillContext } from "../../src/skill-kit/index.js";

export interface FakeSkillContextOptions {
  readonly signal?: AbortSignal;
  readonly backendName?: string;
  /** What the robot's cameras show; a camera that is not named is `camera-unavailable`. */
  readonly cameras?: { readonly head?: Frame; readonly wrist?: Frame };
  /** Pictures, sounds and clips by the path that the input names. Any other path is a true file on the disk. */
  readonly pictures?: Readonly<Record<string, Frame>>;
  readonly sounds?: Readonly<Record<string, Sound>>;
  readonly clips?: Readonly<Record<string, readonly ClipPicture[]>>;
  /** What the eyes find in a frame; absent: they throw `model-failed`. */
  readonly perceive?: (frame: Frame, phrases: readonly string[]) => Look | Promise<Look>;
  /** What becomes of an action; absent: it throws `robot-disconnected`. */
  readonly act?: (action: Action) => Receipt | Promise<Receipt>;
  readonly nowMs?: () => number;
}

/** A file that the skill kept, read back. */
export interface KeptFile extends Pick<NewArtefact, "name" | "mediaType" | "recipe"> {
  readonly bytes: Uint8Array;
}

export interface FakeSkillContext<Backend> extends SkillContext<Backend> {
  /** In the order in which the skill did it. */
  readonly kept: readonly KeptFile[];
  readonly progressed: readonly SkillProgress[];
  readonly said: readonly string[];
  readonly acted: readonly Action[];
}

/**
 * A context for `skill.run(input, context)` without a robot, an artefact folder or a launch file:
 *
 *     const context = fakeSkillContext<Captioner>({ caption: async () => ok({ text: "A mug." }) }, { cameras: { head: frame } });
 *     const result = await caption.run({}, context);
 *     expect(context.kept).toEqual([]);
 *
 * The first argument is the back end (any object of the port's shape). Paths in the input that `pictures`, `sounds` or `clips` name
 * give those; all others, and `{ data }`, are opened from the disk and decoded as in the real thing, with its failures. What the skill
 * keeps, says, does and tells of its progress is collected in `kept`, `said`, `acted`, `progressed`.
 */
export function fakeSkillContext<Backend>(
  backend: Backend,
  options: FakeSkillContextOptions = {},
): FakeSkillContext<Backend> {
  const { signal = new AbortController().signal, cameras = {}, pictures = {}, sounds = {}, clips = {} } = options;
  const kept: KeptFile[] = [];
  const progressed: SkillProgress[] = [];
  const said: string[] = [];
  const acted: Action[] = [];
  const stage: Pick<SkillStage, "picture"> = {
    async picture(camera) {
      const frame = cameras[camera];
      if (frame === undefined) throw new ControllerError("camera-unavailable", `This test has no ${camera} camera.`);
      return frame;
    },
  };
  // Only cameras are asked of the stage by the opener of media.
  const media = createMediaOpener({ stage: stage as SkillStage, signal, policy: { from: "local", folders: [] } });
  const record = (file: KeptFile): SkillArtefact => {
    kept.push(file);
    return {
      name: file.name,
      mediaType: file.mediaType,
      bytes: file.bytes.length,
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
      path: `/artefacts/${file.name}`,
      recipe: { ...file.recipe, skill: "test", backend: options.backendName ?? "fake" },
    };
  };

  return {
    kept,
    progressed,
    said,
    acted,
    signal,
    backend,
    backendName: options.backendName ?? "fake",
    openPicture: async (ref) =>
      typeof ref === "string" && ref in pictures
        ? ok({ frame: pictures[ref], origin: ref, calibrated: false })
        : media.openPicture(ref),
    openSound: async (ref) => (typeof ref === "string" && ref in sounds ? ok(sounds[ref]) : media.openSound(ref)),
    async openClip(ref) {
      if (typeof ref !== "string" || !(ref in clips)) return media.openClip(ref);
      const all = clips[ref];
      return ok({
        origin: ref,
        durationS: (all.at(-1)?.timeMs ?? 0) / 1000,
        async *pictures({ everyS = 0 } = {}) {
          let nextMs = 0;
          for (const picture of all) {
            if (signal.aborted) return;
            if (picture.timeMs < nextMs) continue;
            nextMs = picture.timeMs + everyS * 1000;
            yield picture;
          }
        },
      });
    },
    openFile: media.openFile,
    async perceive(frame, { phrases = [] } = {}) {
      if (options.perceive === undefined) throw new ControllerError("model-failed", "This test has no eyes.");
      return options.perceive(frame, phrases);
    },
    async act(action) {
      if (options.act === undefined) throw new ControllerError("robot-disconnected", "This test has no robot.");
      acted.push(action);
      return options.act(action);
    },
    say: async (text) => void said.push(text),
    progress: (progress) => void progressed.push(progress),
    async keep({ name, mediaType, recipe, bytes }) {
      return record({ name, mediaType, bytes, ...(recipe === undefined ? {} : { recipe }) });
    },
    async keepFile({ name, mediaType, recipe, write }) {
      const folder = await mkdtemp(join(tmpdir(), "handeye-kept-"));
      try {
        await write(join(folder, name));
        const bytes = await readFile(join(folder, name));
        return record({ name, mediaType, bytes, ...(recipe === undefined ? {} : { recipe }) });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    nowMs: options.nowMs ?? (() => 0),
  };
}
