import { ControllerError } from "../../src/domain/errors.js";
import { createRandom } from "../../src/domain/random.js";
import { furnish } from "./furnish.js";
import { kitchenLayout } from "./kitchen.js";
import type { SceneOptions } from "./scene-options.js";
import type { SceneSpec } from "./scene-spec.js";
import { tabletopLayout } from "./tabletop.js";
import { drawHeadCamera, drawLight } from "./viewing.js";

/** The scene that people meet first: "take the green bag out of the drawer", "put the red mug in the sink". */
const DEMO: SceneOptions = {
  require: [
    { kind: "bag", color: "green", size: "small", startsIn: "drawer-left" },
    { kind: "mug", color: "red", startsIn: "counter" },
  ],
  forbid: [
    { kind: "bag", color: "green" },
    { kind: "mug", color: "red" },
  ],
  drawers: { "drawer-left": "ajar", "drawer-right": "closed" },
};

const MAX_ATTEMPTS = 80;

/**
 * A scene as data. Follows from layout, seed and options alone; things stand on their supports without touching each other.
 * Throws `bad-input` when what is required does not fit.
 */
export function createScene(layout: SceneSpec["layout"], seed: number, options: SceneOptions = {}): SceneSpec {
  const isDemo = layout === "kitchen" && seed === 1 && !options.require && !options.forbid;
  const wanted = isDemo ? { ...DEMO, ...options, drawers: { ...DEMO.drawers, ...options.drawers } } : options;
  const random = createRandom(seed).fork(layout);
  const room =
    layout === "kitchen"
      ? kitchenLayout(random.fork("layout"), wanted.drawers)
      : tabletopLayout(random.fork("layout"), wanted.zones);

  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const objects = furnish(layout, room, { wanted, random: random.fork(`objects-${attempt}`) });
    if (!objects) continue;
    const { statics, drawers, regions } = room;
    const light = drawLight(random.fork("light"));
    const headCamera = drawHeadCamera(random.fork("camera"));
    return { layout, seed, statics, drawers, regions, objects, light, headCamera };
  }
  const names = (wanted.require ?? []).map((thing) => `${thing.color} ${thing.kind} (${thing.startsIn ?? "anywhere"})`);
  throw new ControllerError(
    "bad-input",
    `No ${layout} scene holds all of: ${names.join(", ")}. Require fewer things, or other places: counter, shelf, sink, ` +
      `${room.drawers.map(({ id }) => id).join(", ") || "no drawers here"}.`,
  );
}

export const createKitchen = (seed: number, options?: SceneOptions): SceneSpec => createScene("kitchen", seed, options);
export const createTabletop = (seed: number, options?: SceneOptions): SceneSpec =>
  createScene("tabletop", seed, options);
