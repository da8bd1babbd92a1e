import { Fault, suggest } from "../base";
import { readConfig } from "../notebook";
import { compare, type Metric, type ScoreInput, score as scoreOf, TRACK_METRICS } from "../scoring";
import type { Track } from "../tasks";
import type { CellDefinition } from "./context";
import { namesInSetting, scoreSchema } from "./settings";
import type { CellValue, ScoreEntry } from "./values";

export const score: CellDefinition = {
  title: "Score",
  template: ({ cells }) => ({
    name: "result",
    source: `predictions: [${cells
      .filter((cell) => cell.kind === "model")
      .map((cell) => cell.name)
      .join(", ")}]`,
  }),
  reads: (source) => ({ mentions: [], requires: namesInSetting(source, "predictions") }),
  evaluate: async (cell, inputs, context, { signal }) => {
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
    const metric = metricOf(cell.name, settings.metric ?? task.manifest.metric, task.manifest.track);
    const inputOf = (name: string): ScoreInput => ({
      track: task.manifest.track,
      metric,
      labels,
      probabilities: predictionsOf(cell.name, name, inputs.get(name)).probabilities[settings.split],
      classes: task.classes,
      seed: settings.seed,
    });
    const entries: ScoreEntry[] = settings.predictions.map((name) => ({
      name,
      scored: scoreOf(inputOf(name)),
      info: predictionsOf(cell.name, name, inputs.get(name)).info,
    }));
    const [a, b] = settings.predictions;
    const comparison = b === undefined ? undefined : { a, b, ...compare(inputOf(a), inputOf(b), settings.seed) };
    return {
      kind: "score",
      split: settings.split,
      metric,
      classes: task.classes,
      entries,
      ...(comparison && { comparison }),
      leaky: true,
    };
  },
};

function metricOf(cell: string, name: string, track: Track): Metric {
  const known = TRACK_METRICS[track];
  const metric = known.find((each) => each === name);
  if (metric) return metric;
  throw new Fault("metric-unknown", `"${cell}" cannot score by "${name}": that is no metric of the ${track} track`, {
    hint: suggest(name, known),
    where: { cell },
  });
}

function predictionsOf(
  cell: string,
  name: string,
  value: CellValue | undefined,
): Extract<CellValue, { kind: "predictions" }> {
  if (value?.kind === "predictions") return value;
  throw new Fault(
    "input-kind",
    `Cannot score "${name}" in "${cell}": it is ${value ? `a ${value.kind} cell` : "no cell"}, and only model cells predict`,
    { hint: "Name a model cell.", where: { cell } },
  );
}
