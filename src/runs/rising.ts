import type { Interval } from "../scoring";

/** Metrics of which less is better, as a share of which more is: what boards rank and average by. */
const AS_RISING: Record<string, { title: string; of: (value: number) => number }> = {
  /** The geometric mean of the probabilities that the labels were given. */
  log_loss: { title: "exp(−log loss)", of: (value) => Math.exp(-value) },
  brier: { title: "1 − Brier score", of: (value) => 1 - value },
  expected_calibration_error: { title: "1 − calibration error", of: (value) => 1 - value },
};

/** A metric's value so that higher is better: unchanged for all but the losses, which become shares from 0 to 1. */
export function rising(metric: string, value: number): number {
  return AS_RISING[metric]?.of(value) ?? value;
}

export function risingInterval(metric: string, { value, low, high }: Interval): Interval {
  const falls = metric in AS_RISING;
  return {
    value: rising(metric, value),
    low: rising(metric, falls ? high : low),
    high: rising(metric, falls ? low : high),
  };
}

/** What a rising metric is called where that is not the metric itself. */
export function risingTitle(metric: string): string | undefined {
  return AS_RISING[metric]?.title;
}
