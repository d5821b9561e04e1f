import { describe, expect, it } from "vitest";
import { parseConsent } from "./parse-consent.js";

const NOW = { path: "consent.json", nowMs: Date.parse("2026-06-01T12:00:00Z") };
const CONSENT = { who: "Ann Lee", when: "2026-03-01", what: "The robot may speak with my voice at work." };
const parse = (value: unknown) => parseConsent(typeof value === "string" ? value : JSON.stringify(value), NOW);

describe("a person's consent", () => {
  it("says who, when and what", () => {
    expect(parse(CONSENT)).toEqual(CONSENT);
    expect(parse({ ...CONSENT, when: "2026-03-01T09:00:00+02:00", until: "2026-06-01" })).toMatchObject({
      who: "Ann Lee",
    });
  });

  it.each([
    ["no JSON", "yes, she said so"],
    ["nobody", { ...CONSENT, who: " " }],
    ["no day", { who: "Ann", what: "everything" }],
    ["a day that is none", { ...CONSENT, when: "last spring" }],
    ["nothing that was agreed to", { who: "Ann", when: "2026-03-01" }],
    ["a day to come", { ...CONSENT, when: "2027-01-01" }],
    ["an end that has passed", { ...CONSENT, until: "2026-05-01" }],
  ])("is refused with %s, and the message says what to do", (_, value) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({
        code: "bad-launch-file",
        message: expect.stringMatching(/consent\.json as JSON with who, when.*Ask the person/),
      }),
    );
  });
});
