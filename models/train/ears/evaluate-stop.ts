import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createStopSpotter, readStopLayers } from "../../../src/adapters/ears/stop-spotter.js";
import {
  createStopWatch,
  type StopLook,
  type StopWatch,
  type StopWatchShape,
} from "../../../src/adapters/ears/stop-watch.js";
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
/** Alarms that the thresholds of each word may cost in the speech where they are set. */
const ALARMS = 0;
const SUSPECTED = [-3, -2, -1, 0, 1, 2, 3, 4];
const SPELLED = [-12, -9, -7, -5, -4, -3, -2, -1, -0.5, -0.1];

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
  const watchOf = (shape: StopWatchShape, onLook?: (look: StopLook) => void): StopWatch =>
    createStopWatch({
      shape,
      makeSpotter: (listener) => createStopSpotter(layers, { ...about, threshold: 0 }, listener),
      spell: async (samples) => {
        const sound = new Float32Array(Math.max(8_000, samples.length));
        sound.set(samples, sound.length - samples.length);
        const output = await session.run({ sound: new Tensor("float32", sound, [1, sound.length]) });
        return output["letters"].data as Float32Array;
      },
      ...(onLook === undefined ? {} : { onLook }),
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

  // Thresholds.
  const base = {
    words: about.words,
    symbols: symbols.length,
    letters: spelled.map((text) => Array.from(text, (symbol) => symbols.indexOf(symbol))),
  };
  const least = about.words.map(() => SUSPECTED[0]);
  const looksOf = async (sound: Float32Array): Promise<readonly StopLook[]> => {
    const looks: StopLook[] = [];
    await timesOf(
      watchOf({ ...base, maybe: least, sure: Infinity, spelled: about.words.map(() => 1) }, (look) => looks.push(look)),
      sound,
    );
    return looks;
  };
  const words: { readonly word: number; readonly looks: readonly StopLook[] }[] = [];
  for (const { sound, language } of heardOf(
    NAMES.map((name) => `tunestops-${name}`),
    true,
  ))
    words.push({ word: language === "en" ? 0 : 1, looks: await looksOf(sound) });
  const others: (readonly StopLook[])[] = [];
  let otherSeconds = 0;
  for (const { sound } of heardOf(
    NAMES.map((name) => `tune-${name}`),
    false,
  )) {
    others.push(await looksOf(sound));
    otherSeconds += sound.length / RATE_HZ;
  }
  const passes = (looks: readonly StopLook[], word: number, suspected: number, spelling: number): boolean =>
    looks.some((look) => look.word === word && look.logit > suspected && look.spelling >= spelling);
  // For each word, what finds most of them for the alarms allowed.
  const chosen = about.words.map((name, word) => {
    let best = { suspected: 4, spelling: -0.1, found: -1, alarms: 0 };
    const own = words.filter((one) => one.word === word);
    for (const suspected of SUSPECTED) {
      for (const spelling of SPELLED) {
        const alarms = others.filter((looks) => passes(looks, word, suspected, spelling)).length;
        const found = own.filter(({ looks }) => passes(looks, word, suspected, spelling)).length;
        if (alarms > ALARMS || found < best.found || (found === best.found && alarms >= best.alarms)) continue;
        best = { suspected, spelling, found, alarms };
      }
    }
    process.stderr.write(
      `${name}: ${JSON.stringify(best)} of ${own.length}, in ${rounded(otherSeconds / 60)} min of other speech\n`,
    );
    return best;
  });
  const highest = Math.max(0, ...others.flatMap((looks) => looks.map(({ logit }) => logit)));
  const shape: StopWatchShape = {
    ...base,
    maybe: chosen.map(({ suspected }) => suspected),
    spelled: chosen.map(({ spelling }) => spelling),
    sure: rounded(highest + 0.5),
  };
  process.stderr.write(`other speech reaches ${rounded(highest)}\n`);

  // Figures.
  const figures: Record<string, unknown> = {};
  const delays: number[] = [];
  for (const name of NAMES) {
    let [spotted, count] = [0, 0];
    for (const { sound, samples, text } of heardOf([`stops-${name}`], true)) {
      const times = await timesOf(watchOf(shape), sound);
      count++;

      if (times.length > 0) spotted++;
      if (times.length > 0 && /(?:^| )stop$|停$/u.test(text))
        delays.push(times[0] - (LEAD + samples.length - TAIL) / RATE_HZ);
    }
    process.stderr.write(`${name}: ${spotted} of ${count}\n`);
    if (count > 0) figures[`spotted-${name}`] = { spotted: rounded(spotted / count), of: count };
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
  const parameters = { stopThreshold: shape.sure, stopSuspected: shape.maybe, stopSpelled: shape.spelled };
  writeFileSync(join(values.data, "stop-figures.json"), JSON.stringify({ figures, parameters, spelled }, null, 1));
}

await main();
