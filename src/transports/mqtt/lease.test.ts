import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../../test/support/fake-clock.js";
import { createLease } from "./lease.js";

function setUp() {
  const clock = createFakeClock();
  const lost: string[] = [];
  const lease = createLease({
    nowMs: () => clock.nowMs(),
    after: (ms, callback) => clock.timers.after(ms, callback),
    timeoutMs: 3_000,
    onLost: ({ operator }) => lost.push(operator),
  });
  return { clock, lease, lost };
}

describe("createLease", () => {
  it("belongs to who took it, as long as heartbeats come", () => {
    const { clock, lease, lost } = setUp();
    lease.acquire("ann", "operator");

    for (let i = 0; i < 5; i++) {
      clock.advance(2_900);
      expect(lease.renew("ann")).toBe(true);
    }

    expect(lost).toEqual([]);
    expect(lease.holder).toMatchObject({ operator: "ann", hasHeartbeat: true });
  });

  it("is lost to silence, and tells whose it was", () => {
    const { clock, lease, lost } = setUp();
    lease.acquire("ann", "operator");

    clock.advance(3_000);

    expect(lost).toEqual(["ann"]);
    expect(lease.holder).toBeUndefined();
    expect(lease.renew("ann")).toBe(false);
  });

  it("tells a second operator who holds it", () => {
    const { lease } = setUp();
    lease.acquire("ann", "operator");

    expect(lease.acquire("bob", "operator")).toEqual({ ok: false, heldBy: "ann" });
    expect(lease.mayDrive("bob")).toBe(false);
  });

  it("goes to a supervisor who asks for it, and from a supervisor to nobody", () => {
    const { lease } = setUp();
    lease.acquire("ann", "operator");

    expect(lease.acquire("sue", "supervisor")).toEqual({ ok: true, tookOverFrom: "ann" });
    expect(lease.acquire("sam", "supervisor")).toEqual({ ok: false, heldBy: "sue" });
    expect(lease.acquire("ann", "operator")).toEqual({ ok: false, heldBy: "sue" });
  });

  it("does not watch for heartbeats of somebody who sends none", () => {
    const { clock, lease, lost } = setUp();
    lease.borrow("ann", "operator");

    clock.advance(60_000);

    expect(lost).toEqual([]);
    expect(lease.holder).toMatchObject({ operator: "ann", hasHeartbeat: false });
  });

  it("watches from the first heartbeat on, also when a command came first", () => {
    const { clock, lease, lost } = setUp();
    lease.borrow("ann", "operator");
    lease.acquire("ann", "operator");

    clock.advance(3_000);

    expect(lost).toEqual(["ann"]);
  });

  it("is given back by its holder alone", () => {
    const { lease } = setUp();
    lease.acquire("ann", "operator");

    lease.release("bob");
    expect(lease.holder?.operator).toBe("ann");
    lease.release("ann");

    expect(lease.holder).toBeUndefined();
  });
});
