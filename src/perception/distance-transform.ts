/** Larger than any squared distance on a grid of this project, and still exact in float32 sums. */
const FAR = 1e6;

/**
 * Squared distance, in cells, from every cell to the nearest NaN cell or to the grid's border. Exact (Felzenszwalb and
 * Huttenlocher's parabolas, by rows and then by columns).
 */
export function squaredDistanceToBlocked(cells: Float32Array, columns: number, rows: number): Float32Array {
  const out = new Float32Array(cells.length);
  // One blocked cell all around makes the border count.
  const line = new Float32Array(Math.max(columns, rows) + 2);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) line[row + 1] = Number.isNaN(cells[row * columns + column]) ? 0 : FAR;
    line[0] = line[rows + 1] = 0;
    const distances = transformLine(line, rows + 2);
    for (let row = 0; row < rows; row++) out[row * columns + column] = distances[row + 1];
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) line[column + 1] = out[row * columns + column];
    line[0] = line[columns + 1] = 0;
    const distances = transformLine(line, columns + 2);
    for (let column = 0; column < columns; column++) out[row * columns + column] = distances[column + 1];
  }
  return out;
}

/** Lower envelope of the parabolas (x - i)^2 + f(i). */
function transformLine(f: Float32Array, n: number): Float32Array {
  const distances = new Float32Array(n);
  const vertex = new Int32Array(n);
  const border = new Float64Array(n + 1);
  let last = 0;
  border[0] = -Infinity;
  border[1] = Infinity;
  const crossing = (q: number, v: number): number => (f[q] + q * q - (f[v] + v * v)) / (2 * q - 2 * v);
  for (let q = 1; q < n; q++) {
    let s = crossing(q, vertex[last]);
    while (s <= border[last]) s = crossing(q, vertex[--last]);
    vertex[++last] = q;
    border[last] = s;
    border[last + 1] = Infinity;
  }
  for (let q = 0, k = 0; q < n; q++) {
    while (border[k + 1] < q) k++;
    distances[q] = (q - vertex[k]) ** 2 + f[vertex[k]];
  }
  return distances;
}
