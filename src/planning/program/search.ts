import type { Action } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import { isMoving } from "../../domain/action.js";
import type { Receipt } from "../../domain/receipt.js";
import { fail } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import { kindOf, stateOf } from "../reference/match-attributes.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { candidates } from "../reference/resolve.js";
import { failure, stepsThenLook, type ClauseContext, type ClauseWork } from "./context.js";
import { freeHand } from "./free-hand.js";
import { labelOf, targetOf, visibleThings } from "./labels.js";

/** A drawer that would not open this often is left alone. */
const MAX_OPEN_ATTEMPTS = 3;
const LOOK_ORDER = ["left", "right", "home"] as const;
const ANY_DRAWER: ReferringExpression = { ...ANYTHING, text: "drawer", kinds: ["drawer"] };

const isOpenOf =
  (detection: Detection) =>
  ({ action }: Receipt): boolean =>
    action.action === "open" && action.target.detectionId === detection.id;

/** Drawers that may hide the thing: those that the words name, or any when the words say nothing of where. */
function hidingDrawers(wanted: ReferringExpression, { scene, history }: ClauseContext): readonly Detection[] {
  const within = wanted.relations.filter(({ relation }) => relation === "in" || relation === "from");
  if (wanted.relations.length > 0 && within.length === 0) return [];
  const named = within.flatMap(({ anchors }) => anchors).filter(({ kinds }) => kinds.includes("drawer"));
  if (wanted.relations.length > 0 && named.length === 0) return [];
  // Something at a place of its own (drawers, sink, shelf) is never inside a drawer.
  if (wanted.kinds.some((kind) => ["drawer", "sink", "shelf", "zone", "handle"].includes(kind))) return [];

  const drawers =
    named.length > 0
      ? named.flatMap((anchor) => candidates({ ...anchor, quantifier: "all", state: undefined }, scene, {}))
      : candidates(ANY_DRAWER, scene, {});
  return drawers.filter((drawer) => {
    const attempts = history.filter(isOpenOf(drawer));
    if (stateOf(drawer) === "open" || attempts.filter((r) => r.grade !== "verified").length >= MAX_OPEN_ATTEMPTS)
      return false;
    // Opened before and not closed since: it is open, whatever it looks like now.
    const opened = history.findLastIndex((r) => isOpenOf(drawer)(r) && r.grade === "verified");
    const closed = history.findLastIndex(
      (r) => r.action.action === "close" && r.action.target.detectionId === drawer.id,
    );
    return opened <= closed;
  });
}

/** Ajar ones first, for they show a little already; then from the left. */
const searchOrder = (a: Detection, b: Detection): number =>
  Number(stateOf(b) === "ajar") - Number(stateOf(a) === "ajar") ||
  b.extentInBase.center[1] - a.extentInBase.center[1] ||
  a.id.localeCompare(b.id);

/** Where the camera was turned since something last moved. */
function looksSinceMotion(history: readonly Receipt[]): readonly string[] {
  const last = history.findLastIndex(({ action, grade }) => isMoving(action) && grade === "verified");
  return history
    .slice(last + 1)
    .flatMap(({ action }) => (action.action === "look" && typeof action.at === "string" ? [action.at] : []));
}

/** A wanted thing is not in sight: open what may hide it, then look around, then say so. */
export function search(wanted: ReferringExpression, context: ClauseContext): ClauseWork {
  const { scene, history } = context;
  const [drawer] = [...hidingDrawers(wanted, context)].sort(searchOrder);
  if (drawer !== undefined) {
    const open: Action = { action: "open", target: targetOf(drawer, drawerLabel(drawer, scene)) };
    const hand = freeHand(context);
    return hand.kind === "failure" ? hand : stepsThenLook([...hand.steps, open], scene);
  }
  const looked = looksSinceMotion(history);
  const direction = LOOK_ORDER.find((at) => !looked.includes(at));
  if (direction !== undefined) return stepsThenLook([{ action: "look", at: direction }], scene);

  const visible = visibleThings(scene);
  const seen = visible.length === 0 ? "nothing that I know" : visible.join(", ");
  const stuck = candidates({ ...ANY_DRAWER, quantifier: "all" }, scene, {})
    .filter((d) => stateOf(d) !== "open" && history.some((r) => isOpenOf(d)(r) && r.grade !== "verified"))
    .map((d) => ` The ${drawerLabel(d, scene)} did not open.`);
  const message = `I cannot see "${wanted.text}". I see ${seen}.${stuck.join("")}`;
  return failure(fail("not-visible", message, { wanted: wanted.text, visible }));
}

/** "left drawer" where there are two: the words that tell it apart in the log and in the history. */
export function drawerLabel(drawer: Detection, scene: Scene): string {
  const y = drawer.extentInBase.center[1];
  const others = scene.detections.filter((d) => d.id !== drawer.id && kindOf(d) === "drawer");
  if (others.length !== 1) return labelOf(ANY_DRAWER, drawer);
  return others[0].extentInBase.center[1] < y ? "left drawer" : "right drawer";
}
