import { bestOf } from "../output/metricWords";

/** What a score of a task has to agree with: its metric, and (where it is known) its present rows. */
export interface ScoredTask {
  id: string;
  metric: string;
  data?: string;
}

/** What the list of shipped models says of each. */
export interface ShippedModel {
  task: string;
  scores: { validation: { metric: string; value: number } };
}

/** The best of the shipped baselines of a task on validation, by the task's own metric, lower or higher as it goes. */
export function bestBaseline(task: ScoredTask, models: readonly ShippedModel[]): number | undefined {
  const values = models
    .filter((model) => model.task === task.id && model.scores.validation.metric === task.metric)
    .map((model) => model.scores.validation.value);
  return values[bestOf(values, task.metric)];
}

/** The reader's own best, if it was reached by the task's metric and on its present rows. */
export function ownBest(
  task: ScoredTask,
  best: { metric: string; data: string; value: number } | undefined,
): number | undefined {
  const same = best?.metric === task.metric && (task.data === undefined || best.data === task.data);
  return same ? best.value : undefined;
}
