import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import { COLORS, DRAWER_STATES, KINDS } from "../../domain/vocabulary.js";
import { toHeldThing, type Grip } from "../effect.js";
import { depthInFootprint } from "../footprint.js";
import { freshDetections, kindOf } from "../same-thing.js";
import { holdsSomething, notVerified, verified, type Verdict } from "../verify/verdict.js";

interface Mention {
  readonly kind: string;
  readonly color?: string;
  readonly side?: "left" | "right";
  readonly at: number;
}

const LEAST = 0.3;
const INSIDE = new Set(["in", "inside", "into", "on", "onto"]);
const HOLDING = new Set(["held", "hold", "holds", "holding", "gripper", "hand"]);
const STATES: Readonly<Record<string, (typeof DRAWER_STATES)[number]>> = {
  open: "open",
  opened: "open",
  closed: "closed",
  shut: "closed",
  ajar: "ajar",
};

/**
 * Whether the scene bears out a sentence like "the green bag is in the sink" or "the left drawer is open", for goals that hold
 * without a motion. Reads the built-in world's own words; a sentence without any of them is not evidence.
 */
export function supportsWords(sentence: string, { scene, grip }: { scene: Scene; grip?: Grip }): Verdict {
  const frames = [scene.view.sequence];
  const words = sentence.toLowerCase().match(/[a-z]+/g) ?? [];
  const mentions = readMentions(words);
  const no = (message: string): Verdict => notVerified("not-verified", message, { frames });
  if (mentions.length === 0) return no(`Nothing was done, and "${sentence}" names nothing that can be seen.`);

  const fresh = freshDetections(scene);
  const holding = words.some((word) => HOLDING.has(word));
  if (holding && (grip === undefined || !holdsSomething(scene.robot))) return no("Nothing is in the gripper.");

  const found: (readonly Detection[])[] = [];
  for (const mention of mentions) {
    const fits = sided(
      mention,
      fresh.filter((d) => fitsMention(mention, d)),
    );
    const isHeld = holding && grip !== undefined && heldFits(mention, grip);
    if (fits.length === 0 && !isHeld)
      return no(`No ${[mention.color, mention.kind].filter(Boolean).join(" ")} is seen.`);
    found.push(fits);
  }
  const state = words.map((word) => STATES[word]).find((word) => word !== undefined);
  if (state !== undefined) {
    const drawers = mentions.flatMap((mention, i) => (mention.kind === "drawer" ? found[i] : []));
    if (!drawers.some((d) => d.attributes?.state?.[0]?.[0] === state)) return no(`No such drawer looks ${state}.`);
  }
  for (let i = 0; i + 1 < mentions.length; i++) {
    const between = words.slice(mentions[i].at + 1, mentions[i + 1].at);
    if (!between.some((word) => INSIDE.has(word))) continue;
    const within = found[i].some((thing) =>
      found[i + 1].some((place) => thing.id !== place.id && isWithin(thing, place)),
    );
    if (!within) return no(`The ${mentions[i].kind} is not seen there.`);
  }
  const seenAt = found.flat()[0]?.positionInBase;
  return verified({ frames, ...(seenAt && { seenAt }), note: `already so: ${sentence}` });
}

function readMentions(words: readonly string[]): Mention[] {
  const mentions: Mention[] = [];
  for (const [at, word] of words.entries()) {
    const kind = KINDS.find((k) => word === k || word === `${k}s` || word === `${k}es`);
    if (kind === undefined) continue;
    const adjectives = words.slice(Math.max(0, at - 3), at);
    const color = COLORS.find((c) => adjectives.includes(c) || (c === "gray" && adjectives.includes("grey")));
    const side = adjectives.includes("left") ? "left" : adjectives.includes("right") ? "right" : undefined;
    mentions.push({ kind, at, ...(color && { color }), ...(side && { side }) });
  }
  return mentions;
}

function fitsMention({ kind, color }: Mention, d: Detection): boolean {
  if (d.attributes === undefined) return kindOf(d) === kind && (color === undefined || d.label.includes(color));
  const probable = (word: string, scores: Detection["attributes"] & object, of: "kind" | "color"): boolean =>
    scores[of].some(([w, p]) => w === word && p >= LEAST);
  return probable(kind, d.attributes, "kind") && (color === undefined || probable(color, d.attributes, "color"));
}

/** Left is +y for a robot that looks along x. */
function sided({ side }: Mention, fits: readonly Detection[]): readonly Detection[] {
  if (side === undefined || fits.length < 2) return fits;
  const sorted = [...fits].sort((a, b) => b.positionInBase[1] - a.positionInBase[1]);
  return [side === "left" ? sorted[0] : sorted[sorted.length - 1]];
}

const heldFits = ({ kind, color }: Mention, grip: Grip): boolean => {
  const { label } = toHeldThing(grip);
  return label.includes(kind) && (color === undefined || label.includes(color));
};

const isWithin = (thing: Detection, place: Detection): boolean =>
  depthInFootprint(place.extentInBase, thing.extentInBase.center) > -0.02;
