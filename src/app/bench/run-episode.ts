import type { MissionResult } from "../../domain/mission.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { TextureLibrary } from "../../../sim/render/index.js";
import {
  createEpisode,
  DESCRIBE_SUITE,
  POINTING_SUITE,
  scoreEpisode,
  type EpisodeRow,
} from "../../../sim/suites/index.js";
import { encodePicture } from "../../adapters/picture/encode-picture.js";
import type { Camera } from "../../ports/camera.js";
import type { Eyes } from "../create-eyes.js";
import type { Launch } from "../launch/launch-schema.js";
import { createTrial } from "./create-trial.js";
import { runDescribe } from "./describe/run-describe.js";
import { runPointing } from "./pointing/run-pointing.js";

export interface EpisodeOrder {
  readonly suite: string;
  readonly index: number;
  readonly seed: number;
  /** Take pictures of missions that go wrong. */
  readonly pictures?: boolean;
}

const PICTURE = { width: 320, height: 240 } as const;

/** One simulated trial from its seed to its row. Scored by the simulator's truth, which nothing in the mission can see. */
export async function runEpisode(
  order: EpisodeOrder,
  launch: Launch,
  { eyes, textures }: { readonly eyes?: Eyes; readonly textures?: TextureLibrary },
): Promise<EpisodeRow> {
  if (order.suite === DESCRIBE_SUITE) return (await runDescribe(order, launch, { eyes, textures })).row;
  if (order.suite === POINTING_SUITE) return (await runPointing(order, launch, { eyes, textures })).row;
  const episode = createEpisode(order.suite, order.index, order.seed);
  const stack = await createTrial(launch, { scene: episode.scene, eyes });
  const events: HandeyeEvent[] = [];
  try {
    stack.runtime.subscribe({ publish: (event) => void events.push(event) });
    const start = order.pictures === true ? await pictureOf(stack.simulation.head) : undefined;
    const before = await stack.simulation.truth.snapshot();
    const result: MissionResult = await stack.runtime.run(episode.instruction);
    const after = await stack.simulation.truth.snapshot();
    // No suite so far sets up keep-out boxes or stops: what can go wrong is a bump, or a fall.
    const { hardestBumpN, hardestPressN } = after;
    const safetyLog = { keepOutEntries: [], hardestBumpN, hardestPressN, movedWhileStoppedRad: 0 };
    const row = scoreEpisode({ episode, before, after, result, events, safetyLog });
    const wentWell = row.success && row.outcome === "done" && !row.unsafe;
    if (start === undefined || wentWell) return row;
    return { ...row, pictures: { start, end: await pictureOf(stack.simulation.head) } };
  } finally {
    await stack.close();
  }
}

async function pictureOf(camera: Camera): Promise<string> {
  const frame = await camera.latest({ maxAgeMs: Number.MAX_SAFE_INTEGER });
  const { mediaType, data } = await encodePicture(frame, PICTURE);
  return `data:${mediaType};base64,${Buffer.from(data).toString("base64")}`;
}
