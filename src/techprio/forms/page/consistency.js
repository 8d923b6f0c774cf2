// Weights and consistency of one block of comparisons, as the library computes them.
// A matrix holds how many times the row outweighs the column; NaN where a pair is open.

/** Principal eigenvector by power iteration (Saaty 1980), summing to 1. */
function priorities(matrix) {
  let weights = matrix.map(() => 1 / matrix.length);
  for (let step = 0; step < 20000; step++) {
    const next = matrix.map((row) => row.reduce((sum, value, j) => sum + value * weights[j], 0));
    const total = next.reduce((a, b) => a + b, 0);
    const after = next.map((value) => value / total);
    const moved = Math.max(...after.map((value, i) => Math.abs(value - weights[i])));
    weights = after;
    if (moved < 1e-16) break;
  }
  return weights;
}

function largestEigenvalue(matrix) {
  const weights = priorities(matrix);
  return matrix.reduce((sum, row) => sum + row.reduce((s, value, j) => s + value * weights[j], 0), 0);
}

/** CR = (λmax - n) / (n - 1) / RI(n) of a complete block; 0 for two. */
function consistencyRatio(matrix, randomIndex) {
  const n = matrix.length;
  return n < 3 ? 0 : Math.max(largestEigenvalue(matrix) - n, 0) / (n - 1) / randomIndex[n - 1];
}

function isComplete(matrix) {
  return matrix.every((row) => row.every((value) => !Number.isNaN(value)));
}

/** Logarithmic least squares weights of a connected block with gaps (Bozóki, Fülöp and Rónyai 2010). */
function leastSquaresWeights(matrix) {
  const n = matrix.length;
  const system = matrix.map((row, i) => {
    const compared = row.map((value, j) => i !== j && !Number.isNaN(value));
    const line = compared.map((known, j) => (i === j ? compared.filter(Boolean).length : known ? -1 : 0) + 1 / n);
    return [...line, row.reduce((sum, value, j) => sum + (compared[j] ? Math.log(value) : 0), 0)];
  });
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let k = i + 1; k < n; k++) if (Math.abs(system[k][i]) > Math.abs(system[pivot][i])) pivot = k;
    [system[i], system[pivot]] = [system[pivot], system[i]];
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = system[k][i] / system[i][i];
      for (let j = i; j <= n; j++) system[k][j] -= factor * system[i][j];
    }
  }
  const weights = system.map((row, i) => Math.exp(row[n] / row[i]));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((value) => value / total);
}

function isConnected(matrix) {
  const group = [0];
  for (const i of group) {
    matrix.forEach((row, j) => { if (!group.includes(j) && !Number.isNaN(matrix[i][j])) group.push(j); });
  }
  return group.length === matrix.length;
}

function withValue(matrix, i, j, value) {
  const changed = matrix.map((row) => [...row]);
  [changed[i][j], changed[j][i]] = [value, 1 / value];
  return changed;
}

/** The value of one pair that makes λmax least, all others as they are. */
function bestValue(matrix, i, j) {
  const open = withValue(matrix, i, j, NaN);
  const start = leastSquaresWeights(open);
  let value = start[i] / start[j];
  for (let step = 0; step < 10000; step++) {
    const filled = withValue(matrix, i, j, value);
    const right = priorities(filled);
    const left = priorities(filled.map((_, row) => filled.map((line) => line[row])));
    const after = Math.sqrt((right[i] / right[j]) * (left[j] / left[i]));
    if (Math.abs(Math.log(after / value)) < 1e-13) return after;
    value = after;
  }
  return value;
}

/** The one comparison whose change alone lowers CR most, and the nearest value that is enough. */
function bestRevision(matrix, limit, randomIndex) {
  const scale = [];
  for (let k = 9; k > 1; k--) scale.push(1 / k);
  for (let k = 1; k <= 9; k++) scale.push(k);
  const ratio = (i, j, value) => consistencyRatio(withValue(matrix, i, j, value), randomIndex);
  const found = [];
  for (let a = 0; a < matrix.length; a++) {
    for (let b = a + 1; b < matrix.length; b++) {
      const [i, j] = matrix[a][b] >= 1 ? [a, b] : [b, a];
      const stated = matrix[i][j];
      const best = Math.min(Math.max(bestValue(matrix, i, j), 1 / 9), 9);
      const least = ratio(i, j, best);
      const distance = (value) => Math.abs(Math.log(value / stated));
      const near = [...scale].sort((x, y) => distance(x) - distance(y));
      const enough = least <= limit ? near.find((value) => ratio(i, j, value) <= limit) : undefined;
      const proposed = enough ?? best;
      found.push({i, j, stated, proposed, least, clears: least <= limit, after: ratio(i, j, proposed), change: distance(proposed)});
    }
  }
  const rounded = (value) => Math.round(value * 1e9);
  return found.sort((x, y) => rounded(x.least) - rounded(y.least) || x.change - y.change)[0];
}

/** Three items that are preferred in a cycle, i > j > k > i; null where there is none. */
function cycle(matrix) {
  const above = (i, j) => matrix[i][j] > 1;
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j < matrix.length; j++) {
      for (let k = 0; k < matrix.length; k++) {
        if (i < j && i < k && above(i, j) && above(j, k) && above(k, i)) return [i, j, k];
      }
    }
  }
  return null;
}
