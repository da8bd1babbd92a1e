import { createRandom, type Progress } from "../base";
import { between, type Comparison, comparisonOf, type Interval, intervalOf, resampleRuns } from "./bootstrap";
import type { Judged } from "./measure";
import { HIGHER_IS_BETTER, type Metric } from "./metrics";

/**
 * How much better rows score as they are than with a column shuffled (Breiman 2001; Fisher, Rudin and Dominici 2019): above
 * zero where the column matters, whatever the metric. The value is the mean over the rounds; the interval is a bootstrap of
 * rows and of rounds together, so that it allows for both the few rows and the luck of the shuffling.
 * @throws Fault `score-undefined` where the metric is undefined on the rows
 */
export function* dropOf(
  base: Judged,
  shuffled: readonly Judged[],
  metric: Metric,
  seed: number,
): Generator<Progress, Interval> {
  const { runs } = yield* resampleRuns([base, ...shuffled], [metric], seed);
  const gain = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const [own, ...others] = runs.map(({ values, resamples }) => ({
    value: values[metric] ?? Number.NaN,
    resamples: resamples[metric] ?? new Float64Array(0),
  }));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const random = createRandom(`rounds ${seed}`);
  const drops = own.resamples.map((value, i) => {
    const drawn = others.map(() => others[Math.floor(random() * others.length)].resamples[i]);
    // The mean of the differences: of equal values it is zero to the last bit.
    return gain * mean(drawn.map((other) => value - other));
  });
  return between(gain * mean(others.map((other) => own.value - other.value)), drops, metric);
}

/** Runs of the same rows with their intervals, and the first against each of the others. */
export function* compareRuns(
  runs: readonly Judged[],
  metric: Metric,
  seed: number,
): Generator<Progress, { intervals: Interval[]; against: Comparison[] }> {
  const resampled = yield* resampleRuns(runs, [metric], seed);
  return {
    intervals: runs.map((_, run) => intervalOf(resampled, run, metric)),
    against: runs.slice(1).map((_, i) => comparisonOf(resampled, 0, i + 1, metric)),
  };
}
