import type { Interval } from "../../scoring";
import type { SplitName } from "../../tasks";
import type { KeptRun, Run, TaskResult } from "../run";

/** Where a score comes from, and so what it is worth. */
export type Standing =
  /** Somebody says so. */
  | { kind: "claimed" }
  /** Somebody says so, and the same notebook had the same score here, or it was only ever run here. */
  | { kind: "reproduced" }
  /** Computed here, from a file of predictions and one of labels. */
  | { kind: "scored" }
  /** The same notebook had another score here. */
  | { kind: "differs"; here: number };

/** One team's score on one task. */
export interface Entry {
  team: string;
  task: string;
  split: SplitName;
  metric: string;
  /** Of the metric, not yet so that higher is better. */
  score: Interval;
  standing: Standing;
  /** The file or the notebook that it is from. */
  from: string;
  /** Of a run that is kept in this browser, to open its notebook. */
  kept?: string;
}

/** Why a score is not on the board. */
export interface Problem {
  file: string;
  message: string;
  hint?: string;
}

export interface CardSource {
  run: Run;
  team: string;
  from: string;
  /** It came as a file. */
  claimed: boolean;
  kept?: string;
}

export interface Here {
  /** The runs made in this browser: what a claim is held against. */
  own: readonly KeptRun[];
  /** The data's hash of each task that there is. */
  data: ReadonlyMap<string, string>;
}

/** The scores in a run card, each as claimed or reproduced; those of other data or of no task of this site are problems. */
export function entriesOf(source: CardSource, here: Here): { entries: Entry[]; problems: Problem[] } {
  const { run, team, from, claimed, kept } = source;
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  for (const { id, task, split, metric, score } of scoresOf(run)) {
    const data = here.data.get(task.id);
    if (data !== task.data) {
      problems.push({
        file: from,
        message:
          data === undefined
            ? `${team}'s score on "${task.id}" is left out: there is no such task here`
            : `${team}'s score on "${task.id}" is left out: it is of other data than the task has here`,
      });
      continue;
    }
    const standing = claimed ? standingOf(id, metric, score.value, here.own) : { kind: "reproduced" as const };
    entries.push({ team, task: task.id, split, metric, score, standing, from, ...(kept && { kept }) });
  }
  return { entries, problems };
}

interface CardScore {
  /** The run of the score, by which the same one made here is found. */
  id: string;
  task: TaskResult["task"];
  split: SplitName;
  metric: string;
  score: Interval;
}

function scoresOf(run: Run): CardScore[] {
  if (run.kind === "score") {
    const { id, task, split, members } = run;
    const metric = members[0].metrics[task.metric] ? task.metric : run.metric;
    return [{ id, task, split, metric, score: members[0].metrics[metric] }];
  }
  return run.results.flatMap((result) =>
    result.status === "scored"
      ? [
          {
            id: result.run,
            task: result.task,
            split: result.split,
            metric: result.metric,
            score: result.lead.metrics[result.metric],
          },
        ]
      : [],
  );
}

/** A score's id is over the notebook's text and the task's data: the same one made here has to have the same value. */
function standingOf(id: string, metric: string, claimed: number, own: readonly KeptRun[]): Standing {
  for (const { run } of own)
    for (const made of scoresOf(run)) {
      if (made.id !== id || made.metric !== metric) continue;
      return made.score.value === claimed ? { kind: "reproduced" } : { kind: "differs", here: made.score.value };
    }
  return { kind: "claimed" };
}
