import type { Bins, NumberSummary, PerSplit, Shift, Strength } from "../../tasks";
import { binWords, isMatch } from "../../tasks";
import { formatCountOf, formatNumber, formatScore, formatShare } from "../parts/format";

/** A number of a drawing's axis or of a summary: short. */
export const shortNumber = (value: number): string => formatNumber(value, 4);

/** The bins of a histogram in words, in their order. */
export function binNames(bins: Bins): string[] {
  return Array.from({ length: bins.edges.length - 1 }, (_, bin) => binWords(bins, bin, shortNumber));
}

/** Of what each split's counts are shares: all rows with a value. At least 1, so that an empty split has shares of 0. */
export function totalsOf(counts: PerSplit<readonly number[]>): PerSplit<number> {
  const total = (values: readonly number[]): number =>
    Math.max(
      1,
      values.reduce((sum, value) => sum + value, 0),
    );
  return { train: total(counts.train), validation: total(counts.validation), test: total(counts.test) };
}

/** One bar in words, what is seen of it first: `5 to 10: 12 % of train (134 rows), 11 % of validation, 13 % of test`. */
export function barWords(name: string, rows: PerSplit<number>, totals: PerSplit<number>, alone = false): string {
  const share = (split: "train" | "validation" | "test"): string => formatShare(rows[split] / totals[split]);
  const count = `(${formatCountOf(rows.train, "row")})`;
  if (alone) return `${name}: ${share("train")} ${count}`;
  return `${name}: ${share("train")} of train ${count}, ${share("validation")} of validation, ${share("test")} of test`;
}

/** A histogram in a sentence or two, for who cannot see it. */
export function histogramWords(what: string, { present, min, max, quantiles }: NumberSummary): string {
  if (present === 0) return `${what}: no value in train.`;
  const [, , q25, q50, q75] = quantiles;
  return `${what} in train: from ${shortNumber(min)} to ${shortNumber(max)}, median ${shortNumber(q50)}, half of the rows between ${shortNumber(q25)} and ${shortNumber(q75)}.`;
}

export function shiftTitle({ psi, moved, noise }: Shift): string {
  return `Population stability index ${formatScore(psi, 2)} against train (sampling alone reaches ${formatScore(noise, 2)}); ${formatShare(moved)} of the rows would have to move`;
}

export function strengthWords({ score, chance, key }: Strength): string {
  return `A lookup by ${key} alone answers ${formatScore(score, 2)} of validation, as the mean over the classes; guessing reaches ${formatScore(chance, 2)}.`;
}

/** How a class of a task is called on the page. */
export function className(name: string, matching: boolean): string {
  if (!matching) return name;
  return isMatch(name) ? "match" : "no match";
}
