import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createLease, type LeaseChange, type LeaseState } from "./lease.js";

interface Case {
  readonly name: string;
  readonly limitMs: number;
  /** A heartbeat, as text or as what becomes text, or a look at the clock; and what has to come of it. */
  readonly steps: readonly {
    readonly atMs: number;
    readonly beat?: unknown;
    readonly change: LeaseChange;
    readonly state: LeaseState;
  }[];
}

/** The watchdog nodes in launch/ros are held to the same cases by their own tests. */
const CASES = JSON.parse(
  readFileSync(new URL("../../../launch/ros/ros2/handeye_watchdog/test/lease-cases.json", import.meta.url), "utf8"),
) as readonly Case[];

describe("a lease", () => {
  it.each(CASES.map((each) => [each.name, each] as const))("%s", (_name, { limitMs, steps }) => {
    const lease = createLease({ limitMs });

    const found = steps.map(({ atMs, beat }) => {
      const text = typeof beat === "string" ? beat : JSON.stringify(beat);
      const change = beat === undefined ? lease.check(atMs) : lease.beat(text, atMs);
      return { change, state: lease.state };
    });

    expect(found).toEqual(steps.map(({ change, state }) => ({ change, state })));
  });

  it("says whose it is, and when it is due", () => {
    const lease = createLease({ limitMs: 250 });
    expect(lease.dueInMs(0)).toBeUndefined();

    lease.beat(`{"holder":"a","sequence":0}`, 1_000);

    expect(lease.holder).toBe("a");
    expect(lease.dueInMs(1_100)).toBe(150);
    expect(lease.dueInMs(2_000)).toBe(0);
  });
});
