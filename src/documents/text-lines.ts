import type { Box } from "../domain/detection.js";
import type { PlacedText } from "../ports/table-reader.js";

export interface TextLine {
  readonly words: readonly PlacedText[];
  readonly box: Box;
}

export const centerOf = ({ x0, y0, x1, y1 }: Box): readonly [number, number] => [(x0 + x1) / 2, (y0 + y1) / 2];

export const boundsOf = (boxes: readonly Box[]): Box => ({
  x0: Math.min(...boxes.map(({ x0 }) => x0)),
  y0: Math.min(...boxes.map(({ y0 }) => y0)),
  x1: Math.max(...boxes.map(({ x1 }) => x1)),
  y1: Math.max(...boxes.map(({ y1 }) => y1)),
});

/** Words by the lines that they stand on, top to bottom, each from left to right. */
export function linesOf(words: readonly PlacedText[]): readonly TextLine[] {
  const lines: { words: PlacedText[]; box: Box }[] = [];
  for (const word of [...words].sort((a, b) => centerOf(a.box)[1] - centerOf(b.box)[1])) {
    const [, y] = centerOf(word.box);
    // A word belongs to a line whose middle part its own middle is in: commas and capitals differ in height.
    const line = lines.findLast(
      ({ box }) => y > box.y0 && y < box.y1 && Math.abs(y - centerOf(box)[1]) < (box.y1 - box.y0) * 0.6,
    );
    if (line === undefined) lines.push({ words: [word], box: word.box });
    else {
      line.words.push(word);
      line.box = boundsOf([line.box, word.box]);
    }
  }
  return lines
    .map(({ words: own, box }) => ({ words: [...own].sort((a, b) => a.box.x0 - b.box.x0), box }))
    .sort((a, b) => centerOf(a.box)[1] - centerOf(b.box)[1]);
}

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：？！]/u;

/** The words of a place in reading order, as people write them: no space between Chinese characters. */
export function textOf(words: readonly PlacedText[]): string {
  return linesOf(words)
    .flatMap((line) => line.words.map(({ text }) => text))
    .reduce((whole, text) => {
      const between = whole === "" || (HAN.test(whole.at(-1) ?? "") && HAN.test(text[0] ?? "")) ? "" : " ";
      return `${whole}${between}${text}`;
    }, "");
}
