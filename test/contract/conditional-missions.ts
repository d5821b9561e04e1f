import { describe, expect, it } from "vitest";
import type { DrawerState } from "../../src/domain/vocabulary.js";
import type { Planner } from "../../src/ports/planner.js";
import { SymbolicWorld } from "../support/symbolic-world.js";

interface Mission {
  readonly instruction: string;
  readonly drawers?: { readonly left?: DrawerState; readonly right?: DrawerState };
  /** What is done, without what is said. */
  readonly log: readonly string[];
}

const LEFT_OPEN = { left: "open", right: "closed" } as const;
const MISSIONS: readonly Mission[] = [
  { instruction: "if the left drawer is closed, open it", log: ["open left drawer"] },
  { instruction: "if the left drawer is closed, open it", drawers: LEFT_OPEN, log: [] },
  { instruction: "如果左边的抽屉开着，就把它关上", drawers: LEFT_OPEN, log: ["close left drawer"] },
  { instruction: "如果左边的抽屉开着，就把它关上", log: [] },
  { instruction: "if the left drawer is open, take the red mug", drawers: LEFT_OPEN, log: ["grasp red mug"] },
  { instruction: "if the left drawer is open, take the red mug", log: [] },
  { instruction: "如果左边的抽屉开着，就拿起红色的杯子", log: [] },
  { instruction: "if there is a lemon in the sink, take the red mug", log: ["grasp red mug"] },
  { instruction: "if there is an apple in the sink, take the red mug", log: [] },
  { instruction: "如果水槽里有柠檬，就拿起红色的杯子", log: ["grasp red mug"] },
  { instruction: "如果水槽里有苹果，就拿起红色的杯子", log: [] },
];

/** Instructions with conditions, from the words to what is done, in a world where nothing fails. */
export function describeConditionalMissions(name: string, createPlanner: () => Planner | Promise<Planner>): void {
  describe(`${name} planner: conditions`, () => {
    it.each(MISSIONS)(
      "does $log when told $instruction with drawers $drawers",
      async ({ instruction, drawers, log }) => {
        const planner = await createPlanner();
        const world = new SymbolicWorld(drawers).add("red", "mug", 0.45, 0.12).add("yellow", "lemon", 0.42, 0.45, 0.6);

        const run = await world.run(planner, instruction);
        await planner.close();

        expect(run.outcome).toBe("done");
        expect(run.log.filter((line) => !line.startsWith("say "))).toEqual(log);
      },
    );

    it("judges once: what it opened itself does not make the condition false", async () => {
      const planner = await createPlanner();
      const world = new SymbolicWorld().hide("green", "bag", "left").add("red", "mug", 0.45, 0.12);

      const run = await world.run(planner, "if the left drawer is closed, open it and take the green bag");
      await planner.close();

      expect(run.log.filter((line) => !line.startsWith("say "))).toEqual(["open left drawer", "grasp green bag"]);
    });
  });
}
