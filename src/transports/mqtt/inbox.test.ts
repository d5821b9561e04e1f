import { describe, expect, it } from "vitest";
import { frameSound } from "../../domain/remote/framing.js";
import type { Role } from "../../domain/remote/roles.js";
import { createClockOffsets } from "./clock-offsets.js";
import { createInbox, type InboxOptions, type Letter } from "./inbox.js";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const at = (ms: number): string => new Date(NOW + ms).toISOString();
const ROLES: Readonly<Record<string, Role>> = { ann: "operator", sue: "supervisor", vic: "viewer" };

function setUp(overrides: Partial<InboxOptions> = {}) {
  const time = { ms: NOW };
  const read = createInbox({
    robot: "sim-1",
    nowMs: () => time.ms,
    offsets: createClockOffsets(),
    roleOf: (name) => ROLES[name],
    identity: "claimed",
    startedAtMs: NOW - 60_000,
    ...overrides,
  });
  const send = (name: string, message: unknown, retain = false): Letter =>
    read({ topic: `handeye/sim-1/${name}`, payload: Buffer.from(JSON.stringify(message)), retain });
  return { time, read, send };
}

const command = (changes: object = {}): object => ({
  id: "c1",
  operator: "ann",
  sentAt: at(-100),
  expiresAt: at(5_000),
  instruction: "open the drawer",
  ...changes,
});

describe("createInbox", () => {
  it("hands over a command with who sent it", () => {
    expect(setUp().send("command", command())).toMatchObject({
      kind: "command",
      operator: "ann",
      role: "operator",
      message: { instruction: "open the drawer" },
    });
  });

  it("takes a stop whatever it says, whoever says it, even kept by the broker", () => {
    const { read } = setUp();

    expect(read({ topic: "handeye/sim-1/stop", payload: new Uint8Array(), retain: true })).toEqual({ kind: "stop" });
    expect(read({ topic: "handeye/sim-1/stop/from/vic", payload: Buffer.from("{{"), retain: false })).toEqual({
      kind: "stop",
    });
  });

  it.each([
    ["retained", command(), true],
    ["expired", command({ sentAt: at(-9_000), expiresAt: at(-1) }), false],
    ["clock-skew", command({ sentAt: at(3_600_000), expiresAt: at(3_605_000) }), false],
    ["expires-too-late", command({ expiresAt: at(3_600_000) }), false],
    ["expired", command({ sentAt: at(-90_000), expiresAt: at(5_000) }), false],
    ["unknown-operator", command({ operator: "eve" }), false],
    ["not-allowed", command({ operator: "vic" }), false],
    ["malformed", command({ sentAt: "yesterday" }), false],
    ["malformed", command({ lift: "all limits" }), false],
    ["malformed", command({ instruction: undefined }), false],
    ["malformed", command({ action: { action: "release" } }), false],
    ["malformed", command({ instruction: undefined, action: { action: "grasp", target: { x: "1e999" } } }), false],
    ["malformed", [], false],
    ["malformed", null, false],
    ["malformed", 7, false],
  ] as const)("refuses with %s: %j", (code, message, retain) => {
    expect(setUp().send("command", message, retain)).toMatchObject({ kind: "refused", code });
  });

  it.each([
    ["no JSON", Buffer.from("open the drawer")],
    ["no text", Uint8Array.of(0xff, 0xfe, 0x00)],
    ["nothing", new Uint8Array()],
  ])("refuses %s as malformed", (_name, payload) => {
    const { read } = setUp();

    expect(read({ topic: "handeye/sim-1/command", payload, retain: false })).toMatchObject({ code: "malformed" });
  });

  it("says which message was refused, as far as it can be read", () => {
    expect(setUp().send("command", { id: "c9", operator: "ann" })).toMatchObject({
      code: "malformed",
      id: "c9",
      operator: "ann",
    });
  });

  it("does not look into what is too large", () => {
    expect(setUp().send("command", command({ instruction: "x".repeat(70_000) }))).toMatchObject({ code: "too-large" });
  });

  it("hands over the same id once", () => {
    const { send } = setUp();
    send("command", command());

    expect(send("command", command())).toEqual({ kind: "duplicate", id: "c1" });
  });

  it("does not let one operator use up another's ids", () => {
    const { send } = setUp();
    send("command", command({ operator: "sue" }));

    expect(send("command", command())).toMatchObject({ kind: "command" });
  });

  it("forgives a refused message its id", () => {
    const { send } = setUp();
    send("command", command(), true);

    expect(send("command", command())).toMatchObject({ kind: "command" });
  });

  it("learns a clock that is an hour off from heartbeats", () => {
    const { send } = setUp();
    const hour = 3_600_000;
    const late = command({ sentAt: at(-hour - 100), expiresAt: at(-hour + 5_000) });
    expect(send("command", late)).toMatchObject({ code: "expired" });

    send("lease", { operator: "ann", sentAt: at(-hour - 20), want: "acquire" });

    expect(send("command", late)).toMatchObject({ kind: "command" });
  });

  it("keeps the least delay: one late heartbeat makes nothing younger", () => {
    const { send } = setUp();
    send("lease", { operator: "ann", sentAt: at(-10), want: "acquire" });
    send("lease", { operator: "ann", sentAt: at(-600_000), want: "renew" });

    expect(send("command", command({ sentAt: at(-30_000), expiresAt: at(-20_000) }))).toMatchObject({
      code: "expired",
    });
  });

  it("believes the topic where the broker keeps topics to their owners", () => {
    const { send } = setUp({ identity: "topic" });

    expect(send("command", command())).toMatchObject({ code: "wrong-identity" });
    expect(send("command/from/sue", command())).toMatchObject({ code: "wrong-identity" });
    expect(send("command/from/ann", command())).toMatchObject({ kind: "command" });
  });

  it("keeps keep-out boxes to supervisors", () => {
    const { send } = setUp();
    const zones = { id: "z", sentAt: at(0), expiresAt: at(5_000), zones: [] };

    expect(send("keep-out", { ...zones, operator: "ann" })).toMatchObject({ code: "not-allowed" });
    expect(send("keep-out", { ...zones, operator: "sue" })).toMatchObject({ kind: "keep-out" });
  });

  it("forgets a held key that took too long to get here", () => {
    const { send } = setUp();
    const press = { operator: "ann", sequence: 1, velocityMps: [0.1, 0, 0] };

    expect(send("jog", { ...press, sentAt: at(-600) })).toMatchObject({ code: "expired" });
    expect(send("jog", { ...press, sentAt: at(-100) })).toMatchObject({ kind: "jog" });
  });

  it("opens sound with its header", () => {
    const { read } = setUp();
    const header = { id: "a1", operator: "ann", sentAt: at(0), expiresAt: at(5_000) };
    const payload = frameSound(header, Uint8Array.of(1, 2, 3));

    expect(read({ topic: "handeye/sim-1/audio", payload, retain: false })).toMatchObject({
      kind: "audio",
      wav: Uint8Array.of(1, 2, 3),
      message: { purpose: "command" },
    });
    expect(read({ topic: "handeye/sim-1/audio", payload: payload.subarray(0, 9), retain: false })).toMatchObject({
      code: "malformed",
    });
  });

  it.each(["handeye/sim-2/command", "handeye/sim-1/state", "handeye/sim-1/command/from/", "other/sim-1/command", ""])(
    "has nothing to do with %s",
    (topic) => {
      const { read } = setUp();

      expect(read({ topic, payload: Buffer.from(JSON.stringify(command())), retain: false })).toEqual({
        kind: "ignored",
      });
    },
  );
});
