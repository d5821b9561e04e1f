import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { textDecoder } from "../../../src/adapters/ears/decode-text.js";
import { parseLanguage } from "../../../src/adapters/ears/language.js";
import { STOP_BEAM } from "../../../src/adapters/ears/load-stop-watch.js";
import { createStopSpotter, readStopLayers } from "../../../src/adapters/ears/stop-spotter.js";
import {
  createStopWatch,
  STOP_TAPES,
  type StopLook,
  type StopWatch,
  type StopWatchShape,
} from "../../../src/adapters/ears/stop-watch.js";
import { chooseStop, type Looked } from "./choose-stop.js";
import { noiseFor, readShard, withNoise, type Spoken } from "./measure.js";

const DECIBEL = 20;
const RATE_HZ = 16_000;
/** Sound is heard in pieces of this length, as a microphone gives it. */
const PIECE = 1_600;
/** Of `withNoise`, before the speech; and what `speak.py` leaves behind it. */
const LEAD = 3_200;
const TAIL = 1_600;
const NAMES = ["espeak", "flite", "festival", "mandarin"];
/** Alarms in ten minutes that the thresholds of each word may cost in the speech where they are set. */
const ALARMS_IN_10_MINUTES = 0.2;
/** Below this the spotter has nobody look. */
const MAYBE = -6;

interface Shape {
  readonly bands: number;
  readonly channels: number;
  readonly dilations: readonly number[];
  readonly words: readonly string[];
}

interface Parameters {
  readonly languageWeight: number;
  readonly wordBonus: number;
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const saysStop = ({ spell, text }: Spoken): boolean => spell.split(" ").includes("stop") || text.includes("停");
const groups = (kind: string): readonly string[] => NAMES.map((name) => `${kind}-${name}`);

/** Sets weights and thresholds on speech of its own, then counts what is spotted and what is not to be, by voices never heard. */
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
  const { parameters: decoding } = read("figures.json") as { parameters: Parameters };
  const counts = parseLanguage(readFileSync(join(values.models, "language.json")));
  const write = textDecoder(counts, symbols, { ...decoding, beam: STOP_BEAM });
  const session = await InferenceSession.create(join(values.models, "watch.onnx"), { intraOpNumThreads: 1 });
  const layers = readStopLayers(readFileSync(join(values.models, "stop.bin")), { ...about, threshold: 0 });
  const heardOf = function* (names: readonly string[], wanted: boolean): Generator<Spoken & { sound: Float32Array }> {
    for (const group of names) {
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
      read: (scores) => write(scores).text,
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

  // Weights and thresholds.
  const base: StopWatchShape = {
    words: about.words,
    symbols: symbols.length,
    letters: spelled.map((text) => Array.from(text, (symbol) => symbols.indexOf(symbol))),
    maybe: MAYBE,
    weights: about.words.map(() => ({ spotter: 0, said: 0 })),
    least: about.words.map(() => Infinity),
    sure: Infinity,
    tapes: STOP_TAPES,
  };
  const looksOf = async (sound: Float32Array): Promise<readonly StopLook[]> => {
    const looks: StopLook[] = [];
    const watch = watchOf(base, (look) => looks.push(look));
    await timesOf(watch, sound);
    return looks;
  };
  const tuning: Looked[] = [];
  for (const { sound, language } of heardOf(groups("tunestops"), true))
    tuning.push({ word: language === "en" ? 0 : 1, looks: await looksOf(sound) });
  let otherSeconds = 0;
  for (const { sound } of heardOf([...groups("tune"), ...groups("tuneother")], false)) {
    tuning.push({ looks: await looksOf(sound) });
    otherSeconds += sound.length / RATE_HZ;
  }
  const allowed = Math.floor((ALARMS_IN_10_MINUTES * otherSeconds) / 600);
  const chosen = about.words.map((_, word) => chooseStop(tuning, word, allowed));
  process.stderr.write(`${JSON.stringify(chosen)} in ${rounded(otherSeconds / 60)} min of other speech\n`);
  const highest = Math.max(
    0,
    ...tuning.filter(({ word }) => word === undefined).flatMap(({ looks }) => looks.map(({ logit }) => logit)),
  );
  const shape: StopWatchShape = {
    ...base,
    weights: chosen.map(({ weights }) => weights),
    least: chosen.map(({ least }) => least),
    sure: rounded(highest + 0.5),
  };
  process.stderr.write(`other speech reaches ${rounded(highest)}\n`);

  // Figures.
  const figures: Record<string, unknown> = {};
  const delays: number[] = [];
  for (const kind of ["seenstops", "stops"]) {
    for (const name of NAMES) {
      let [spotted, count] = [0, 0];
      for (const { sound, samples, text, voice } of heardOf([`${kind}-${name}`], true)) {
        const times = await timesOf(watchOf(shape), sound);
        count++;
        if (times.length > 0) spotted++;
        else process.stderr.write(`  missed: ${text} (${voice})\n`);
        if (times.length > 0 && /(?:^| )stop$|停$/u.test(text))
          delays.push(times[0] - (LEAD + samples.length - TAIL) / RATE_HZ);
      }
      process.stderr.write(`${kind} ${name}: ${spotted} of ${count}\n`);
      const part = { spotted: rounded(spotted / Math.max(1, count)), of: count };
      figures[kind === "stops" ? `spotted-${name}` : `spotted-known-${name}`] = part;
    }
  }
  let [alarms, seconds, ms] = [0, 0, 0];
  for (const { sound, text } of heardOf(groups("other"), false)) {
    const began = performance.now();
    const times = await timesOf(watchOf(shape), sound);
    ms += performance.now() - began;
    alarms += times.length;
    seconds += sound.length / RATE_HZ;
    if (times.length > 0) process.stderr.write(`  alarm: ${text}\n`);
  }
  figures["otherSpeech"] = {
    alarms,
    minutes: rounded(seconds / 60),
    alarmsIn10Minutes: rounded((alarms / seconds) * 600),
  };
  delays.sort((a, b) => a - b);
  const delay = (part: number): number =>
    rounded(delays[Math.min(delays.length - 1, Math.floor(part * delays.length))] ?? 0);
  figures["delayS"] = { median: delay(0.5), nineOfTen: delay(0.9), of: delays.length };
  figures["msPerSecond"] = rounded(ms / seconds);
  process.stderr.write(`${JSON.stringify(figures)}\n`);
  const parameters = {
    stopThreshold: shape.sure,
    stopSuspected: shape.maybe,
    stopSpotterCounts: shape.weights.map(({ spotter }) => spotter),
    stopSaidCounts: shape.weights.map(({ said }) => said),
    stopLeast: shape.least,
  };
  writeFileSync(join(values.data, "stop-figures.json"), JSON.stringify({ figures, parameters, spelled }, null, 1));
}

await main();
