// Draws the two pictures of skills/evaluate/sample and writes the questions to them, in MME's layout. Run: npx tsx test/support/draw-evaluation-sample.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePicture } from "../../src/adapters/picture/encode-picture.js";
import { MOVABLE_KINDS } from "../../src/domain/vocabulary.js";
import { createScene } from "../../sim/index.js";
import { renderLook } from "./rendered-look.js";

const folder = join(import.meta.dirname, "../../skills/evaluate/sample/existence");
/** So many pixels are plainly visible. */
const VISIBLE_PIXELS = 400;

const PLAIN = ["bottle", "apple", "banana", "mug"] as const;

mkdirSync(folder, { recursive: true });
for (const [name, seed] of [
  ["kitchen", 7],
  ["tabletop", 7],
] as const) {
  const { frame, groundings } = renderLook(createScene(name, seed));
  const visible = groundings
    .filter(({ pixels }) => pixels >= VISIBLE_PIXELS)
    .map(({ attributes }) => attributes?.kind[0]?.[0]);
  // What nobody takes for something else comes first.
  const present = ([...PLAIN, ...MOVABLE_KINDS] as const).find((kind) => visible.includes(kind));
  const absent = MOVABLE_KINDS.find((kind) => !groundings.some(({ attributes }) => attributes?.kind[0]?.[0] === kind));
  if (present === undefined || absent === undefined) throw new Error(`Scene ${name} has everything or nothing.`);
  const { data } = await encodePicture(frame, { width: frame.width, height: frame.height });
  writeFileSync(join(folder, `${name}.jpg`), data);
  const question = (kind: string): string =>
    `Is there ${/^[aeiou]/u.test(kind) ? "an" : "a"} ${kind} in this image? Please answer yes or no.`;
  writeFileSync(join(folder, `${name}.txt`), `${question(present)}\tYes\n${question(absent)}\tNo\n`);
}
