/** How far two judges of the same rows agree. */
export interface Agreed {
  rows: number;
  /** The share of rows on which they agree. */
  raw: number;
  /** Cohen's (1960) kappa: agreement beyond what their shares of each label give by chance; NaN where both say one label only. */
  kappa: number;
}

/** @param first and second: a label a row, as indices from 0 */
export function agreement(first: ArrayLike<number>, second: ArrayLike<number>): Agreed {
  const rows = first.length;
  const shares = new Map<number, { first: number; second: number }>();
  let same = 0;
  for (let row = 0; row < rows; row++) {
    if (first[row] === second[row]) same++;
    for (const [label, who] of [
      [first[row], "first"],
      [second[row], "second"],
    ] as const) {
      const share = shares.get(label) ?? { first: 0, second: 0 };
      share[who]++;
      shares.set(label, share);
    }
  }
  const raw = same / rows;
  let chance = 0;
  for (const share of shares.values()) chance += (share.first * share.second) / (rows * rows);
  return { rows, raw, kappa: chance === 1 ? Number.NaN : (raw - chance) / (1 - chance) };
}

/** Matches that are found, declared wrongly, missed, and left, where a match is declared from a threshold on. */
export interface Decided {
  found: number;
  wrong: number;
  missed: number;
  left: number;
  precision: number;
  recall: number;
  f1: number;
}

/** @param scores the probability of a match, a row each */
export function decidedAt(labels: ArrayLike<number>, scores: ArrayLike<number>, threshold: number): Decided {
  const counts = { found: 0, wrong: 0, missed: 0, left: 0 };
  for (let row = 0; row < labels.length; row++) {
    const declared = scores[row] >= threshold;
    if (labels[row] === 1) counts[declared ? "found" : "missed"]++;
    else counts[declared ? "wrong" : "left"]++;
  }
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const { found, wrong, missed } = counts;
  return {
    ...counts,
    precision: share(found, found + wrong),
    recall: share(found, found + missed),
    f1: share(2 * found, 2 * found + wrong + missed),
  };
}
