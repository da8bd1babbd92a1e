import { useApp, useAsked } from "../pages/useApp";
import { bestBaseline, ownBest, type ScoredTask } from "./bestScores";

export interface TaskScores {
  /** Of the shipped baselines. */
  baseline: number | undefined;
  /** Of the reader. */
  best: number | undefined;
}

/**
 * The best that is known of a task. Where the list of baselines is missing or damaged there just is none: what needs a
 * model says what is wrong.
 */
export function useTaskScores(): (task: ScoredTask) => TaskScores {
  const app = useApp();
  const asked = useAsked("models", () => app.engines.models.list());
  const models = asked.status === "ready" ? asked.value.models : [];
  return (task) => ({ baseline: bestBaseline(task, models), best: ownBest(task, app.bests.of(task.id)) });
}
