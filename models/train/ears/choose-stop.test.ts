import { describe, expect, it } from "vitest";
import type { StopLook } from "../../../src/adapters/ears/stop-watch.js";
import { chooseStop, type Looked } from "./choose-stop.js";

const look = (word: number, spelling: number, logit: number, said = false): StopLook => ({
  word,
  atS: 1,
  logit,
  spelling,
  said,
});
const heard = (word: number | undefined, ...looks: readonly StopLook[]): Looked => ({
  looks,
  ...(word === undefined ? {} : { word }),
});
const times = (count: number, one: Looked): readonly Looked[] => Array.from({ length: count }, () => one);

describe("choosing what is enough for a word to stop", () => {
  it("sets the score between what is one and what is none", () => {
    const { least, found, alarms } = chooseStop(
      [...times(10, heard(0, look(0, -1, 4))), ...times(10, heard(undefined, look(0, -9, -4)))],
      0,
      0,
    );

    expect({ found, alarms }).toEqual({ found: 1, alarms: 0 });
    expect(least).toBeLessThan(3);
  });

  it("counts what was said where spelling and suspicion do not tell", () => {
    const { weights, found, alarms } = chooseStop(
      [...times(10, heard(0, look(0, -2, 1, true))), ...times(10, heard(undefined, look(0, -1.8, 1.2, false)))],
      0,
      0,
    );

    expect(weights.said).toBeGreaterThan(0);
    expect({ found, alarms }).toEqual({ found: 1, alarms: 0 });
  });

  it("bears as many alarms as it is allowed, and no more", () => {
    const others = [heard(undefined, look(0, 0, 6)), heard(undefined, look(0, 0, 5.9)), heard(undefined)];
    const own = times(5, heard(0, look(0, -1, 5)));

    expect(chooseStop([...own, ...others], 0, 2)).toMatchObject({ found: 1, alarms: 2 });
    expect(chooseStop([...own, ...others], 0, 0)).toMatchObject({ found: 0, alarms: 0 });
  });

  it("judges each word by its own utterances", () => {
    const all = [heard(0, look(0, -1, 4), look(1, -1, 4)), heard(1), heard(undefined)];

    expect([0, 1].map((word) => chooseStop(all, word, 0).found)).toEqual([1, 0]);
  });

  it("says what it lacks", () => {
    expect(() => chooseStop([heard(0)], 0, 0)).toThrow("Expected utterances with the word and utterances without any");
  });
});
