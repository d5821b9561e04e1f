import { describe, expect, it } from "vitest";
import { setOverride } from "./set-override.js";

describe("setOverride", () => {
  it("replaces a field and leaves its neighbours", () => {
    const raw = { planner: { type: "grammar" }, robot: { type: "sim" } };

    expect(setOverride(raw, "planner.type=ollama")).toEqual({ planner: { type: "ollama" }, robot: { type: "sim" } });
    expect(raw.planner.type).toBe("grammar");
  });

  it.each([
    ["a.b=3", { a: { b: 3 } }],
    ["a.b=true", { a: { b: true } }],
    ['a.b=["x"]', { a: { b: ["x"] } }],
    ["a.b=3 cm", { a: { b: "3 cm" } }],
    ["a=", { a: "" }],
    ["a=b=c", { a: "b=c" }],
  ])("reads %s as JSON where it is JSON", (override, expected) => {
    expect(setOverride({}, override)).toEqual(expected);
  });

  it("reaches into lists by index", () => {
    expect(setOverride({ zones: [{ name: "a" }] }, "zones.0.name=b")).toEqual({ zones: [{ name: "b" }] });
  });

  it.each(["planner", "=x", "a..b=1", "a.b.c=1", "list.7=1", "__proto__.x=1"])("refuses %s", (override) => {
    expect(() => setOverride({ a: { b: 1 }, list: [] }, override)).toThrow(/--set/);
  });
});
