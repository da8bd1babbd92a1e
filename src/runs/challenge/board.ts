import type { Interval } from "../../scoring";
import type { SplitName } from "../../tasks";
import { risingInterval } from "../rising";
import type { Entry, Standing } from "./entries";

type Medal = "gold" | "silver" | "bronze";
const MEDALS: readonly Medal[] = ["gold", "silver", "bronze"];

export interface TeamLine {
  team: string;
  /** By task; higher is better. */
  scores: ReadonlyMap<string, Entry & { rising: Interval }>;
  /** Over all tasks of the track, those that are missing as 0. */
  average: Interval;
  missing: string[];
  /** From 1; equal averages share it. */
  rank: number;
  tied: boolean;
  medal?: Medal;
  /** What can be said of the whole line: all of it was computed here, or something is only claimed, or differs. */
  standing: Standing["kind"];
}

/** Averages that differ by less are a tie: sums of the same numbers in another order. */
const SAME = 1e-12;

/**
 * Teams by tasks of one track on one split, best average first. A task without a score counts as 0, so that leaving a hard
 * one out pays for nobody. Of several scores of one team on one task the last one counts. Ties share their rank and medal,
 * and the ranks after them are left free.
 */
export function challengeBoard(entries: readonly Entry[], tasks: readonly string[], split: SplitName): TeamLine[] {
  const teams = new Map<string, Map<string, Entry & { rising: Interval }>>();
  for (const entry of entries) {
    if (entry.split !== split || !tasks.includes(entry.task)) continue;
    const scores = teams.get(entry.team) ?? new Map();
    teams.set(entry.team, scores.set(entry.task, { ...entry, rising: risingInterval(entry.metric, entry.score) }));
  }
  const lines = [...teams].map(([team, scores]) => ({
    team,
    scores,
    average: averageOf(
      [...scores.values()].map(({ rising }) => rising),
      tasks.length,
    ),
    missing: tasks.filter((task) => !scores.has(task)),
    standing: weakest([...scores.values()].map(({ standing }) => standing.kind)),
  }));
  lines.sort((a, b) => b.average.value - a.average.value || a.team.localeCompare(b.team, "en"));
  const same = (a: number, b: number): boolean => Math.abs(a - b) <= SAME;
  return lines.map((line) => {
    const { value } = line.average;
    const rank = 1 + lines.findIndex((other) => same(other.average.value, value));
    const tied = lines.filter((other) => same(other.average.value, value)).length > 1;
    const medal = value > 0 ? MEDALS[rank - 1] : undefined;
    return { ...line, rank, tied, ...(medal && { medal }) };
  });
}

/** The tasks' rows are drawn apart from each other, so the interval's arms add up in squares. */
function averageOf(scores: readonly Interval[], tasks: number): Interval {
  const value = scores.reduce((sum, score) => sum + score.value, 0) / tasks;
  const arm = (edge: "low" | "high"): number =>
    Math.sqrt(scores.reduce((sum, score) => sum + (score[edge] - score.value) ** 2, 0)) / tasks;
  return { value, low: value - arm("low"), high: value + arm("high") };
}

function weakest(kinds: readonly Standing["kind"][]): Standing["kind"] {
  const order: Standing["kind"][] = ["differs", "claimed", "scored", "reproduced"];
  return order.find((kind) => kinds.includes(kind)) ?? "claimed";
}
