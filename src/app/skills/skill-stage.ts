import type { Frame } from "../../domain/frame.js";
import type { Look } from "../../ports/perception.js";
import { loadEyes, loadOnboardEyes, type Eyes } from "../create-eyes.js";
import type { Launch } from "../launch/launch-schema.js";
import type { Runtime } from "../runtime.js";
import { perceiveFrame } from "./perceive-frame.js";

export interface SkillStageOptions {
  readonly launch: Launch;
  /** The robot, for skills that look through its cameras or act; started when the first one needs it. */
  readonly openRuntime: () => Promise<Runtime>;
  /** Eyes that are loaded already and stay the caller's. */
  readonly eyes?: Eyes;
}

/** Cameras and eyes for skills: nothing is started before somebody needs it, and everything only once. */
export interface SkillStage {
  runtime(): Promise<Runtime>;
  eyes(): Promise<Eyes>;
  picture(camera: "head" | "wrist", signal: AbortSignal): Promise<Frame>;
  perceive(frame: Frame, options: { readonly phrases: readonly string[]; readonly signal: AbortSignal }): Promise<Look>;
  /** Closes what it loaded itself; the runtime is whoever's who opened it. */
  close(): Promise<void>;
}

export function createSkillStage({ launch, openRuntime, eyes: shared }: SkillStageOptions): SkillStage {
  let runtime: Promise<Runtime> | undefined;
  let eyes: Promise<Eyes> | undefined;
  // The oracle sees only its own simulation: skills look with the eyes that a robot would have.
  const load = async (): Promise<Eyes> => shared ?? (await loadEyes(launch)) ?? loadOnboardEyes({ type: "onboard" });
  const once = async <T>(started: Promise<T>, forget: () => void): Promise<T> => {
    try {
      return await started;
    } catch (error) {
      forget();
      throw error;
    }
  };

  const stage: SkillStage = {
    runtime: () => once((runtime ??= openRuntime()), () => (runtime = undefined)),
    eyes: () => once((eyes ??= load()), () => (eyes = undefined)),
    async picture(camera, signal) {
      return (await stage.runtime()).picture(camera, { signal });
    },
    async perceive(frame, { phrases, signal }) {
      const { grounder, depth } = await stage.eyes();
      return perceiveFrame(frame, { grounder, depth, heights: launch.room, phrases, signal });
    },
    async close() {
      const loaded = shared === undefined ? await eyes?.catch(() => undefined) : undefined;
      eyes = undefined;
      await loaded?.close();
    },
  };
  return stage;
}
