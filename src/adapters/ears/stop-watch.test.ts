import { beforeEach, describe, expect, it } from "vitest";
import { createStopWatch, type StopWatch, type StopWatchShape } from "./stop-watch.js";

const SYMBOLS = Array.from("_ abcdefghijklmnopqrstuvwxyz'");
const shape: StopWatchShape = {
  words: ["stop", "停"],
  letters: ["stop", "ting"].map((word) => Array.from(word, (letter) => SYMBOLS.indexOf(letter))),
  symbols: SYMBOLS.length,
  maybe: [1, 1],
  sure: 6,
  spelled: [-4, -4],
};
const RATE = 16_000;
const STEP = 320;
const QUIET = [-9, -9];

describe("the watch for words to stop", () => {
  /** Logits of the spotter by step of 20 ms, and what the hearing network spells. */
  let logits: readonly (readonly number[])[];
  let spells: readonly string[];
  let looks: number[];
  let watch: StopWatch;
  beforeEach(() => {
    logits = [];
    spells = [];
    looks = [];
    let step = 0;
    watch = createStopWatch({
      shape,
      makeSpotter: (listener) => ({
        hear: () => {
          listener(Float32Array.from(logits[step++] ?? QUIET));
          return false;
        },
        reset: () => (step = 0),
      }),
      spell: (samples) => {
        const text = spells[Math.min(looks.length, spells.length - 1)];
        looks.push(samples.length);
        const rows = Array.from(text).flatMap((symbol) =>
          SYMBOLS.map((one) => Math.log(one === symbol ? 0.9 : 0.1 / (SYMBOLS.length - 1))),
        );
        return Promise.resolve(Float32Array.from(rows));
      },
    });
  });
  /** Logits of one word that rise to this for `steps` after `quiet` steps. */
  const rise = (quiet: number, logit: number, steps = 5, word = 0): readonly (readonly number[])[] => [
    ...Array.from({ length: quiet }, () => QUIET),
    ...Array.from({ length: steps }, () => QUIET.map((low, index) => (index === word ? logit : low))),
  ];
  const silence = (steps: number): Float32Array => new Float32Array(steps * STEP);

  it("takes a sure word without a second look, at once, and once", async () => {
    logits = rise(10, 7);

    expect(await watch.hear(silence(50))).toEqual({ word: "stop", atS: (11 * STEP) / RATE });
    expect(await watch.end()).toBeUndefined();
    expect(looks).toEqual([]);
  });

  it("looks again at what might be one, a sixth of a second later, and takes it when it is spelled so", async () => {
    logits = rise(40, 2);
    spells = ["_okay _stop_"];

    const found = await watch.hear(silence(80));

    expect(found).toEqual({ word: "stop", atS: (49 * STEP) / RATE });
    expect(looks).toEqual([49 * STEP]);
  });

  it("drops what is spelled otherwise after the third look, until it has faded", async () => {
    logits = [...rise(10, 2, 60), ...rise(10, 2)];
    spells = ["_the_shop", "_the_shop", "_the_shop", "_stop"];

    expect(await watch.hear(silence(75))).toBeUndefined();
    expect(looks).toHaveLength(3);
    expect(await watch.hear(silence(40))).toMatchObject({ word: "stop" });
  });

  it("knows one word from the other", async () => {
    logits = rise(5, 2, 5, 1);
    spells = ["qing ting xia"];

    expect(await watch.hear(silence(60))).toMatchObject({ word: "停" });
  });

  it("does not wait for more when the sound is over, and begins anew", async () => {
    logits = rise(10, 2, 2);
    spells = ["stop"];

    expect(await watch.hear(silence(11))).toBeUndefined();
    expect(await watch.end()).toMatchObject({ word: "stop" });
    expect(await watch.hear(silence(11))).toBeUndefined();
    expect(await watch.end()).toMatchObject({ word: "stop" });
  });

  it("gives the large network no more than the last seconds", async () => {
    logits = rise(500, 2);
    spells = ["stop"];

    await watch.hear(silence(520));

    expect(looks).toEqual([1.7 * RATE]);
  });
});
