import { boxFromCenter } from "../boxes.js";
import type { FoundClass } from "../weights-messages.js";

/** Softmax over the classes, the last of which is "nothing here". Best first. */
export function decodeTable(
  logits: Float32Array,
  boxes: Float32Array,
  { labels, scoreThreshold }: { readonly labels: readonly string[]; readonly scoreThreshold: number },
): readonly FoundClass[] {
  const classes = labels.length + 1;
  const found: FoundClass[] = [];
  for (let i = 0; i * 4 < boxes.length; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const highest = Math.max(...row);
    const at = row.indexOf(highest);
    if (at < 0 || at === labels.length) continue;
    const score = 1 / row.reduce((sum, value) => sum + Math.exp(value - highest), 0);
    if (!(score > scoreThreshold)) continue;
    const [cx, cy, width, height] = boxes.subarray(i * 4, i * 4 + 4);
    const box = boxFromCenter(cx, cy, width, height);
    if (box) found.push({ label: labels[at], box, score });
  }
  return found.sort((a, b) => b.score - a.score);
}
