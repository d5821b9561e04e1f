import type { ReferringExpression } from "../reference/referring-expression.js";
import type { Clause, InstructionProgram, Place } from "./program.js";

/** `green bag [in left drawer]`: a phrase as it was understood, in canonical words. */
export function formatExpression(e: ReferringExpression): string {
  if (e.pronoun === true) return "it";
  const noun = e.surface ?? (e.kinds.length === 0 ? "thing" : e.kinds.join("|"));
  const ordinal = e.ordinal === undefined ? "" : `#${e.ordinal.index}-from-${e.ordinal.from}`;
  const count = e.count === undefined ? "" : String(e.count);
  const quantifier = e.quantifier === "one" ? "" : e.quantifier;
  const words = [quantifier, count, ordinal, e.extreme, e.side, e.size, e.state, e.colors.join("|"), noun];
  const relations = e.relations.map((r) => `[${r.relation} ${r.anchors.map(formatExpression).join(" & ")}]`);
  const nearest =
    e.nearestTo === undefined ? "" : `(${e.nearestTo.extreme} to ${formatExpression(e.nearestTo.anchor)})`;
  const except = e.except === undefined ? "" : `(except ${formatExpression(e.except)})`;
  return [...words, nearest, except, ...relations].filter((word) => word !== undefined && word !== "").join(" ");
}

export const formatPlace = ({ relation, anchors, shift }: Place): string =>
  shift === true ? relation : `${relation} ${anchors.map(formatExpression).join(" & ")}`;

/** `if left drawer is open or ajar`, `if no red mug`, `otherwise`; nothing for what the clause meets by itself. */
function formatCondition({ when }: Clause): string {
  if (when === undefined || when.implied === true) return "";
  if (when.otherwise === true) return " otherwise";
  const what = formatExpression(when.what);
  if (when.states !== undefined) return ` if ${what} is ${when.states.join(" or ")}`;
  return ` if ${when.absent ? "no " : ""}${what}`;
}

function formatDeed(clause: Clause): string {
  switch (clause.do) {
    case "take":
      return `${clause.handOver ? "give" : "take"}${clause.out ? " out" : ""} ${formatExpression(clause.what)}`;
    case "put":
      return `put ${formatExpression(clause.what)} -> ${clause.to === undefined ? "?" : formatPlace(clause.to)}`;
    case "open":
    case "close":
      return `${clause.do} ${formatExpression(clause.what)}`;
    case "push": {
      const distance = clause.distanceM === undefined ? "" : ` ${clause.distanceM} m`;
      const to = clause.to === undefined ? (clause.side ?? "") : formatPlace(clause.to);
      return `push ${formatExpression(clause.what)} -> ${to}${distance}`;
    }
    case "sort":
      return `sort ${formatExpression(clause.what)} -> ${formatExpression(clause.into)}`;
    case "release":
      return "release";
    case "look":
      return `look ${clause.at}`;
    case "wait":
      return `wait ${clause.seconds}`;
  }
}

/** One line for people and for tables of expectations: `put red mug -> in sink; close left drawer`. */
export const formatProgram = (program: InstructionProgram): string =>
  program.map((clause) => `${formatDeed(clause)}${formatCondition(clause)}`).join("; ");
