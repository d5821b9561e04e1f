import { CATALOGUE } from "../../scenes/catalogue.js";
import { clearlyFitting, truthOf } from "./describe.js";
import type { PointingFamily, Showing } from "./family.js";
import { sayExtreme, sayNoun, sayOrdinal, type Extreme, type NounWords } from "./phrases.js";
import type { PointingTask } from "./pointing-task.js";
import type { SeenThing } from "./seen-things.js";

const PLACE_MARGIN_M = 0.04;
const ORDER_MARGIN_M = 0.03;
const HEIGHT_MARGIN_M = 0.015;
/** Mean edges must differ by this share. */
const SIZE_MARGIN = 0.15;

const range = ({ center }: SeenThing): number => Math.hypot(center[0], center[1]);
const edge = ({ sizeM }: SeenThing): number => Math.cbrt(sizeM[0] * sizeM[1] * sizeM[2]);

/** Largest wins, by at least the margin. */
const EXTREMES: Readonly<Record<Extreme, { measure: (t: SeenThing) => number; margin: (best: number) => number }>> = {
  leftmost: { measure: ({ center }) => center[1], margin: () => PLACE_MARGIN_M },
  rightmost: { measure: ({ center }) => -center[1], margin: () => PLACE_MARGIN_M },
  nearest: { measure: (t) => -range(t), margin: () => PLACE_MARGIN_M },
  farthest: { measure: range, margin: () => PLACE_MARGIN_M },
  biggest: { measure: edge, margin: (best) => best * SIZE_MARGIN },
  smallest: { measure: (t) => -edge(t), margin: (best) => -best * SIZE_MARGIN },
  tallest: { measure: ({ sizeM }) => sizeM[2], margin: () => HEIGHT_MARGIN_M },
  shortest: { measure: ({ sizeM }) => -sizeM[2], margin: () => HEIGHT_MARGIN_M },
};

/** "Nearest" must hold whether one measures from the robot's axis or straight ahead. */
function agreesStraightAhead(extreme: Extreme, first: SeenThing, several: readonly SeenThing[]): boolean {
  if (extreme !== "nearest" && extreme !== "farthest") return true;
  const sign = extreme === "nearest" ? 1 : -1;
  return several.every((other) => other === first || sign * (other.center[0] - first.center[0]) > PLACE_MARGIN_M / 2);
}

function writeExtreme(showing: Showing, several: readonly SeenThing[], words: NounWords): PointingTask | undefined {
  for (const extreme of showing.random.shuffle(Object.keys(EXTREMES) as Extreme[])) {
    const { measure, margin } = EXTREMES[extreme];
    const [first, second] = [...several].sort((a, b) => measure(b) - measure(a));
    if (measure(first) - measure(second) < margin(measure(first))) continue;
    if (!agreesStraightAhead(extreme, first, several)) continue;
    return { phrase: sayExtreme(showing, extreme, sayNoun(showing, words)), truth: truthOf(first) };
  }
  return undefined;
}

function writeOrdinal(showing: Showing, several: readonly SeenThing[], words: NounWords): PointingTask | undefined {
  const { random } = showing;
  const row = [...several].sort((a, b) => b.center[1] - a.center[1]);
  const isClearCut = row.every((thing, i) => i === 0 || row[i - 1].center[1] - thing.center[1] > ORDER_MARGIN_M);
  if (row.length < 3 || row.length > 4 || !isClearCut) return undefined;
  const from = random.pick(["left", "right"] as const);
  const index = 1 + random.below(row.length);
  const thing = from === "left" ? row[index - 1] : row[row.length - index];
  return { phrase: sayOrdinal(showing, { index, from, x: sayNoun(showing, words) }), truth: truthOf(thing) };
}

/** "the leftmost block", 从左边数第二个积木, "the tallest bottle". */
export const superlative: PointingFamily = {
  group: "superlative",
  layouts: ["kitchen", "tabletop"],
  options(random, layout) {
    const kind =
      layout === "tabletop"
        ? random.pick(["block", "block", "box", "bowl"] as const)
        : random.pick(["bag", "mug", "can", "apple", "box", "lemon", "block"] as const);
    const color = (): (typeof CATALOGUE)[typeof kind]["colors"][number] => random.pick(CATALOGUE[kind].colors);
    const size = random.pick(["small", "large"] as const);
    const other = size === "small" ? "large" : "small";
    const things = [
      { kind, color: color(), size },
      { kind, color: color(), size: other },
      { kind, color: color(), size: other },
    ] as const;
    return { require: kind === "bowl" ? things.slice(0, 2) : things, count: 6 };
  },
  write(showing) {
    const { things, random } = showing;
    const kinds = [...new Set(things.map(({ kind }) => kind))].filter((kind) => Object.hasOwn(CATALOGUE, kind));
    for (const kind of random.shuffle(kinds)) {
      const several = clearlyFitting({ kind }, things) ?? [];
      if (several.length < 2) continue;
      const ordinal = random.chance(0.4) ? writeOrdinal(showing, several, { kind }) : undefined;
      const task = ordinal ?? writeExtreme(showing, several, { kind });
      if (task !== undefined) return task;
    }
    return undefined;
  },
};
