import { describe, expect, it } from "vitest";
import { paintFrame } from "../../test/support/painted-frame.js";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { fail, ok, type ContentModerator } from "../../src/skill-kit/index.js";
import moderate from "./skill.js";

const saying = (judge: ContentModerator["judge"]) =>
  fakeSkillContext<ContentModerator>({ judge }, { pictures: { "photo.jpg": paintFrame({ width: 8, height: 6 }) } });
const fine = ok({ acceptable: true, categories: [], reason: "Nothing found." });

describe("moderate", () => {
  it("passes text and picture on, and tells what was found", async () => {
    const asked: unknown[] = [];
    const context = saying(async ({ text, picture }) => {
      asked.push([text, picture?.width]);
      return ok({ acceptable: false, categories: ["violence"], scores: { violence: 0.9 }, reason: "A fight." });
    });

    expect(await moderate.run({ text: "look", picture: "photo.jpg" }, context)).toEqual({
      ok: true,
      value: {
        acceptable: false,
        categories: ["violence"],
        scores: { violence: 0.9 },
        reason: "A fight.",
        text: "Not acceptable. A fight.",
      },
    });
    expect(asked).toEqual([["look", 8]]);
  });

  it("takes an answer that cannot be read for a no", async () => {
    const context = saying(async () => fail("bad-answer", "Expected a verdict, found <html>."));

    expect(await moderate.run({ text: "hello" }, context)).toMatchObject({
      ok: true,
      value: { acceptable: false, categories: ["unsure"], reason: "Expected a verdict, found <html>." },
    });
  });

  it("lets the next back end judge when one is away", async () => {
    expect(
      await moderate.run(
        { text: "hello" },
        saying(async () => fail("link-lost", "away")),
      ),
    ).toMatchObject({ ok: false, code: "link-lost" });
  });

  it.each([
    [{}, "nothing-asked"],
    [{ text: " \n" }, "nothing-asked"],
    [{ picture: "nowhere.jpg" }, "not-found"],
    [{ text: 7 }, "bad-input"],
  ])("refuses %j: %s", async (input, code) => {
    expect(
      await moderate.run(
        input,
        saying(async () => fine),
      ),
    ).toMatchObject({ ok: false, code });
  });

  it("has examples that its schema takes", () => {
    for (const example of moderate.examples) expect(moderate.input.safeParse(example).success).toBe(true);
  });
});
