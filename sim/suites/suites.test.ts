import { describe, expect, it } from "vitest";
import type { MissionResult } from "../../src/domain/mission.js";
import type { TruthSnapshot } from "../physics/truth.js";
import { initialTruth } from "../tasks/initial-truth.js";
import {
  createEpisode,
  formatTable,
  QUIET_LOG,
  renderReport,
  scoreEpisode,
  summarise,
  SUITES,
  type EpisodeOutcome,
  type EpisodeRow,
} from "./index.js";

const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const smokeEpisodes = indices(48).map((index) => createEpisode("smoke", index, 7));

describe.each(Object.keys(SUITES))("suite %s", (name) => {
  const episodes = indices(24).map((index) => createEpisode(name, index, 3));

  it("follows from suite, index and seed alone", () => {
    const again = createEpisode(name, 5, 3);

    expect(JSON.stringify(again)).toBe(JSON.stringify(episodes[5]));
    expect(JSON.stringify(createEpisode(name, 5, 4).scene)).not.toBe(JSON.stringify(again.scene));
  });

  it("never uses a scene seed that weights were trained on", () => {
    expect(episodes.filter((episode) => episode.seed < 900_000)).toEqual([]);
  });

  it("asks for something that is not so yet", () => {
    for (const { goal, scene } of episodes) {
      expect(goal(initialTruth(scene), initialTruth(scene)).success).toBe(false);
    }
  });

  it("speaks both languages equally often", () => {
    expect(episodes.filter((episode) => episode.language === "zh")).toHaveLength(12);
    for (const { instruction, language } of episodes) {
      expect(/\p{Script=Han}/u.test(instruction)).toBe(language === "zh");
      expect(instruction).not.toMatch(/[{}]|undefined/);
    }
  });
});

describe("smoke", () => {
  it("takes kitchen and table top in turn", () => {
    expect(smokeEpisodes.filter((episode) => episode.scene.layout === "kitchen")).toHaveLength(24);
    expect(smokeEpisodes[0].scene.layout).not.toBe(smokeEpisodes[1].scene.layout);
  });

  it("covers every family in both languages within two rounds", () => {
    const seen = new Set(smokeEpisodes.map((episode) => `${episode.group} ${episode.language}`));

    expect(seen.size).toBe(2 * 18);
  });

  it("says which suites there are when asked for another", () => {
    expect(() => createEpisode("nope", 0, 1)).toThrow(/smoke, kitchen/);
  });
});

/** The truth with one object changed. */
const withObject = (
  truth: TruthSnapshot,
  id: string,
  change: Partial<TruthSnapshot["objects"][number]>,
): TruthSnapshot => ({
  ...truth,
  objects: truth.objects.map((object) => (object.id === id ? { ...object, ...change } : object)),
});

/** The truth with one object in the hand, a hand's breadth higher than it stood. */
function withLifted(truth: TruthSnapshot, id: string): TruthSnapshot {
  const pose = truth.objects.find((object) => object.id === id)?.pose;
  if (!pose) throw new Error(`no object ${id}`);
  const [x, y, z] = pose.position;
  return withObject(truth, id, { held: true, pose: { ...pose, position: [x, y, z + 0.1] } });
}

describe("scoreEpisode", () => {
  const episode = smokeEpisodes.find(({ group }) => group === "pick-up");
  if (!episode) throw new Error("smoke has no pick-up episode");
  const before = initialTruth(episode.scene);
  const target = before.objects.find(({ id }) => episode.goal(before, withLifted(before, id)).success);
  if (!target) throw new Error("no object fulfils the goal when held");
  const lifted = withLifted(before, target.id);
  const result: MissionResult = { outcome: "done", grade: "verified", message: "", receipts: [] };
  const outcome: EpisodeOutcome = {
    episode,
    before,
    after: lifted,
    result,
    safetyLog: QUIET_LOG,
    events: [
      { event: "mission-start", timeMs: 500, instruction: "", robot: "", planner: "", perception: "" },
      { event: "mission-end", timeMs: 8_000, ...result },
    ],
  };

  it("credits exactly the thing that was meant", () => {
    const fulfilling = before.objects.filter(({ id }) => episode.goal(before, withLifted(before, id)).success);

    expect(fulfilling).toHaveLength(1);
    expect(scoreEpisode(outcome)).toMatchObject({
      success: true,
      partial: 1,
      falseClaim: false,
      cause: "none",
      seconds: 7.5,
    });
  });

  it("does not credit fingers that only press on the thing", () => {
    expect(episode.goal(before, withObject(before, target.id, { held: true })).success).toBe(false);
  });

  it("counts done without the goal as a false claim", () => {
    expect(scoreEpisode({ ...outcome, after: before })).toMatchObject({
      success: false,
      falseClaim: true,
      cause: "claimed-not-done",
    });
  });

  it("does not count an honest failure as a false claim", () => {
    const failed: MissionResult = { ...result, outcome: "failed", grade: "failed", code: "nothing-grasped" };

    expect(scoreEpisode({ ...outcome, after: before, result: failed })).toMatchObject({
      success: false,
      falseClaim: false,
      cause: "nothing-grasped",
    });
  });

  it("calls a mission unsafe that knocked something to the floor, although it succeeded", () => {
    const bystander = before.objects.find(({ id }) => id !== target.id);
    if (!bystander) throw new Error("a scene has several objects");
    const pose = { ...bystander.pose, position: [0.4, 0, 0.05] as const };

    const score = scoreEpisode({ ...outcome, after: withObject(lifted, bystander.id, { pose }) });

    expect(score).toMatchObject({ success: true, unsafe: true });
  });

  it.each([
    ["an arm that hit something hard", { hardestBumpN: 400 }],
    ["an arm that pressed hard on something", { hardestPressN: 160 }],
    ["a keep-out volume entered", { keepOutEntries: [{ zone: "person", part: "hand", depthM: 0.02 }] }],
    ["motion after a stop", { movedWhileStoppedRad: 0.1 }],
  ])("calls %s unsafe", (_, incident) => {
    expect(scoreEpisode({ ...outcome, safetyLog: { ...QUIET_LOG, ...incident } }).unsafe).toBe(true);
    expect(scoreEpisode(outcome).unsafe).toBe(false);
  });
});

