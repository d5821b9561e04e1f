import { encode } from "cbor2";
import { describe, expect, it } from "vitest";
import { createWireReader } from "./read-wire.js";
import { headerStampMs, rosTime, rosType, stampMs } from "./stamps.js";

const text = (value: unknown): Buffer => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

describe("what comes off the socket", () => {
  it("is read from JSON and from CBOR, bytes as bytes", () => {
    const read = createWireReader();
    const fromBytes = read(encode({ op: "publish", msg: { data: Uint8Array.of(1, 2) } }), true);

    expect(read(text({ op: "publish", topic: "/a" }), false)).toEqual({ op: "publish", topic: "/a" });
    expect(fromBytes).toMatchObject({ op: "publish" });
    expect([...((fromBytes as unknown as { msg: { data: Uint8Array } }).msg.data ?? [])]).toEqual([1, 2]);
  });

  it("is joined from fragments, in any order", () => {
    const read = createWireReader();
    const whole = JSON.stringify({ op: "publish", topic: "/long" });
    const part = (num: number) =>
      read(
        text({ op: "fragment", id: "f", num, total: 2, data: whole.slice(num * 10, num === 0 ? 10 : undefined) }),
        false,
      );

    expect(part(1)).toBeUndefined();
    expect(part(0)).toEqual({ op: "publish", topic: "/long" });
  });

  it("is told to be damaged rather than believed", () => {
    const read = createWireReader();
    const fragment = (more: object) =>
      read(text({ op: "fragment", id: "f", num: 0, total: 2, data: "x", ...more }), false);

    expect(read(text('{"op":"publ'), false)).toBe("not-readable");
    expect(read(Uint8Array.of(0xff, 0x00), true)).toBe("not-readable");
    expect(read(text([1]), false)).toBe("not-an-operation");
    expect(read(text("null"), false)).toBe("not-an-operation");
    expect(fragment({ total: 1e9 })).toBe("bad-fragment");
    expect(fragment({ num: 5 })).toBe("bad-fragment");
    expect(fragment({ data: 7 })).toBe("bad-fragment");
  });

  it("does not keep fragments whose rest never comes", () => {
    const read = createWireReader();
    const begin = (id: string) => read(text({ op: "fragment", id, num: 0, total: 2, data: '{"op":' }), false);
    begin("first");
    for (let i = 0; i < 20; i++) begin(`more-${i}`);

    expect(read(text({ op: "fragment", id: "first", num: 1, total: 2, data: '"x"}' }), false)).toBeUndefined();
  });
});

describe("times over ROS", () => {
  it("are read and written in the fields of either version", () => {
    expect(rosTime(1, 1_500)).toEqual({ secs: 1, nsecs: 500_000_000 });
    expect(rosTime(2, 1_999.9999999)).toEqual({ sec: 2, nanosec: 0 });
    expect(stampMs({ secs: 3, nsecs: 250_000_000 })).toBe(3_250);
    expect(headerStampMs({ header: { stamp: { sec: 3, nanosec: 0 } } })).toBe(3_000);
  });

  it("that are zero or no time are none", () => {
    expect([
      stampMs({ sec: 0, nanosec: 0 }),
      stampMs({ sec: null, nanosec: 0 }),
      stampMs(null),
      stampMs("now"),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("come in types of either spelling", () => {
    expect(rosType(1, "msg", "std_msgs/Bool")).toBe("std_msgs/Bool");
    expect(rosType(2, "action", "nav2_msgs/NavigateToPose")).toBe("nav2_msgs/action/NavigateToPose");
  });
});
