import { HIGHER_IS_BETTER, METRIC_TITLES } from "../../scoring";

const SHORT: Record<string, string> = {
  balanced_accuracy: "Balanced",
  top3_accuracy: "Top 3",
  mcc: "MCC",
  expected_calibration_error: "ECE",
  average_precision: "Avg. precision",
  brier: "Brier",
};

/** How a metric is called on the page, in a heading (`short`) and in a sentence, and which direction is better. */
export function metricWords(metric: string): { title: string; short: string; lowerIsBetter: boolean } {
  const title = (METRIC_TITLES as Record<string, string | undefined>)[metric] ?? metric.replaceAll("_", " ");
  const higher = (HIGHER_IS_BETTER as Record<string, boolean | undefined>)[metric] ?? true;
  return { title, short: SHORT[metric] ?? title, lowerIsBetter: !higher };
}

/** A metric's title within a sentence: `accuracy`, but `F1`. */
export const inSentence = (title: string): string =>
  title.replace(/^[A-Z](?![A-Z0-9])/, (letter) => letter.toLowerCase());

/** The index of the best value, or -1 where no value is a number. */
export function bestOf(values: number[], metric: string): number {
  const sign = metricWords(metric).lowerIsBetter ? -1 : 1;
  let best = -1;
  values.forEach((value, index) => {
    if (Number.isFinite(value) && (best < 0 || sign * value > sign * values[best])) best = index;
  });
  return best;
}
