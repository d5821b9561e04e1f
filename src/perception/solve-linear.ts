/** Solves a small symmetric system by Gaussian elimination. Undefined when it is singular. */
export function solveLinear(matrix: number[][], right: number[]): number[] | undefined {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(matrix[r][i]) > Math.abs(matrix[pivot][i])) pivot = r;
    if (Math.abs(matrix[pivot][i]) < 1e-12) return undefined;
    [matrix[i], matrix[pivot]] = [matrix[pivot], matrix[i]];
    [right[i], right[pivot]] = [right[pivot], right[i]];
    for (let r = i + 1; r < n; r++) {
      const factor = matrix[r][i] / matrix[i][i];
      for (let c = i; c < n; c++) matrix[r][c] -= factor * matrix[i][c];
      right[r] -= factor * right[i];
    }
  }
  const solution = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i];
    for (let c = i + 1; c < n; c++) sum -= matrix[i][c] * solution[c];
    solution[i] = sum / matrix[i][i];
  }
  return solution;
}
