import { createRandom } from "../../src/base";

/** A table of numbers with classes that depend on some of them: the same on every machine. */
export interface Numbers {
  rows: number;
  features: number;
  classes: number;
  /** rows x features, row-major; NaN is missing. */
  values: Float32Array;
  labels: Int32Array;
}

/** One value in twenty is missing. */
const MISSING = 0.05;

/**
 * Labels by the largest of `classes` random functions of a few features each (a line, a bump and a product), with noise:
 * neither a line nor a single tree gets them right.
 */
export function numbers(rows: number, features: number, classes: number, seed = 1): Numbers {
  const random = createRandom(`numbers ${features} ${classes} ${seed}`);
  const normal = () => random() + random() + random() + random() - 2;
  const pick = () => Math.floor(random() * features);
  const parts = Array.from({ length: classes }, () => ({
    line: Array.from({ length: 5 }, () => [pick(), normal()] as const),
    bump: [pick(), normal() * 0.5] as const,
    product: [pick(), pick()] as const,
  }));
  const values = new Float32Array(rows * features);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * features, (row + 1) * features);
    for (let i = 0; i < features; i++) own[i] = normal();
    let best = Number.NEGATIVE_INFINITY;
    for (const [k, { line, bump, product }] of parts.entries()) {
      let score =
        normal() * 0.7 + 1.5 / (1 + 8 * (own[bump[0]] - bump[1]) ** 2) + 1.5 * own[product[0]] * own[product[1]];
      for (const [i, slope] of line) score += slope * own[i];
      if (score <= best) continue;
      best = score;
      labels[row] = k;
    }
    for (let i = 0; i < features; i++) if (random() < MISSING) own[i] = Number.NaN;
  }
  return { rows, features, classes, values, labels };
}

/** Texts of words drawn from a common stock and from a stock a class: `words` a text. */
export function texts(
  rows: number,
  words: number,
  classes: number,
  seed = 1,
): { values: string[]; labels: Int32Array } {
  const random = createRandom(`texts ${words} ${classes} ${seed}`);
  const rare = (stock: number) => Math.floor(stock * random() ** 3);
  const labels = new Int32Array(rows);
  const values = Array.from({ length: rows }, (_, row) => {
    const label = Math.floor(random() * classes);
    labels[row] = label;
    return Array.from({ length: words }, () =>
      random() < 0.12 ? `c${label}x${rare(400)}` : `w${rare(20_000).toString(36)}`,
    ).join(" ");
  });
  return { values, labels };
}
