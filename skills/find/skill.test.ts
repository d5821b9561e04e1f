import { describe, expect, it } from "vitest";
import { aDetection } from "../../test/support/a-detection.js";
import { aLook } from "../../test/support/a-look.js";
import { paintFrame } from "../../test/support/painted-frame.js";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { rememberLook } from "../../src/memory/index.js";
import { sketchOf } from "../../src/memory/picture-sketch.js";
import { fail, ok, type PictureFinder } from "../../src/skill-kit/index.js";
import { chooseKeyFrames } from "./choose-key-frames.js";
import find from "./skill.js";
import { agoWords } from "./time-words.js";

const NOW = Date.parse("2026-11-29T12:00:00Z");
const mug = aDetection({ kind: "mug", color: "red" });
const remembered = (seenAtMs = NOW - 300_000, calibrated = true) =>
  rememberLook(aLook({ detections: [mug] }), { seenAtMs, origin: "head camera", calibrated, newId: () => "0a" });
const place = { en: "in the left drawer", zh: "在左边的抽屉里" };
const JPEG = Buffer.from("jpeg");

/** Scores a picture by how red it is. */
function finder(overrides: Partial<PictureFinder> = {}): PictureFinder {
  return {
    remember: async ({ seenAtMs, origin }) => ok({ ...remembered(seenAtMs), origin }),
    search: async () => ok([{ picture: remembered(), score: 0.03, by: ["words"], places: [place], jpeg: JPEG }]),
    lastSeen: async () => ok({ picture: remembered(), thing: remembered().things[0], place, alike: 1, jpeg: JPEG }),
    fit: async ({ frame }) => ok({ score: frame.rgb[0] / 255, evidence: "red" }),
    sketch: sketchOf,
    encode: async () => JPEG,
    ...overrides,
  };
}
const red = (level: number) => paintFrame({ width: 32, height: 24, background: [level, 0, 0] });
const clip = (levels: readonly number[]) =>
  levels.map((level, at) => ({ timeMs: at * 1_000, frame: red(level), calibrated: false }));
const context = (backend: PictureFinder = finder(), clips: Record<string, ReturnType<typeof clip>> = {}) =>
  fakeSkillContext(backend, {
    cameras: { head: red(9) },
    perceive: () => aLook({ detections: [mug] }),
    clips,
    nowMs: () => NOW,
  });

