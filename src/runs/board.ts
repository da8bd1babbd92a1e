import type { Interval } from "../scoring";
import { rising, risingInterval } from "./rising";
import type { KeptRun, RunMember, ScoreRun } from "./run";

/** A run of one task as the board shows it: by its first predictions. */
export interface BoardRow {
  kept: KeptRun;
  run: ScoreRun;
  lead: RunMember;
  title: string;
  /** By the task's metric, higher is better. */
  score: Interval;
  /** Against the best baseline that is known on the same rows. */
  change: number | undefined;
  baseline: string | undefined;
  fitMs: number;
  predictMs: number;
  /** No other run of the task is both better and faster to fit and predict. */
  pareto: boolean;
}

export const BOARD_COLUMNS = ["score", "change", "fitMs", "predictMs", "made"] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];
export interface BoardSort {
  by: BoardColumn;
  falling: boolean;
}

export interface BoardFilter {
  task?: string;
  learner?: string;
  /** Words that stand in the run's name, its notebook's title or its cells' names. */
  words: string;
  starred: boolean;
}

/** The best score on some rows that is no work of the notebook's: a shipped baseline, or the majority class. */
export interface Baseline {
  task: string;
  metric: string;
  title: string;
  value: number;
}

/** Every run of one task as a row; across-tasks runs are a board of their own. */
export function boardRows(runs: readonly KeptRun[], baselines: readonly Baseline[]): BoardRow[] {
  const rows = runs.flatMap((kept): BoardRow[] => {
    const { run } = kept;
    if (run.kind !== "score") return [];
    const lead = run.members[0];
    const metric = lead.metrics[run.task.metric] ? run.task.metric : run.metric;
    const score = risingInterval(metric, lead.metrics[metric]);
    const baseline = baselineOf(run, metric, baselines);
    return [
      {
        kept,
        run,
        lead,
        title: kept.name ?? run.notebook.title,
        score,
        change: baseline && score.value - baseline.value,
        baseline: baseline?.title,
        fitMs: lead.fitMs,
        predictMs: lead.predictMs,
        pareto: false,
      },
    ];
  });
  return rows.map((row) => ({ ...row, pareto: onFront(row, rows) }));
}

function baselineOf(run: ScoreRun, metric: string, shipped: readonly Baseline[]): Baseline | undefined {
  const beside = run.members.slice(1).flatMap((member): Baseline[] => {
    const value = member.metrics[metric]?.value;
    const counts = member.baseline || member.title === "majority";
    return value !== undefined && counts ? [{ task: run.task.id, metric, title: member.title, value }] : [];
  });
  const known =
    run.split === "validation" ? shipped.filter((each) => each.task === run.task.id && each.metric === metric) : [];
  const all = [...beside, ...known].map((each) => ({ ...each, value: rising(metric, each.value) }));
  return all.reduce<Baseline | undefined>((best, each) => (best && best.value >= each.value ? best : each), undefined);
}

/** Milliseconds that a run costs: fitting, and predicting all splits. */
export function costOf(row: Pick<BoardRow, "fitMs" | "predictMs">): number {
  return row.fitMs + row.predictMs;
}

export function sameBoard(a: ScoreRun, b: ScoreRun): boolean {
  return a.task.id === b.task.id && a.task.data === b.task.data && a.split === b.split;
}

function onFront(row: BoardRow, rows: readonly BoardRow[]): boolean {
  return !rows.some(
    (other) =>
      sameBoard(other.run, row.run) &&
      other.score.value >= row.score.value &&
      costOf(other) <= costOf(row) &&
      (other.score.value > row.score.value || costOf(other) < costOf(row)),
  );
}

export function filterRows(rows: readonly BoardRow[], { task, learner, words, starred }: BoardFilter): BoardRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ kept, run, lead, title }) => {
    const text = [title, run.notebook.title, run.task.title, run.task.id, lead.name, lead.title]
      .join(" ")
      .toLowerCase();
    return (
      (task === undefined || run.task.id === task) &&
      (learner === undefined || lead.title === learner) &&
      (!starred || kept.starred) &&
      wanted.every((word) => text.includes(word))
    );
  });
}

/** In the order of a column, equal ones newest first; what is not known stands last either way. */
export function sortRows(rows: readonly BoardRow[], { by, falling }: BoardSort): BoardRow[] {
  const key = (row: BoardRow): number =>
    by === "score" ? row.score.value : by === "made" ? row.run.made : (row[by] ?? Number.NaN);
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return (falling ? y - x : x - y) || b.run.made - a.run.made;
  });
}
