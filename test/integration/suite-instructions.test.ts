import { expect, it } from "vitest";
import { parseInstruction } from "../../src/planning/index.js";
import { createEpisode, SUITES } from "../../sim/suites/index.js";

const EPISODES = 120;

it.each(Object.keys(SUITES).filter((name) => name !== "pointing"))(
  "has no instruction in the suite %s that the grammar cannot read",
  (suite) => {
    const unread = Array.from(
      { length: EPISODES },
      (_, index) => createEpisode(suite, index, 912_345).instruction,
    ).filter((instruction) => !parseInstruction(instruction).ok);

    expect(unread).toEqual([]);
  },
);
