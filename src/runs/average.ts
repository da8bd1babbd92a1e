import type { Interval } from "../scoring";
import { risingInterval } from "./rising";
import type { AcrossRun, TaskResult } from "./run";

export type ScoredTask = Extract<TaskResult, { status: "scored" }>;

export interface Average extends Interval {
  /** Tasks with a result, also a failed one; the average is over these. */
  settled: number;
  failed: number;
  /** Of the track. */
  tasks: number;
}

/**
 * The average over a track's tasks, higher is better: what ranks a notebook. A task on which it failed counts as 0, so
 * that leaving a hard task out pays for nobody. The tasks' rows are drawn apart from each other, so the interval's arms
 * add up in squares. Undefined before the first task has settled.
 */
export function averageOf({ tasks, results }: Pick<AcrossRun, "tasks" | "results">): Average | undefined {
  if (results.length === 0) return undefined;
  const scored = results.filter((result) => result.status === "scored");
  const intervals = scored.map(({ metric, lead }) => risingInterval(metric, lead.metrics[metric]));
  const count = results.length;
  const value = intervals.reduce((sum, interval) => sum + interval.value, 0) / count;
  const arm = (edge: "low" | "high"): number =>
    Math.sqrt(intervals.reduce((sum, interval) => sum + (interval[edge] - interval.value) ** 2, 0)) / count;
  return {
    value,
    low: value - arm("low"),
    high: value + arm("high"),
    settled: count,
    failed: count - scored.length,
    tasks: tasks.length,
  };
}

type Ranked = Pick<AcrossRun, "track" | "tasks" | "results">;

/** Best average first in each track. A run that is not through its tasks stands behind those that are: its average is of other tasks. */
export function byAverage(a: Ranked, b: Ranked): number {
  const average = (run: Ranked): number => averageOf(run)?.value ?? Number.NEGATIVE_INFINITY;
  const left = (run: Ranked): number => Math.min(1, pendingTasks(run).length);
  return a.track.localeCompare(b.track, "en") || left(a) - left(b) || average(b) - average(a) || 0;
}

/** Tasks that have no result yet. */
export function pendingTasks({ tasks, results }: Pick<AcrossRun, "tasks" | "results">): AcrossRun["tasks"] {
  return tasks.filter((task) => !results.some((result) => result.task.id === task.id));
}

/** The result with a newer one of the same task in its place. */
export function withResult(run: AcrossRun, result: TaskResult): AcrossRun {
  const others = run.results.filter((each) => each.task.id !== result.task.id);
  const order = new Map(run.tasks.map((task, place) => [task.id, place]));
  return {
    ...run,
    results: [...others, result].sort((a, b) => (order.get(a.task.id) ?? 0) - (order.get(b.task.id) ?? 0)),
  };
}

export type Agreement =
  | { kind: "same" }
  | { kind: "differs"; claimed: number; here: number }
  | { kind: "other data" }
  | { kind: "failed" };

/** What the link's author had on a task against what came out here, to the last digit. */
export function agreementOf({ claims }: Pick<AcrossRun, "claims">, result: TaskResult): Agreement | undefined {
  const claim = claims?.[result.task.id];
  if (!claim) return undefined;
  const [data, claimed] = claim;
  if (!result.task.data.startsWith(data)) return { kind: "other data" };
  if (result.status === "failed") return { kind: "failed" };
  const here = result.lead.metrics[result.metric].value;
  return here === claimed ? { kind: "same" } : { kind: "differs", claimed, here };
}

/** What a link carries of an across-tasks run. */
export function claimsOf({ results }: Pick<AcrossRun, "results">): NonNullable<AcrossRun["claims"]> {
  return Object.fromEntries(
    results.flatMap((result) =>
      result.status === "scored"
        ? [
            [
              result.task.id,
              [result.task.data.slice(0, 12), result.lead.metrics[result.metric].value] as [string, number],
            ],
          ]
        : [],
    ),
  );
}
