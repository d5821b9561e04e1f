import { beforeEach, describe, expect, it } from "vitest";
import {
  createStopWatch,
  scoreOf,
  type StopLook,
  type StopWatch,
  type StopWatchOptions,
  type StopWatchShape,
} from "./stop-watch.js";

const SYMBOLS = Array.from("_ abcdefghijklmnopqrstuvwxyz'");
const shape: StopWatchShape = {
  words: ["stop", "停"],
  letters: ["stop", "ting"].map((word) => Array.from(word, (letter) => SYMBOLS.indexOf(letter))),
  symbols: SYMBOLS.length,
  maybe: -4,
  weights: [
    { spotter: 1, said: 3 },
    { spotter: 1, said: 3 },
  ],
  least: [-2, -2],
  sure: 6,
  tapes: [1],
};
const RATE = 16_000;
const STEP = 320;
const QUIET = [-9, -9];

describe("the watch for words to stop", () => {
  /** Logits of the spotter by step of 20 ms, what the hearing network spells, and what is made of that. */
  let logits: readonly (readonly number[])[];
  let spells: readonly string[];
  let text: string;
  let looks: number[];
  let reads: number;
  let told: StopLook[];
  let options: StopWatchOptions;
  let watch: StopWatch;
  beforeEach(() => {
    logits = [];
    spells = [""];
    text = "";
    looks = [];
    reads = 0;
    told = [];
    let step = 0;
    options = {
      shape,
      makeSpotter: (listener) => ({
        hear: () => {
          listener(Float32Array.from(logits[step++] ?? QUIET));
          return false;
        },
        reset: () => (step = 0),
      }),
      spell: (samples) => {
        const spelled = spells[Math.min(looks.length, spells.length - 1)];
        looks.push(samples.length);
        const rows = Array.from(spelled).flatMap((symbol) =>
          SYMBOLS.map((one) => Math.log(one === symbol ? 0.9 : 0.1 / (SYMBOLS.length - 1))),
        );
        return Promise.resolve(Float32Array.from(rows));
      },
      read: () => {
        reads++;
        return text;
      },
    };
    watch = createStopWatch(options);
  });
  /** Logits of one word that rise to this for `steps` after `quiet` steps. */
  const rise = (quiet: number, logit: number, steps = 5, word = 0): readonly (readonly number[])[] => [
    ...Array.from({ length: quiet }, () => QUIET),
    ...Array.from({ length: steps }, () => QUIET.map((low, index) => (index === word ? logit : low))),
  ];
  const silence = (steps: number): Float32Array => new Float32Array(steps * STEP);

  it("takes a sure word without a look, at once, and once", async () => {
    logits = rise(3, 7);

    expect(await watch.hear(silence(50))).toEqual({ word: "stop", atS: (4 * STEP) / RATE });
    expect(await watch.end()).toBeUndefined();
    expect(looks).toEqual([]);
  });

  it("does not look while nothing is suspected", async () => {
    logits = rise(10, -5, 200);
    spells = ["_stop_"];

    expect(await watch.hear(silence(200))).toBeUndefined();
    expect(looks).toEqual([]);
  });

  it("looks at what might be one, and takes it when it is spelled so", async () => {
    logits = rise(40, 2);
    spells = ["_okay _stop_"];

    expect(await watch.hear(silence(80))).toEqual({ word: "stop", atS: (41 * STEP) / RATE });
    expect(looks).toEqual([41 * STEP]);
    expect(reads).toBe(0);
  });

  it("looks again every sixth of a second while it is suspected, and no longer", async () => {
    logits = rise(40, 2, 1);
    spells = ["_the_shop"];

    expect(await watch.hear(silence(200))).toBeUndefined();
    expect(looks).toEqual([41, 49, 57, 65].map((step) => step * STEP));
  });

  it("listens at other speeds to what is not clear at the first", async () => {
    logits = rise(40, 2, 1);
    spells = ["_the_shop", "_stop_"];
    const slower = createStopWatch({ ...options, shape: { ...shape, tapes: [1, 1.25, 0.8] } });

    expect(await slower.hear(silence(41))).toMatchObject({ word: "stop" });
    expect(looks).toEqual([41 * STEP, Math.floor((41 * STEP) / 1.25)]);
  });

  it("counts spelling and suspicion together", async () => {
    logits = [...rise(40, -3), ...rise(30, 5)];
    spells = ["_stog_"];

    const found = await watch.hear(silence(120));

    // The first look at which it is suspected enough.
    expect(found?.atS).toBeCloseTo((81 * STEP) / RATE, 5);
  });

  it.each([
    ["please stop", { word: "stop" }],
    ["on the shelf", undefined],
  ])('asks what was said where that decides: "%s"', async (said, outcome) => {
    logits = rise(40, -3);
    spells = ["_stop_"];
    text = said;
    const found = await watch.hear(silence(41));

    expect(reads).toBe(1);
    expect(found === undefined ? undefined : { word: found.word }).toEqual(outcome);
  });

  it("knows one word from the other", async () => {
    logits = rise(5, 2, 5, 1);
    spells = ["qing ting xia"];
    text = "请停下";

    expect(await watch.hear(silence(60))).toMatchObject({ word: "停" });
  });

  it("tells of one word once while it can be heard, and of the next again", async () => {
    logits = [...rise(10, 2, 60), ...rise(60, 2)];
    spells = ["_stop"];

    expect(await watch.hear(silence(60))).toMatchObject({ word: "stop" });
    expect(await watch.hear(silence(30))).toBeUndefined();
    expect(await watch.hear(silence(60))).toMatchObject({ word: "stop" });
  });

  it("does not wait for more when the sound is over, and begins anew", async () => {
    logits = rise(4, 2, 2);
    spells = ["stop"];

    expect(await watch.hear(silence(5))).toBeUndefined();
    expect(await watch.end()).toMatchObject({ word: "stop" });
    expect(await watch.hear(silence(5))).toBeUndefined();
    expect(await watch.end()).toMatchObject({ word: "stop" });
  });

  it("gives the large network no more than the last seconds", async () => {
    logits = rise(500, 2);
    spells = ["stop"];

    await watch.hear(silence(520));

    expect(looks).toEqual([1.7 * RATE]);
  });

  it("tells whoever sets thresholds of every look, with what was said", async () => {
    logits = rise(40, 2, 1);
    spells = ["_the_shop"];
    text = "the shop";
    const shown = createStopWatch({ ...options, onLook: (look) => told.push(look) });

    await shown.hear(silence(45));

    expect(told).toEqual([{ word: 0, atS: (41 * STEP) / RATE, logit: 2, spelling: expect.any(Number), said: false }]);
    expect(scoreOf(told[0], { spotter: 1, said: 3 })).toBe(told[0].spelling + 2);
  });
});
