import type { Effect } from "../effect.js";
import type { Looks, Verdict } from "./verdict.js";
import { verifyDrawer } from "./verify-drawer.js";
import { verifyHeld } from "./verify-held.js";
import { verifyPlaced } from "./verify-placed.js";
import { verifyPushed } from "./verify-pushed.js";
import { verifyNear, verifyReleased } from "./verify-tool.js";

/**
 * Compares what was seen before a step with what is seen now. Uses the robot's own sensors and fresh detections only; anything
 * but clear evidence is `verified: false` with the code of what seems to have happened.
 */
export function verifyEffect(effect: Effect, looks: Looks): Verdict {
  switch (effect.kind) {
    case "held":
      return verifyHeld(effect, looks);
    case "placed":
      return verifyPlaced(effect, looks);
    case "opened":
    case "closed":
      return verifyDrawer(effect, looks);
    case "pushed":
      return verifyPushed(effect, looks);
    case "near":
      return verifyNear(effect, looks);
    case "released":
      return verifyReleased(effect, looks);
  }
}