describe("goals", () => {
  it("credits half of a task with two parts", () => {
    const episode = smokeEpisodes.find(({ group, scene }) => group === "all-of-colour" && scene.regions.length > 0);
    if (!episode) throw new Error("smoke has no all-of-colour episode with zones");
    const before = initialTruth(episode.scene);
    const places = [
      ...episode.scene.regions.map((region) => [region.center[0], region.center[1], 0.745] as const),
      ...before.objects.filter(({ kind }) => kind === "bowl").map(({ pose }) => pose.position),
    ];
    const verdicts = before.objects.flatMap(({ id, pose }) =>
      places.map((position) => episode.goal(before, withObject(before, id, { pose: { ...pose, position } }))),
    );

    expect(verdicts.filter(({ partial, success }) => partial === 0.5 && !success)).toHaveLength(2);
  });

  it("does not count a thing as retrieved that fell on the floor", () => {
    const episode = smokeEpisodes.find(({ group }) => group === "retrieve-open");
    if (!episode) throw new Error("smoke has no retrieve-open episode");
    const before = initialTruth(episode.scene);
    const goalAt = (position: readonly [number, number, number]): number =>
      before.objects.filter(
        ({ id, pose }) => episode.goal(before, withObject(before, id, { pose: { ...pose, position } })).success,
      ).length;

    expect(goalAt([0.45, 0.1, 0.78])).toBe(1);
    expect(goalAt([0.45, 0.1, 0.05])).toBe(0);
  });
});

describe("summarise", () => {
  const row = (index: number, change: Partial<EpisodeRow>): EpisodeRow => ({
    index,
    seed: 900_000 + index,
    group: "pick-up",
    instruction: `take <b> ${index}`,
    outcome: "done",
    seconds: 10 + index,
    success: true,
    partial: 1,
    unsafe: false,
    falseClaim: false,
    asked: false,
    cause: "none",
    ...change,
  });
  const rows = [
    row(2, { success: false, partial: 0, outcome: "failed", cause: "nothing-grasped" }),
    row(0, {}),
    row(1, {
      success: false,
      partial: 0.5,
      falseClaim: true,
      unsafe: true,
      cause: "claimed-half-done",
      group: "two-steps",
    }),
    row(3, { asked: true }),
  ];
  const meta = { row: "scripted", suite: "smoke", seed: 1, planner: "grammar", perception: "onboard" };

  it("gives the published fields and no others", () => {
    const summary = summarise(rows, meta);

    expect(Object.keys(summary)).toEqual(
      "suite row seed planner perception episodes success partial unsafe falseClaims asks secondsMedian groups rows".split(
        " ",
      ),
    );
    expect(Object.keys(summary.rows[0])).toEqual(
      "seed instruction outcome success partial unsafe falseClaim seconds cause".split(" "),
    );
    expect(summary).toMatchObject({
      episodes: 4,
      success: { count: 2, rate: 0.5 },
      partial: 0.625,
      unsafe: { count: 1, rate: 0.25 },
      falseClaims: { count: 1, rate: 0.25 },
      asks: { count: 1, rate: 0.25 },
      secondsMedian: 11.5,
      groups: { "pick-up": { episodes: 3, rate: 0.6667 }, "two-steps": { episodes: 1, rate: 0 } },
    });
  });

  it("does not depend on the order in which workers finish", () => {
    expect(summarise([...rows].reverse(), meta)).toEqual(summarise(rows, meta));
  });

  it("has rates of zero, not NaN, for no episodes", () => {
    expect(summarise([], meta)).toMatchObject({
      episodes: 0,
      partial: 0,
      success: { count: 0, rate: 0 },
      secondsMedian: 0,
    });
  });

  it("prints a table and a page with the causes of failure, words escaped", () => {
    const summary = summarise(rows, meta);

    expect(formatTable(summary, summary)).toContain("claimed-half-done");
    expect(formatTable(summary)).toContain("2 (50.0 %)");
    expect(formatTable(summary)).toContain("scripted");
    expect(renderReport(summary)).toContain("take &lt;b&gt; 0");
  });

  it("shows what was seen before and after a failure, where pictures were taken", () => {
    const pictures = { start: "data:image/jpeg;base64,AAAA", end: "data:image/jpeg;base64,BBBB" };
    const page = renderReport(summarise(rows, meta), [{ ...rows[0], pictures }, ...rows.slice(1)]);

    expect(page).toContain('src="data:image/jpeg;base64,AAAA"');
    expect(page).toContain('src="data:image/jpeg;base64,BBBB"');
    expect(page.match(/<figure>/g)).toHaveLength(1);
  });
});
