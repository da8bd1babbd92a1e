import type { SplitName } from "../../src/tasks";

/** A row's text as the set of its words. */
export interface Worded {
  split: SplitName;
  label: string;
  words: readonly string[];
}

const SMOOTHING = 0.1;

/**
 * Mean recall over the classes, on validation, of naive Bayes on the words that a text has (Bernoulli, without the words
 * that it lacks; all classes equally likely beforehand, so that a rare class counts as much as a frequent one).
 */
export function wordScore(rows: readonly Worded[]): number {
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const place = new Map(labels.map((label, i) => [label, i]));
  const sizes = new Float64Array(labels.length);
  const counts = new Map<string, Float64Array>();
  for (const { split, label, words } of rows) {
    if (split !== "train") continue;
    const at = place.get(label) ?? 0;
    sizes[at]++;
    for (const word of words) {
      const count = counts.get(word) ?? new Float64Array(labels.length);
      count[at]++;
      counts.set(word, count);
    }
  }
  const hits = new Float64Array(labels.length);
  const asked = new Float64Array(labels.length);
  const evidence = new Float64Array(labels.length);
  for (const { split, label, words } of rows) {
    if (split !== "validation") continue;
    evidence.fill(0);
    for (const word of words) {
      const count = counts.get(word);
      if (!count) continue;
      for (let i = 0; i < evidence.length; i++)
        evidence[i] += Math.log((count[i] + SMOOTHING) / (sizes[i] + 2 * SMOOTHING));
    }
    const at = place.get(label) ?? 0;
    asked[at]++;
    if (evidence.indexOf(Math.max(...evidence)) === at) hits[at]++;
  }
  const seen = labels.map((_, i) => i).filter((i) => asked[i] > 0);
  return seen.reduce((sum, i) => sum + hits[i] / asked[i], 0) / Math.max(1, seen.length);
}
