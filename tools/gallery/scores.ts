import { createRandom } from "../../src/base";
import type { CellValue, ScoreEntry } from "../../src/cells";
import { type Metric, scoreRuns } from "../../src/scoring";

type Score = Extract<CellValue, { kind: "score" }>;

export interface MadeUpModel {
  name: string;
  /** From 0, no better than guessing, up; 1 is good. */
  skill: number;
  /** Above 1 it is surer than it should be. */
  boast?: number;
  info?: Partial<ScoreEntry["info"]>;
  threshold?: ScoreEntry["threshold"];
}

/** A score cell's value: labels and probabilities are made up, everything else is what the scoring says of them. */
export function scoreOf(
  classes: string[],
  rows: number,
  models: MadeUpModel[],
  { seed = 1, metric = "accuracy" }: { seed?: number; metric?: Metric } = {},
): Score {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const matching = models.some((model) => model.threshold);
  const labels = Int32Array.from({ length: rows }, () =>
    matching ? Number(random() < 0.15) : Math.floor(random() ** 1.4 * classes.length),
  );
  const entries = models.map(({ name, skill, boast = 1, info, threshold }) => {
    const probabilities = new Float64Array(rows * classes.length);
    labels.forEach((label, row) => {
      const clarity = skill * (0.4 + 1.2 * random());
      const odds = classes.map((_, k) => {
        const near = k === (label + 1) % classes.length ? 0.8 : 0;
        const prior = matching ? [0, -1.7][k] : 0;
        return Math.exp(boast * (prior + clarity * (k === label ? 4 : near) + 1.2 * normal()));
      });
      const total = odds.reduce((sum, each) => sum + each, 0);
      odds.forEach((each, k) => {
        probabilities[row * classes.length + k] = each / total;
      });
    });
    return { name, probabilities, threshold, info: { ...INFO, ...info } };
  });
  const steps = scoreRuns({
    track: matching ? "matching" : "classification",
    metric,
    labels,
    classes,
    seed,
    runs: entries.map(({ probabilities, threshold }) => ({ probabilities, threshold: threshold?.value })),
  });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { scored, comparisons } = step.value;
  return {
    kind: "score",
    split: "validation",
    metric,
    classes,
    labels,
    entries: entries.map((entry, i) => ({ ...entry, scored: scored[i] })),
    comparisons: comparisons.map((comparison, i) => ({ a: models[0].name, b: models[i + 1].name, ...comparison })),
    leaky: true,
  };
}

const INFO: ScoreEntry["info"] = {
  title: "linear",
  width: 120,
  trainRows: 2312,
  fitMs: 840,
  predictMs: 12,
  notes: [],
  baseline: false,
  reproducible: true,
};
