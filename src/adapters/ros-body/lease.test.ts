import { describe, expect, it } from "vitest";
import { createLease } from "./lease.js";

const LIMIT_MS = 250;
const beat = (holder: string, sequence: number, state = "alive"): string => JSON.stringify({ holder, sequence, state });

describe("a lease", () => {
  it("is granted to the first who asks, and lives while heartbeats come", () => {
    const lease = createLease({ limitMs: LIMIT_MS });

    expect(lease.state).toBe("waiting");
    expect(lease.beat(beat("a", 0), 1_000)).toBe("granted");
    expect(lease.beat(beat("a", 1), 1_200)).toBe("none");
    expect(lease.check(1_449)).toBe("none");
    expect(lease).toMatchObject({ state: "live", holder: "a" });
    expect(lease.dueInMs(1_400)).toBe(50);
  });

  it("expires once, when the last heartbeat is as old as the limit", () => {
    const lease = createLease({ limitMs: LIMIT_MS });
    lease.beat(beat("a", 0), 0);

    expect(lease.check(LIMIT_MS)).toBe("expired");
    expect(lease.check(LIMIT_MS + 1)).toBe("none");
    expect(lease.state).toBe("held");
    expect(lease.dueInMs(LIMIT_MS)).toBeUndefined();
  });

  it("does not come back by more of the same heartbeats: who stalled has to start anew", () => {
    const lease = createLease({ limitMs: LIMIT_MS });
    lease.beat(beat("a", 6), 0);

    expect(lease.beat(beat("a", 7), 900)).toBe("expired");
    expect(lease.beat(beat("a", 8), 950)).toBe("none");
    expect(lease.state).toBe("held");
    expect(lease.beat(beat("a", 0), 1_000)).toBe("granted");
  });

  it("goes to another only after it was released or has expired", () => {
    const lease = createLease({ limitMs: LIMIT_MS });
    lease.beat(beat("a", 0), 0);

    expect(lease.beat(beat("b", 0), 10)).toBe("none");
    expect(lease.holder).toBe("a");
    expect(lease.beat(beat("b", 1, "released"), 20)).toBe("none");
    expect(lease.beat(beat("a", 1, "released"), 30)).toBe("released");
    expect(lease).toMatchObject({ state: "waiting", holder: undefined });
    expect(lease.beat(beat("b", 2), 40)).toBe("granted");
    expect(lease.check(40 + LIMIT_MS)).toBe("expired");
    expect(lease.beat(beat("c", 5), 400)).toBe("granted");
  });

  it("does not count heartbeats that come twice or late", () => {
    const lease = createLease({ limitMs: LIMIT_MS });
    lease.beat(beat("a", 5), 0);
    lease.beat(beat("a", 6), 100);
    lease.beat(beat("a", 6), 300);
    lease.beat(beat("a", 5), 340);

    expect(lease.check(350)).toBe("expired");
  });

  it.each(["", "alive", "[]", "null", `{"holder":"","sequence":1}`, `{"holder":"a"}`, `{"holder":"a","sequence":0.5}`])(
    "takes %j for no heartbeat",
    (text) => {
      const lease = createLease({ limitMs: LIMIT_MS });

      expect(lease.beat(text, 0)).toBe("none");
      expect(lease.state).toBe("waiting");
    },
  );
});