describe("find", () => {
  it("says when and where a thing was seen last, with the picture", async () => {
    const given = context();
    const result = await find.run({ do: "last-seen", phrase: "my mug" }, given);

    expect(result).toMatchObject({
      ok: true,
      value: {
        text: "The red mug was last seen in the left drawer, 5 min ago (head camera).",
        positionInBase: mug.positionInBase,
        seenAt: "2026-11-29T11:55:00Z",
        file: "last-seen.jpg",
      },
    });
    expect(given.kept.map(({ name }) => name)).toEqual(["last-seen.jpg"]);
  });

  it("gives no metres for a picture without calibration", async () => {
    const seen = { picture: remembered(NOW, false), thing: mug, place, alike: 1, jpeg: undefined };
    const result = await find.run(
      { do: "last-seen", phrase: "mug" },
      context(finder({ lastSeen: async () => ok(seen) })),
    );

    expect(result.ok && "positionInBase" in result.value).toBe(false);
  });

  it("searches by words and time, and keeps what it finds", async () => {
    const asked: unknown[] = [];
    const backend = finder({
      search: async (query) => {
        asked.push(query);
        return finder().search(query, { signal: new AbortController().signal });
      },
    });
    const given = context(backend);
    const result = await find.run({ do: "search", words: "mug", since: "2026-11-29T10:00:00Z" }, given);

    expect(asked).toEqual([{ words: "mug", limit: 5, sinceMs: Date.parse("2026-11-29T10:00:00Z") }]);
    expect(result).toMatchObject({
      ok: true,
      value: { found: [{ file: "found-1.jpg", things: [{ label: "red mug", place }] }] },
    });
    expect(given.kept).toHaveLength(1);
  });

  it("finds the moment that fits best, without looking again at what has not changed", async () => {
    let looks = 0;
    const backend = finder({
      fit: async ({ frame }) => {
        looks++;
        return ok({ score: frame.rgb[0] / 255, evidence: "red" });
      },
    });
    const given = context(backend, { "run.mcap": clip([10, 10, 10, 200, 200, 90]) });
    const result = await find.run({ do: "moment", recording: "run.mcap", words: "the red wall" }, given);

    expect(result).toMatchObject({ ok: true, value: { atS: 3, lookedAt: 6, file: "moment.jpg" } });
    expect(looks).toBe(3);
    expect(given.progressed.length).toBeGreaterThan(0);
  });

  it("does not make a moment up", async () => {
    const given = context(finder(), { "run.mcap": clip([0, 5, 10]) });

    expect(await find.run({ do: "moment", recording: "run.mcap", words: "the red wall" }, given)).toMatchObject({
      ok: false,
      code: "not-in-recording",
    });
    expect(given.kept).toEqual([]);
  });

  it("sums a recording up in pictures that differ", async () => {
    const given = context(finder(), { "run.mcap": clip([0, 0, 0, 250, 250, 120, 120]) });
    const result = await find.run({ do: "key-frames", recording: "run.mcap", count: 5 }, given);

    expect(result.ok && result.value).toMatchObject({ frames: [{ atS: 0 }, { atS: 3 }, { atS: 5 }] });
    expect(given.kept.map(({ name }) => name)).toEqual(["key-frame-01.jpg", "key-frame-02.jpg", "key-frame-03.jpg"]);
  });

  it("remembers what the head camera sees, or the changes in a recording", async () => {
    const now = await find.run({ do: "remember" }, context());
    const recording = await find.run(
      { do: "remember", recording: "run.mcap", takenAt: "2026-11-01T00:00:00Z", everyS: 1 },
      context(finder(), { "run.mcap": clip([0, 0, 250]) }),
    );

    expect(now).toMatchObject({
      ok: true,
      value: { remembered: [{ origin: "head camera", seenAt: "2026-11-29T12:00:00Z" }] },
    });
    expect(recording).toMatchObject({
      ok: true,
      value: {
        remembered: [
          { seenAt: "2026-11-01T00:00:00Z" },
          { origin: "run.mcap at 2.0 s", seenAt: "2026-11-01T00:00:02Z" },
        ],
      },
    });
  });

  it.each([
    [{ do: "search" }, "nothing-asked"],
    [{ do: "search", words: " " }, "bad-input"],
    [{ do: "search", words: "mug", since: "yesterday" }, "bad-input"],
    [{ do: "look" }, "bad-input"],
    [{ do: "remember", picture: "a.jpg", recording: "b.mcap" }, "two-sources"],
    [{ do: "moment", recording: "nowhere.mcap", words: "mug" }, "not-found"],
    [{ do: "key-frames", recording: "empty.mcap" }, "empty-clip"],
    [{ do: "search", picture: "nowhere.jpg" }, "not-found"],
  ])("refuses %j: %s", async (input, code) => {
    expect(await find.run(input, context(finder(), { "empty.mcap": [] }))).toMatchObject({ ok: false, code });
  });

  it("passes failures of its back end on", async () => {
    const away = fail("link-lost", "Qdrant is away.");
    const backend = finder({ search: async () => away, fit: async () => away, remember: async () => away });
    const given = context(backend, { "run.mcap": clip([0, 200]) });

    expect(await find.run({ do: "search", words: "mug" }, given)).toEqual(away);
    expect(await find.run({ do: "moment", recording: "run.mcap", words: "mug" }, given)).toEqual(away);
    expect(await find.run({ do: "remember" }, given)).toEqual(away);
    expect(await find.run({ do: "remember", recording: "run.mcap" }, given)).toEqual(away);
  });

  it("has examples that its schema takes", () => {
    for (const example of find.examples) expect(find.input.safeParse(example).success).toBe(true);
  });
});

describe("key frames", () => {
  it("are the first and the ones farthest from all others, in order", () => {
    const at = (timeMs: number, value: number) => ({ timeMs, sketch: [value] });

    expect(chooseKeyFrames([at(0, 0), at(1, 0.1), at(2, 1), at(3, 0.5)], 3).map(({ timeMs }) => timeMs)).toEqual([
      0, 2, 3,
    ]);
    expect(chooseKeyFrames([at(0, 0), at(1, 0.001)], 9)).toHaveLength(1);
    expect(chooseKeyFrames([], 3)).toEqual([]);
  });
});

describe("time in words", () => {
  it.each([
    [5, "5 s ago"],
    [300, "5 min ago"],
    [7_200, "2 h ago"],
    [259_200, "3 days ago"],
  ])("%d s is %s", (seconds, words) => {
    expect(agoWords(seconds)).toBe(words);
  });
});
