import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeJpeg, drawOverlay, type OverlayState } from "../../adapters/overlay/index.js";
import { instanceMasks } from "../../../sim/oracle/index.js";
import { createTextureLibrary } from "../../../sim/render/index.js";
import { runPointing, type PointingRun } from "../bench/pointing/run-pointing.js";
import { loadOnboardEyes } from "../create-eyes.js";
import type { Launch } from "../launch/launch-schema.js";

export interface GalleryOptions {
  /** Where the pictures go; made when it is not there. */
  readonly directory: string;
  /** Episodes of the suite `pointing` to look through. */
  readonly episodes: number;
  /** Only these of them; default: all. */
  readonly only?: readonly number[];
  readonly seed: number;
  readonly launch: Launch;
  readonly onPicture?: (picture: GalleryPicture) => void;
}

/** One failure: what was asked for, what was right, what was answered. */
export interface GalleryPicture {
  readonly file: string;
  readonly index: number;
  readonly group: string;
  readonly phrase: string;
  /** What the phrase means: an instance of the scene, `free`, or `absent`. */
  readonly right: string;
  /** What was pointed at, or why nothing was. */
  readonly answered: string;
  readonly cause: string;
}

/** Draws every failure of the on-board eyes among the episodes, with an index of them in `gallery.json`. */
export async function drawGallery(options: GalleryOptions): Promise<readonly GalleryPicture[]> {
  const { directory, episodes, seed, launch } = options;
  mkdirSync(directory, { recursive: true });
  const textures = createTextureLibrary();
  const eyes = launch.perception.type === "onboard" ? await loadOnboardEyes(launch.perception) : undefined;
  const pictures: GalleryPicture[] = [];
  try {
    for (let index = 0; index < episodes; index++) {
      if (options.only?.includes(index) === false) continue;
      const run = await runPointing({ index, seed }, launch, { eyes, textures });
      if (run.row.success) continue;
      const picture = describe(run);
      const { frame } = run.look;
      const rgb = drawOverlay(frame, overlayOf(run, picture));
      writeFileSync(join(directory, picture.file), await encodeJpeg({ ...frame, rgb }));
      pictures.push(picture);
      options.onPicture?.(picture);
    }
  } finally {
    await eyes?.close();
  }
  writeFileSync(join(directory, "gallery.json"), `${JSON.stringify(pictures, undefined, 2)}\n`);
  return pictures;
}

function describe({ episode, pointing, row }: PointingRun): GalleryPicture {
  const { index, seed, group, phrase, truth } = episode;
  const label = pointing.answer === "one" ? (pointing.detection?.label ?? "a free place") : undefined;
  return {
    file: `${row.cause.split(" ")[0]}-${seed}.jpg`,
    index,
    group,
    phrase,
    right: truth.type === "thing" ? truth.instances[0] : truth.type,
    answered: label ?? (pointing.answer === "one" ? "" : `${pointing.answer}: ${pointing.reason}`),
    cause: row.cause,
  };
}

function overlayOf({ episode, look, pointing, row }: PointingRun, picture: GalleryPicture): OverlayState {
  const chosen = pointing.answer === "one" ? pointing.detection : undefined;
  return {
    boxes: [
      ...(chosen
        ? [{ label: `chosen: ${chosen.label}`, score: chosen.score, box: chosen.box, highlighted: true }]
        : []),
      ...rightBoxes(episode, look.scene.detections),
    ],
    ...(pointing.answer === "one" ? { target: { ...pointing.point, label: picture.answered } } : {}),
    instruction: episode.phrase,
    status: {
      state: row.cause.split(" ")[0],
      tone: "bad",
      action: `answered: ${picture.answered}`,
      news: { text: `right: ${picture.right}`, tone: "good" },
      timeS: 0,
    },
  };
}

/** The thing that was meant, by its true box, with what the eyes call whatever they saw there. */
function rightBoxes(
  { truth, picture }: PointingRun["episode"],
  detections: PointingRun["look"]["scene"]["detections"],
): OverlayState["boxes"] {
  if (truth.type !== "thing") return [];
  const { names, width, height, instanceIds } = picture.truth;
  return instanceMasks(picture.truth)
    .filter(({ instance }) => names[instance] === truth.instances[0])
    .map(({ box, instance }) => {
      const seen = detections.find(({ point }) => {
        const pixel = Math.floor(point.y * height) * width + Math.floor(point.x * width);
        return instanceIds[pixel] === instance;
      });
      return { label: `right: ${seen ? `seen as ${seen.label}` : "not seen"}`, score: seen?.score ?? 0, box };
    });
}
