import { fail, ok, type Result } from "../../domain/result.js";
import type { ModelClient, PictureOf } from "../../ports/model-client.js";
import { CONVENTIONS, conventionFor, type ConventionRule } from "./convention-table.js";
import { fromModelPoint, type CoordinateConvention } from "./coordinate-convention.js";
import { drawProbe, PROBE_MARKS, PROBE_SIZE } from "./probe-picture.js";
import { isObject } from "./read-steps.js";
import { pointNumbers } from "./read-target.js";
import { findJson, type Loose } from "./tolerant-json.js";

export interface ProbedConvention {
  readonly convention: CoordinateConvention;
  /** Largest distance of a disc from where the model said it was, as a share of the picture. */
  readonly worstError: number;
  /** What the table says of this model: the same, another (then its name), or nothing. */
  readonly table: "agrees" | "unknown" | { readonly differs: string };
}

export type ProbeFailure = "ambiguous" | "not-verified" | "planner-failed";

export interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly rules?: readonly ConventionRule[];
  /** The table's conventions and those of the launch file. */
  readonly candidates?: readonly CoordinateConvention[];
}

/** A fit: no disc further off than this share of the picture. */
const TOLERANCE = 0.02;
/** Two conventions that put every disc within this of each other are one for every purpose: 999 and 1000. */
const SAME = 0.004;

const ASK = `The picture shows discs in these colours: ${PROBE_MARKS.map(({ color }) => color).join(", ")}. Give the centre of each, in the
coordinates in which you were trained to point. Answer with JSON only: {"red": <point>, ...}, each point as you usually write it.`;

/**
 * Shows a model a picture whose points are known and works out how it writes coordinates, then holds that against the table.
 * Refuses when two conventions fit, or none: a convention is never guessed.
 */
export async function probeConvention(
  client: ModelClient,
  pictureOf: PictureOf,
  { signal, rules, candidates = CONVENTIONS }: ProbeOptions,
): Promise<Result<ProbedConvention, ProbeFailure>> {
  const image = await pictureOf(drawProbe(), PROBE_SIZE);
  const reply = await client.complete(
    {
      system: "You point at things in pictures.",
      turns: [{ role: "user", text: ASK, images: [image] }],
      maxOutputTokens: 1000,
      temperature: 0,
    },
    { signal },
  );
  if (!reply.ok) return fail("planner-failed", reply.message, { ...reply.details, reason: reply.code });
  const answer = findJson(reply.value.text)
    .map(({ value }) => value)
    .findLast((value) => isObject(value) && PROBE_MARKS.every(({ color }) => Object.hasOwn(value, color)));
  if (!isObject(answer)) {
    return fail(
      "not-verified",
      `${client.model} did not name all the discs. Does it read pictures? Set planner.convention by hand.`,
      {
        raw: reply.value.text.slice(0, 500),
      },
    );
  }
  return decide(client.model, answer, candidates, rules);
}

interface Fit {
  readonly convention: CoordinateConvention;
  readonly worstError: number;
}

function decide(
  model: string,
  answer: Readonly<Record<string, Loose>>,
  candidates: readonly CoordinateConvention[],
  rules: readonly ConventionRule[] | undefined,
): Result<ProbedConvention, ProbeFailure> {
  const fits = candidates
    .map((convention): Fit => ({ convention, worstError: worstError(convention, answer) }))
    .filter((fit) => fit.worstError <= TOLERANCE)
    .sort((a, b) => a.worstError - b.worstError);
  if (fits.length === 0) {
    return fail(
      "not-verified",
      `What ${model} answered fits no convention that is known to ${TOLERANCE * 100} % of the picture. It may not point well enough; "ids-only" still works.`,
      { answer },
    );
  }
  const known = conventionFor(model, { rules });
  // Of conventions that read every answer alike, the table's own is the one to name.
  const alike = fits.filter(({ convention }) => readAlike(convention, fits[0].convention, answer));
  const other = fits.find(({ convention }) => !readAlike(convention, fits[0].convention, answer));
  if (other !== undefined) {
    return fail(
      "ambiguous",
      `What ${model} answered fits ${fits[0].convention.name} and ${other.convention.name}. Probe again, or set planner.convention by hand.`,
      { conventions: fits.map(({ convention }) => convention.name) },
    );
  }
  const fit = alike.find(({ convention }) => known.ok && convention.name === known.value.name) ?? fits[0];
  const table = !known.ok
    ? "unknown"
    : known.value.name === fit.convention.name
      ? "agrees"
      : { differs: known.value.name };
  return ok({ ...fit, table });
}

function worstError(convention: CoordinateConvention, answer: Readonly<Record<string, Loose>>): number {
  return Math.max(
    ...PROBE_MARKS.map(({ color, x, y }) => {
      const point = read(convention, answer[color]);
      return point === undefined ? Infinity : Math.max(Math.abs(point.x - x), Math.abs(point.y - y));
    }),
  );
}

function readAlike(a: CoordinateConvention, b: CoordinateConvention, answer: Readonly<Record<string, Loose>>): boolean {
  return PROBE_MARKS.every(({ color }) => {
    const [p, q] = [read(a, answer[color]), read(b, answer[color])];
    return p !== undefined && q !== undefined && Math.abs(p.x - q.x) <= SAME && Math.abs(p.y - q.y) <= SAME;
  });
}

function read(convention: CoordinateConvention, value: Loose) {
  if (convention.span === "none") return undefined;
  // Objects with named axes do not show the order in which the model writes lists.
  const inner = isObject(value) ? (value.point ?? value.point_2d ?? null) : value;
  if (typeof inner === "string" && notationOf(inner) !== notationClass(convention)) return undefined;
  if (Array.isArray(inner) && notationClass(convention) !== "numbers") return undefined;
  const numbers = isObject(inner) ? undefined : pointNumbers(inner, convention);
  return numbers?.length === 2 ? fromModelPoint(convention, PROBE_SIZE, [numbers[0], numbers[1]]) : undefined;
}

/** Lists and tuples of plain numbers are one way of writing; location tokens and tags are told apart at sight. */
const notationClass = ({ notation }: CoordinateConvention): string =>
  notation === "loc" || notation === "xml" ? notation : "numbers";

const notationOf = (text: string): string =>
  text.includes("<loc") ? "loc" : text.includes("<point") ? "xml" : "numbers";
