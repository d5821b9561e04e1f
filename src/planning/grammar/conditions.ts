import type { DrawerState } from "../../domain/vocabulary.js";
import { statesOf, type Condition } from "../program/condition.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { parseChineseNoun, parseChinesePlace } from "./chinese-phrase.js";
import type { Cursor } from "./cursor.js";
import { contentsOf } from "./english-clauses.js";
import { attach, parseEnglishNoun, parseLoosePhrases } from "./english-phrase.js";

/** What is said of the thing: a drawer's state, or that a place is empty. Undefined: that it is there. */
function readPredicate(cursor: Cursor): DrawerState | "empty" | undefined {
  const { meaning } = cursor.peek();
  if (cursor.done) return undefined;
  if (meaning.type === "state") {
    cursor.next();
    return meaning.state;
  }
  if (meaning.type !== "verb") return undefined;
  const said = ({ open: "open", close: "closed", empty: "empty" } as const)[meaning.verb as "open" | "close" | "empty"];
  if (said !== undefined) cursor.next();
  return said;
}

function conditionOf(
  text: string,
  what: ReferringExpression,
  said: { readonly predicate: DrawerState | "empty" | undefined; readonly negated: boolean },
): Condition {
  const { predicate, negated } = said;
  if (predicate === "empty") return { text, what: { ...ANYTHING, ...contentsOf(what) }, absent: !negated };
  if (predicate !== undefined) return { text, what, states: statesOf(predicate, { negated }), absent: false };
  return { text, what, absent: negated };
}

/** "if the drawer is (not) open", "if there is a mug in the sink", "if the sink is empty". The cursor stands behind "if". */
export function parseEnglishCondition(cursor: Cursor): Condition {
  const start = cursor.position - 1;
  const exists = cursor.skip("there-is");
  if (exists || cursor.isParticle("not")) {
    const negated = cursor.skip("not");
    const noun = parseEnglishNoun(cursor);
    const what = attach(noun, parseLoosePhrases(cursor));
    return conditionOf(cursor.textFrom(start), what, { predicate: undefined, negated });
  }
  const noun = parseEnglishNoun(cursor);
  // "the drawer is closed" was read as "the closed drawer"
  const last = cursor.peek(-1).meaning;
  const stated = last.type === "state" ? last.state : undefined;
  const said = stated === undefined ? noun : { ...noun, state: undefined };
  cursor.skip("that-is");
  const negated = cursor.skip("not");
  const predicate = stated ?? readPredicate(cursor);
  const what = predicate === undefined ? attach(said, parseLoosePhrases(cursor)) : said;
  return conditionOf(cursor.textFrom(start), what, { predicate, negated });
}

/** 如果抽屉(没)开着, 如果水槽里有杯子, 如果杯子在水槽里, 如果水槽是空的. The cursor stands behind 如果. */
export function parseChineseCondition(cursor: Cursor): Condition {
  const start = cursor.position - 1;
  const finish = (what: ReferringExpression, said: Parameters<typeof conditionOf>[2]): Condition => {
    const text = cursor.textFrom(start);
    cursor.skip("de", "if-end");
    return conditionOf(text, what, said);
  };
  const lacking = cursor.skip("not");
  if (cursor.skip("there-is") || lacking)
    return finish(parseChineseNoun(cursor), { predicate: undefined, negated: lacking });
  const noun = parseChineseNoun(cursor);
  const localizer = cursor.take("localizer");
  cursor.skip("is-zh");
  const negated = cursor.skip("not");
  if (cursor.skip("there-is") || (localizer !== undefined && negated)) {
    const thing = parseChineseNoun(cursor);
    const relations = [{ relation: localizer?.relation ?? ("in" as const), anchors: [noun] }, ...thing.relations];
    return finish({ ...thing, relations }, { predicate: undefined, negated });
  }
  cursor.skip("is-zh");
  const predicate = readPredicate(cursor);
  if (predicate !== undefined) return finish(noun, { predicate, negated });
  if (!cursor.isParticle("at-zh")) throw cursor.refuse("开着, 关着, 空的, 有 or 在");
  const { relation, anchors } = parseChinesePlace(cursor);
  return finish({ ...noun, relations: [...noun.relations, { relation, anchors }] }, { predicate: undefined, negated });
}
