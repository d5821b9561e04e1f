import sharp from "sharp";
import { Objection, type SeenRequest } from "./model-server.js";
import type { ModelFamily } from "./model-families.js";

/** What a planning prompt holds, as far as this model reads it. */
interface Told {
  readonly instruction: string;
  readonly things: readonly {
    readonly id: string;
    readonly label: string;
    readonly point?: never;
    readonly state?: string;
    readonly atM: readonly number[];
  }[];
  readonly history: readonly { readonly action: string; readonly grade: string }[];
}

/** A thing closer to a drawer's middle than this, sideways, is in it. */
const HALF_DRAWER_M = 0.12;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * A model that knows what it is sent and nothing else: it reads the instruction and the things in the prompt, and looks for green
 * in the picture. `by` says whether it names things by id or points at them; the bag it points at as it sees it in the picture.
 */
export const seeingModel =
  (family: ModelFamily, by: "ids" | "points") =>
  async (seen: SeenRequest): Promise<string> => {
    if (seen.model !== family.model) throw new Objection(`Expected ${family.model}, found ${seen.model}.`);
    const [{ text, images }] = seen.turns;
    const { instruction, things, history } = JSON.parse(text.slice(text.indexOf("{\n"))) as Told;
    if (!/green bag/.test(instruction)) throw new Objection(`This model knows green bags, not "${instruction}".`);
    const picture = await decode(images[0]);

    const refer = ({ id, label, point }: Told["things"][number], seenAt?: Spot): object => {
      if (by === "ids" || family.write === undefined) return { label, detectionId: id, point: null };
      const told = point === undefined ? undefined : family.read?.(point, picture);
      const spot = seenAt ?? told;
      if (spot === undefined) throw new Objection(`The prompt gives no point of ${id}.`);
      return { label, detectionId: null, [family.key ?? "point"]: family.write(spot, picture) };
    };

    const step = ((): object => {
      if (history.some(({ action, grade }) => action.startsWith("grasp") && grade === "verified")) {
        return { action: "done", evidence: "the green bag is in the hand" };
      }
      const bag = things.find(({ label }) => label === "green bag");
      const shut = things.filter(({ label, state }) => label.includes("drawer") && state !== "open");
      const [left] = [...shut].sort((a, b) => b.atM[1] - a.atM[1]);
      const around = shut.find((drawer) => bag !== undefined && Math.abs(drawer.atM[1] - bag.atM[1]) < HALF_DRAWER_M);
      const drawer = around ?? (bag === undefined ? left : undefined);
      if (drawer !== undefined) return { action: "open", target: refer(drawer) };
      if (bag === undefined) return { action: "give-up", reason: "there is no green bag and no drawer to open" };
      return { action: "grasp", target: refer(bag, by === "points" ? greenest(picture) : undefined) };
    })();
    const answer = JSON.stringify({ rationale: "one step at a time", steps: [step] });
    return family.wrap?.(answer) ?? answer;
  };

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

async function decode(image: string | undefined): Promise<Picture> {
  if (image === undefined) throw new Objection("Expected a picture.");
  const bytes = Buffer.from(image.slice(image.indexOf(":") + 1), "base64");
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

const CELL = 16;

/** The middle of the largest patch of saturated green, 0 to 1 over the picture; undefined when there is hardly any. */
function greenest({ width, height, rgb }: Picture): Spot | undefined {
  const columns = Math.ceil(width / CELL);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [r, g, b] = rgb.subarray(pixel * 3, pixel * 3 + 3);
    if (g < 60 || g < 1.5 * r || g < 1.3 * b) continue;
    const cell = Math.floor(Math.floor(pixel / width) / CELL) * columns + Math.floor((pixel % width) / CELL);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const patches: number[][] = [];
  const open = new Set([...counts].filter(([, count]) => count > CELL).map(([cell]) => cell));
  for (const start of open) {
    const patch = [start];
    open.delete(start);
    for (const cell of patch) {
      for (const next of [cell - 1, cell + 1, cell - columns, cell + columns]) if (open.delete(next)) patch.push(next);
    }
    patches.push(patch);
  }
  const weight = (patch: readonly number[]): number => patch.reduce((sum, cell) => sum + (counts.get(cell) ?? 0), 0);
  const largest = patches.sort((a, b) => weight(b) - weight(a)).at(0);
  if (largest === undefined) return undefined;
  const mean = (of: (cell: number) => number): number =>
    largest.reduce((sum, cell) => sum + (of(cell) + 0.5) * (counts.get(cell) ?? 0), 0) / weight(largest);
  return {
    x: (mean((cell) => cell % columns) * CELL) / width,
    y: (mean((cell) => Math.floor(cell / columns)) * CELL) / height,
  };
}
