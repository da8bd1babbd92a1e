import { Fault } from "../base";
import { drive } from "../learners";
import { readConfig, renameInConfig } from "../notebook";
import { DEFAULT_THRESHOLD, scoreRuns, scoreSlices } from "../scoring";
import type { CellDefinition } from "./context";
import { metricOf, predictionsOf } from "./judged";
import { namesInSetting, scoreSchema } from "./settings";
import { slicesOf } from "./slices";
import { PAGE_TURNS } from "./turns";
import type { ScoreEntry, Threshold } from "./values";

export const score: CellDefinition = {
  title: "Score",
  template: ({ cells }) => ({
    name: "result",
    source: `predictions: [${cells
      .filter((cell) => cell.kind === "model")
      .map((cell) => cell.name)
      .join(", ")}]`,
  }),
  reads: (source) => ({
    mentions: [],
    requires: [...namesInSetting(source, "predictions"), ...namesInSetting(source, "slices")],
  }),
  rename: (source, from, to) => renameInConfig(renameInConfig(source, "predictions", from, to), "slices", from, to),
  evaluate: async (cell, inputs, context, { signal, onProgress }) => {
    const settings = readConfig(scoreSchema, cell.source, cell.name);
    const { task } = context;
    const labels = await task.labels(settings.split, signal);
    if (!labels) {
      throw new Fault(
        "labels-hidden",
        `"${cell.name}" cannot score ${settings.split}: its labels are not in the task's files`,
        { hint: "Score `split: validation`. The organiser scores test.", where: { cell: cell.name } },
      );
    }
    const { track } = task.manifest;
    const metric = metricOf(cell.name, settings.metric ?? task.manifest.metric, track);
    if (track !== "matching" && settings.threshold !== "auto") {
      throw new Fault("config", `"${cell.name}" sets a threshold, and a classification predicts the likeliest class`, {
        hint: "Take `threshold` out: it is for matching tasks.",
        where: { cell: cell.name },
      });
    }
    const runs = settings.predictions.map((name) => {
      const value = predictionsOf(cell.name, name, inputs.get(name), "score");
      return {
        name,
        info: value.info,
        probabilities: value.probabilities[settings.split],
        ...(track === "matching" && { threshold: thresholdFor(settings.threshold, value.threshold) }),
      };
    });
    const { seed } = settings;
    const steps = scoreRuns({
      track,
      metric,
      labels,
      classes: task.classes,
      seed,
      runs: runs.map(({ name, probabilities, threshold }) => ({ name, probabilities, threshold: threshold?.value })),
    });
    const { scored, comparisons } = await drive(steps, PAGE_TURNS, { signal, onProgress });
    const judged = runs.map(({ probabilities, threshold }) => ({
      labels,
      probabilities,
      classes: task.classes,
      ...(threshold && { threshold: threshold.value }),
    }));
    const named = await slicesOf(cell.name, settings, inputs, context, signal);
    const slices = named && (await drive(scoreSlices(judged, named, metric, seed), PAGE_TURNS, { signal, onProgress }));
    const [first, ...others] = settings.predictions;
    return {
      kind: "score",
      split: settings.split,
      metric,
      classes: task.classes,
      labels,
      entries: runs.map((run, i): ScoreEntry => ({ ...run, scored: scored[i] })),
      comparisons: comparisons.map((comparison, i) => ({ a: first, b: others[i], ...comparison })),
      ...(slices && { slices }),
      leaky: true,
    };
  },
};

function thresholdFor(setting: number | "auto", own: Threshold | undefined): ScoreEntry["threshold"] {
  if (setting === "auto") return own ?? { value: DEFAULT_THRESHOLD, from: "default" };
  return { value: setting, from: "cell", ...(own && { own }) };
}
