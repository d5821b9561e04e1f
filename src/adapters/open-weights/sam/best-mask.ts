import type { Box, Mask } from "../../../domain/detection.js";
import type { Size } from "../picture-size.js";

interface Proposals {
  /** One for each proposal. */
  readonly scores: Float32Array;
  /** proposals x rows x columns over the padded square; above 0 is the thing. */
  readonly logits: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** A mask is no finer than this, each way. */
const FINEST = 256;

/** Of the proposals (a part, the thing, all of it) the one that fits the box best, weighed with what the network thinks of it. */
export function bestMask(
  { scores, logits, rows, columns }: Proposals,
  {
    box,
    picture,
    share,
  }: { readonly box: Box; readonly picture: Size; readonly share: { readonly x: number; readonly y: number } },
): Mask {
  const cells = rows * columns;
  const inside = (x: number, y: number): boolean => x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;
  let best = 0;
  let most = -Infinity;
  for (let proposal = 0; proposal < scores.length; proposal++) {
    let [within, beyond, all] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const y = (row + 0.5) / rows / share.y;
      for (let column = 0; column < columns; column++) {
        const x = (column + 0.5) / columns / share.x;
        const isBox = inside(x, y);
        if (isBox) all++;
        if (logits[proposal * cells + row * columns + column] <= 0 || x > 1 || y > 1) continue;
        if (isBox) within++;
        else beyond++;
      }
    }
    const overlap = within / Math.max(1, all + beyond);
    const value = overlap * Math.max(0.01, scores[proposal]);
    if (value > most) [best, most] = [proposal, value];
  }
  return cutOut(logits.subarray(best * cells, (best + 1) * cells), { rows, columns, box, picture, share });
}

/** The proposal over the box, between the network's cells by straight lines. */
function cutOut(
  logits: Float32Array,
  {
    rows,
    columns,
    box,
    picture,
    share,
  }: Pick<Proposals, "rows" | "columns"> & {
    readonly box: Box;
    readonly picture: Size;
    readonly share: { readonly x: number; readonly y: number };
  },
): Mask {
  const side = (from: number, to: number, pixels: number): number =>
    Math.max(1, Math.min(FINEST, Math.round((to - from) * pixels)));
  const [width, height] = [side(box.x0, box.x1, picture.width), side(box.y0, box.y1, picture.height)];
  const data = new Uint8Array(width * height);
  const at = (row: number, column: number): number =>
    logits[Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))];
  for (let v = 0; v < height; v++) {
    const y = (box.y0 + ((v + 0.5) / height) * (box.y1 - box.y0)) * share.y * rows - 0.5;
    const row = Math.floor(y);
    for (let u = 0; u < width; u++) {
      const x = (box.x0 + ((u + 0.5) / width) * (box.x1 - box.x0)) * share.x * columns - 0.5;
      const column = Math.floor(x);
      const [fx, fy] = [x - column, y - row];
      const top = at(row, column) * (1 - fx) + at(row, column + 1) * fx;
      const bottom = at(row + 1, column) * (1 - fx) + at(row + 1, column + 1) * fx;
      data[v * width + u] = top * (1 - fy) + bottom * fy > 0 ? 1 : 0;
    }
  }
  return { width, height, data };
}
