/**
 * @typedef {object} Fit
 * @property {readonly number[]} factors of each column
 * @property {readonly number[]} fitted what they give for each row
 */

/**
 * The factors by which a sum of columns comes nearest to what was measured: the sum of the squares of the relative
 * deviations is least, so that a small figure counts as much as a large one.
 * @param {readonly (readonly number[])[]} rows a number for each column
 * @param {readonly number[]} measured above 0, one for each row
 * @returns {Fit | undefined} nothing where the rows leave a factor open
 */
export function leastSquares(rows, measured) {
  const scaled = rows.map((row, index) => row.map((value) => value / (measured[index] ?? 1)));
  const size = rows[0]?.length ?? 0;
  const columns = Array.from({ length: size }, (_, index) => index);
  const matrix = columns.map((a) => [
    ...columns.map((b) => sum(scaled.map((row) => (row[a] ?? 0) * (row[b] ?? 0)))),
    sum(scaled.map((row) => row[a] ?? 0)),
  ]);
  const factors = solve(matrix);
  if (factors === undefined) return undefined;
  return { factors, fitted: rows.map((row) => sum(row.map((value, index) => value * (factors[index] ?? 0)))) };
}

/**
 * Gauss and Jordan, with the largest pivot; a pivot that is nothing beside the first number of its row is none.
 * @param {number[][]} matrix each row with its right side at its end
 * @returns {number[] | undefined}
 */
function solve(matrix) {
  const scale = matrix.map((row, index) => Math.abs(row[index] ?? 0));
  for (let at = 0; at < matrix.length; at++) {
    const rest = matrix.slice(at).sort((a, b) => Math.abs(b[at] ?? 0) - Math.abs(a[at] ?? 0));
    matrix.splice(at, rest.length, ...rest);
    const pivot = matrix[at] ?? [];
    const value = pivot[at] ?? 0;
    if (Math.abs(value) <= 1e-9 * (scale[at] ?? 1)) return undefined;
    matrix.forEach((row, index) => {
      if (index === at) return;
      const times = (row[at] ?? 0) / value;
      pivot.forEach((one, column) => (row[column] = (row[column] ?? 0) - times * one));
    });
  }
  return matrix.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
