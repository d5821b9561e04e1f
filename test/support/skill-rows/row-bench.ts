import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { createScene } from "../../../sim/scenes/index.js";
import { takePicture } from "../../../sim/suites/index.js";
import { createRecorder } from "../../../src/adapters/mcap/index.js";
import { createFliteSpeaker } from "../../../src/adapters/speech/index.js";
import { createVideoWriter } from "../../../src/adapters/video/index.js";
import type { Action } from "../../../src/domain/action.js";
import type { HandeyeEvent } from "../../../src/domain/event.js";
import type { Frame } from "../../../src/domain/frame.js";
import { writeWav } from "../../../src/domain/speech/write-wav.js";
import { toneWav } from "../audio-files.js";
import { makePdf, ruledTable } from "../make-pdf.js";
import { paintFrame } from "../painted-frame.js";
import { SEND_WAV } from "../stand-in-program.js";
import { tinyVideo } from "../tiny-video.js";
import { rowServers, type RowServers } from "./row-servers.js";
import { rowWeights, type RowWeights } from "./row-weights.js";

/** Variable that holds the key of every server here that wants one. */
export const ROW_KEY = "ROWS_KEY";

/** Files, weights, programs and servers for all rows, made once. */
export interface RowBench extends RowServers {
  readonly folder: string;
  readonly file: (name: string) => string;
  /** Folder with the programs that others are replaced by; it goes in front of PATH. */
  readonly programs: string;
  readonly weights: RowWeights;
  close(): Promise<void>;
}

export async function createRowBench(): Promise<RowBench> {
  const folder = mkdtempSync(join(tmpdir(), "handeye-rows-"));
  const file = (name: string): string => join(folder, name);
  const { frame: kitchen } = takePicture(createScene("kitchen", 971_004));
  const red = paintFrame({ squares: [{ x: 200, y: 120, side: 64, rgb: [255, 0, 0] }] });
  // The same at a quarter: films take their time by their size.
  const small = paintFrame({ width: 160, height: 120, squares: [{ x: 50, y: 30, side: 16, rgb: [255, 0, 0] }] });
  const page = paintFrame({
    width: 200,
    height: 100,
    background: [255, 255, 255],
    squares: [{ x: 30, y: 15, side: 20, rgb: [255, 0, 0] }],
  });
  await Promise.all([
    writePng(file("kitchen.png"), kitchen),
    writePng(file("red.png"), red),
    writePng(file("page.png"), page),
    writeFilm(file("kitchen.mp4"), kitchen),
    writeFilm(file("red.mp4"), small),
    writeSpeech(file("said.wav")),
    writeRecording(file("run.mcap"), small),
  ]);
  writeFileSync(file("bell.wav"), toneWav({ seconds: 2, amplitude: 0.5 }));
  const rows = [
    ["Part", "Mass (g)"],
    ["Gripper", "420"],
  ];
  writeFileSync(file("parts.pdf"), makePdf([{ marks: ruledTable(rows, "Parts") }]));
  writeFileSync(file("consent.json"), JSON.stringify({ who: "Ann", when: "2026-03-01", what: "Yes." }));
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#3080c0" } })
    .png()
    .toBuffer();
  const [weights, servers] = await Promise.all([
    rowWeights(),
    rowServers({ png, video: await tinyVideo({ frames: 49, fps: 8 }) }),
  ]);
  return {
    ...servers,
    folder,
    file,
    programs: writePrograms(file("bin")),
    weights,
    async close() {
      try {
        await servers.close();
      } finally {
        weights.remove();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

const writePng = (path: string, { rgb, width, height }: Frame) =>
  sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);

/** Two pictures, half a second apart. */
async function writeFilm(path: string, { rgb, width, height }: Frame): Promise<void> {
  const film = await createVideoWriter({ path, width, height, fps: 2 });
  for (let i = 0; i < 2; i++) await film.add(rgb);
  await film.close();
}

async function writeSpeech(path: string): Promise<void> {
  const flite = await createFliteSpeaker();
  const spoken = await flite.speak("open the left drawer", { signal: new AbortController().signal });
  await flite.close();
  if (!spoken.ok) throw new Error(spoken.message);
  writeFileSync(path, writeWav(spoken.value));
}

/** A mission of one step, six pictures long. */
async function writeRecording(path: string, frame: Frame): Promise<void> {
  const action: Action = { action: "open", target: { label: "left drawer", x: 0.5, y: 0.5, z: 1 } };
  const receipt = { step: 1, action, grade: "verified", evidence: {} } as const;
  const events = [
    { timeMs: 1_000, event: "mission-start", instruction: "open the left drawer", robot: "sim" },
    { timeMs: 1_500, event: "action-start", step: 1, action },
    { timeMs: 3_000, event: "receipt", receipt },
    { timeMs: 3_500, event: "mission-end", outcome: "done", grade: "verified", message: "done", receipts: [receipt] },
  ] as unknown as readonly HandeyeEvent[];
  const recorder = await createRecorder({ path });
  for (let i = 0; i < 6; i++) recorder.frame({ ...frame, capturedAtMs: 1_000 + i * 500 });
  for (const event of events) recorder.publish(event);
  await recorder.close();
}

/** Half a second of tone from whoever is called, and from the decoder whatever it gets. */
function writePrograms(folder: string): string {
  mkdirSync(folder);
  const say = `${SEND_WAV} readInput(() => sendWav(12000));`;
  const programs = { "espeak-ng": say, ffmpeg: say, "edge-tts": `process.stdout.write("mp3");` };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!${process.execPath}\n${script}`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}
