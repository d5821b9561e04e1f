/** What LeRobot keeps of a column in `episodes_stats.jsonl`: by element, over the rows of an episode. */
export interface ColumnStats {
  readonly min: readonly unknown[];
  readonly max: readonly unknown[];
  readonly mean: readonly unknown[];
  readonly std: readonly unknown[];
  readonly count: readonly [number];
}

/** Least, greatest, mean and (population) standard deviation of each element. */
export function columnStats(rows: readonly (readonly number[])[]): ColumnStats {
  const width = rows[0]?.length ?? 0;
  const of = (read: (column: readonly number[]) => number): number[] =>
    Array.from({ length: width }, (_, i) => read(rows.map((row) => row[i])));
  const mean = (column: readonly number[]): number => column.reduce((sum, x) => sum + x, 0) / column.length;
  return {
    min: of((column) => column.reduce((least, x) => Math.min(least, x), Infinity)),
    max: of((column) => column.reduce((most, x) => Math.max(most, x), -Infinity)),
    mean: of(mean),
    std: of((column) => {
      const middle = mean(column);
      return Math.sqrt(mean(column.map((x) => (x - middle) ** 2)));
    }),
    count: [rows.length],
  };
}

const CHANNELS = 3;
const WHITE = 255;
/** Every seventh pixel: as good as all of them for a mean. */
const PIXEL_STEP = 7;

/** The same of pictures, by channel, in 0..1; fed one picture at a time. */
export function createPictureStats(): { add(rgb: Uint8Array): void; stats(): ColumnStats } {
  const min = [WHITE, WHITE, WHITE];
  const max = [0, 0, 0];
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  let pixels = 0;
  let pictures = 0;
  const nested = (values: readonly number[]): number[][][] => values.map((value) => [[value / WHITE]]);
  return {
    add(rgb) {
      pictures += 1;
      for (let at = 0; at < rgb.length; at += CHANNELS * PIXEL_STEP) {
        pixels += 1;
        for (let channel = 0; channel < CHANNELS; channel++) {
          const value = rgb[at + channel];
          if (value < min[channel]) min[channel] = value;
          if (value > max[channel]) max[channel] = value;
          sum[channel] += value;
          squares[channel] += value * value;
        }
      }
    },
    stats() {
      const mean = sum.map((total) => total / pixels);
      const std = squares.map((total, i) => Math.sqrt(Math.max(0, total / pixels - mean[i] ** 2)));
      return { min: nested(min), max: nested(max), mean: nested(mean), std: nested(std), count: [pictures] };
    },
  };
}
