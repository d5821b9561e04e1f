import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createStopSpotter, readStopLayers } from "../../../src/adapters/ears/stop-spotter.js";
import { createStopWatch, type StopWatch, type StopWatchShape } from "../../../src/adapters/ears/stop-watch.js";
import { noiseFor, readShard, withNoise, type Spoken } from "./measure.js";

const DECIBEL = 20;
const RATE_HZ = 16_000;
/** Sound is heard in pieces of this length, as a microphone gives it. */
const PIECE = 1_600;
/** Of `withNoise`, before the speech; and what `speak.py` leaves behind it. */
const LEAD = 3_200;
const TAIL = 1_600;
const NAMES = ["espeak", "flite", "festival", "mandarin"];
const OTHERS = ["seen", "unseen"].flatMap((part) => NAMES.map((name) => `${part}-${name}`));
/** Alarms in ten minutes of other speech that the thresholds may cost, where they are set. */
const ALARMS = 0.5;
const PART_SUSPECTED = 0.997;

interface Shape {
  readonly bands: number;
  readonly channels: number;
  readonly dilations: readonly number[];
  readonly words: readonly string[];
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const saysStop = ({ spell, text }: Spoken): boolean => spell.split(" ").includes("stop") || text.includes("停");

/** Sets the three thresholds on speech of its own, then counts what is spotted and what is not to be, by voices never heard. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: "models/ears" },
      data: { type: "string", default: ".data/ears" },
      most: { type: "string", default: "1000" },
    },
  });
  const read = (name: string): unknown => JSON.parse(readFileSync(join(values.data, name), "utf8"));
  const about = read("stop.json") as Shape;
  const { symbols } = read("training.json") as { symbols: string[] };
  const sounds = read("sounds.json") as Record<string, string>;
  const spelled = ["stop", "停"].map((word) => (word === "停" ? "ting" : sounds[word]));
  const session = await InferenceSession.create(join(values.models, "ears.onnx"), { intraOpNumThreads: 1 });
  const layers = readStopLayers(readFileSync(join(values.models, "stop.bin")), { ...about, threshold: 0 });
  const heardOf = function* (groups: readonly string[], wanted: boolean): Generator<Spoken & { sound: Float32Array }> {
    for (const group of groups) {
      const random = noiseFor(900_013);
      let count = 0;
      for (const spoken of readShard(join(values.data, `test-${group}`))) {
        if (saysStop(spoken) !== wanted || count++ >= Number(values.most)) continue;
        yield { ...spoken, sound: withNoise(spoken.samples, DECIBEL, random) };
      }
    }
  };
  /** Highest logit of a word, or of any. */
  const peakOf = (sound: Float32Array, word?: number): number => {
    let peak = -Infinity;
    const spotter = createStopSpotter(layers, { ...about, threshold: 0 }, (logits) => {
      for (const [index, logit] of logits.entries())
        if (word === undefined || index === word) peak = Math.max(peak, logit);
    });
    spotter.hear(sound);
    spotter.hear(new Float32Array(0.3 * RATE_HZ));
    return peak;
  };
  const watchOf = (shape: StopWatchShape, onSpelling?: (spelling: number) => void): StopWatch =>
    createStopWatch({
      shape,
      makeSpotter: (listener) => createStopSpotter(layers, { ...about, threshold: shape.maybe }, listener),
      spell: async (samples) => {
        const sound = new Float32Array(Math.max(8_000, samples.length));
        sound.set(samples, sound.length - samples.length);
        const output = await session.run({ sound: new Tensor("float32", sound, [1, sound.length]) });
        return output["letters"].data as Float32Array;
      },
      onLook: ({ spelling }) => onSpelling?.(spelling),
    });
  /** Seconds at which a word was found. */
  const timesOf = async (watch: StopWatch, sound: Float32Array): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let at = 0; at < sound.length; at += PIECE) {
      const found = await watch.hear(sound.subarray(at, at + PIECE));
      if (found !== undefined) times.push(found.atS);
    }
    const found = await watch.end();
    return found === undefined ? times : [...times, found.atS];
  };
  const secondsOf = (all: readonly { sound: Float32Array }[]): number =>
    all.reduce((sum, { sound }) => sum + sound.length / RATE_HZ, 0);

  // Thresholds.
  const words = [
    ...heardOf(
      NAMES.map((name) => `tunestops-${name}`),
      true,
    ),
  ];
  const others = [
    ...heardOf(
      NAMES.map((name) => `tune-${name}`),
      false,
    ),
  ];
  const wordPeaks = words.map(({ sound, language }) => peakOf(sound, language === "en" ? 0 : 1)).sort((a, b) => a - b);
  const otherPeaks = others.map(({ sound }) => peakOf(sound)).sort((a, b) => a - b);
  const base = {
    words: about.words,
    symbols: symbols.length,
    letters: spelled.map((text) => Array.from(text, (s) => symbols.indexOf(s))),
  };
  const maybe = rounded(Math.min(2, wordPeaks[Math.floor((1 - PART_SUSPECTED) * wordPeaks.length)]));
  const sure = rounded(Math.max(maybe + 1, (otherPeaks.at(-1) ?? 0) + 1));
  const spellings = async (all: typeof words): Promise<number[]> => {
    const found: number[] = [];
    for (const { sound } of all) {
      let best = -Infinity;
      await timesOf(
        watchOf({ ...base, maybe, sure: Infinity, spelled: 1 }, (spelling) => (best = Math.max(best, spelling))),
        sound,
      );
      found.push(best);
    }
    return found.sort((a, b) => b - a);
  };
  const [wordSpellings, otherSpellings] = [await spellings(words), await spellings(others)];
  const allowed = Math.floor((ALARMS * secondsOf(others)) / 600);
  const least = otherSpellings[allowed] ?? -20;
  const shape: StopWatchShape = {
    ...base,
    maybe,
    sure,
    spelled: rounded(Math.min(-0.05, Math.max(-12, least + 0.05))),
  };
  process.stderr.write(
    `suspects at ${maybe}, sure at ${sure} (other speech reaches ${otherPeaks.slice(-4).map(rounded).join(", ")}), spelled at ${shape.spelled} (other speech ${otherSpellings.slice(0, 6).map(rounded).join(", ")}); ` +
      `${rounded(otherPeaks.filter((peak) => peak > maybe).length / (secondsOf(others) / 60))} suspicions a minute; ${rounded(wordSpellings.filter((s) => s >= shape.spelled).length / words.length)} of the words are spelled\n`,
  );

  // Figures.
  const figures: Record<string, unknown> = {};
  const delays: number[] = [];
  for (const name of NAMES) {
    let [spotted, first, count] = [0, 0, 0];
    for (const { sound, samples, text, language } of heardOf([`stops-${name}`], true)) {
      const times = await timesOf(watchOf(shape), sound);
      count++;
      if (peakOf(sound, language === "en" ? 0 : 1) > maybe) first++;
      if (times.length > 0) spotted++;
      if (times.length > 0 && /(?:^| )stop$|停$/u.test(text))
        delays.push(times[0] - (LEAD + samples.length - TAIL) / RATE_HZ);
    }
    if (count > 0)
      figures[`spotted-${name}`] = { spotted: rounded(spotted / count), suspected: rounded(first / count), of: count };
  }
  let [alarms, seconds, looks, ms] = [0, 0, 0, 0];
  for (const { sound, text } of heardOf([...OTHERS, "templates-espeak"], false)) {
    const began = performance.now();
    const times = await timesOf(
      watchOf(shape, () => looks++),
      sound,
    );
    ms += performance.now() - began;
    alarms += times.length;
    seconds += sound.length / RATE_HZ;
    if (times.length > 0) process.stderr.write(`  alarm: ${text}\n`);
  }
  figures["otherSpeech"] = {
    alarms,
    minutes: rounded(seconds / 60),
    alarmsIn10Minutes: rounded((alarms / seconds) * 600),
    looksAMinute: rounded((looks / seconds) * 60),
  };
  delays.sort((a, b) => a - b);
  const delay = (part: number): number =>
    rounded(delays[Math.min(delays.length - 1, Math.floor(part * delays.length))] ?? 0);
  figures["delayS"] = { median: delay(0.5), nineOfTen: delay(0.9), of: delays.length };
  figures["msPerSecond"] = rounded(ms / seconds);
  process.stderr.write(`${JSON.stringify(figures)}\n`);
  const parameters = { stopThreshold: maybe, stopSure: sure, stopSpelled: shape.spelled };
  writeFileSync(join(values.data, "stop-figures.json"), JSON.stringify({ figures, parameters, spelled }, null, 1));
}

await main();
