import { Fault } from "../../base";
import { readConfig } from "../../notebook";
import type { EvaluateCell } from "../context";
import { metricOf, predictionsOf } from "../judged";
import { explainSchema } from "../settings";
import { type Explaining, trainedElsewhere } from "./asked";
import type { Explanation } from "./explanation";
import { importanceOf } from "./importance";
import { leaksOf } from "./leaks";
import { ablationOf, curveOf } from "./refits";

/** In this order, importance last: it has rounds for whatever time the others leave. */
const ORDER = ["leaks", "ablation", "curve", "importance"] as const;

/** The share of the time by whose end a part begins nothing more. */
const UNTIL = { leaks: 0.2, ablation: 0.4, curve: 0.6, importance: 1 } as const;

/** Does what an explain cell asks for, one part after the other. */
export const evaluateExplain: EvaluateCell = async (cell, inputs, context, { signal, onProgress }) => {
  const settings = readConfig(explainSchema, cell.source, cell.name);
  const value = predictionsOf(cell.name, settings.predictions, inputs.get(settings.predictions), "explain");
  const labels = await context.task.labels(settings.split, signal);
  if (!labels)
    throw new Fault(
      "labels-hidden",
      `"${cell.name}" cannot explain on ${settings.split}: its labels are not in the task's files`,
      { hint: "Explain on `split: validation`.", where: { cell: cell.name } },
    );
  const { manifest } = context.task;
  const started = performance.now();
  const parts = ORDER.filter((part) => settings.show.includes(part));
  const notes: string[] = [];
  const result: Explanation = {
    kind: "explanation",
    of: settings.predictions,
    split: settings.split,
    metric: metricOf(cell.name, settings.metric ?? manifest.metric, manifest.track),
    notes,
    complete: true,
    leaky: true,
  };
  const outOfTime = (words: string): void => {
    result.complete = false;
    notes.push(`${words} within the ${settings.seconds} s. With more seconds there is more.`);
  };
  for (const [i, part] of parts.entries()) {
    const asked: Explaining = {
      cell: cell.name,
      name: settings.predictions,
      value,
      labels,
      metric: result.metric,
      settings,
      context,
      signal,
      onProgress: ({ done, note }) => onProgress({ done: (i + Math.min(1, done)) / parts.length, note }),
      late: () => performance.now() - started > settings.seconds * 1000 * UNTIL[part],
    };
    if ((part === "ablation" || part === "curve") && trainedElsewhere(value)) {
      notes.push(
        `${settings.predictions} was trained elsewhere: it cannot be fitted again, so ${part === "ablation" ? "what each modality adds" : "the learning curve"} is left out.`,
      );
      continue;
    }
    switch (part) {
      case "leaks":
        result.leaks = await leaksOf(asked);
        break;
      case "importance": {
        try {
          result.importance = await importanceOf(asked);
        } catch (error) {
          // What it blends of others cannot be shuffled here: the other parts are an answer all the same.
          if (parts.length === 1 || !(error instanceof Fault) || error.code !== "explain-foreign") throw error;
          notes.push(`${error.message}. ${error.hint}`);
          break;
        }
        const { rounds } = result.importance;
        if (rounds < settings.rounds) outOfTime(`${rounds} of ${settings.rounds} rounds of shuffling were done`);
        break;
      }
      case "ablation": {
        const { ablation, left } = await ablationOf(asked);
        result.ablation = ablation;
        if (left.length > 0) outOfTime(`Not fitted without ${left.join(", ")}`);
        break;
      }
      case "curve": {
        const { curve, left } = await curveOf(asked);
        result.curve = curve;
        if (left.length > 0) outOfTime(`Not fitted on ${left.join(" and ")}`);
        break;
      }
    }
  }
  return result;
};
