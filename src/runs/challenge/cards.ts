import type { KeptRun } from "../run";
import type { CardSource } from "./entries";

/**
 * The runs of this browser that are on the board: one's own across tasks, and every card that was brought. A team that ran
 * several notebooks across tasks is there with the newest, never with a mixture.
 */
export function keptSources(runs: readonly KeptRun[]): CardSource[] {
  const sources = [...runs]
    .sort((a, b) => a.run.made - b.run.made)
    .filter(({ run, claimed }) => claimed || run.kind === "across")
    .map(({ id, run, name, claimed }) => {
      const title = name ?? run.notebook.title;
      return { run, team: claimed ? title : `${title} (you)`, from: title, claimed, kept: id };
    });
  return newestOnly(sources);
}

/** Of several runs across tasks of one team the newest; the order is kept. */
export function newestOnly(sources: readonly CardSource[]): CardSource[] {
  return sources.filter(
    ({ run, team }) =>
      run.kind !== "across" ||
      sources.every((other) => other.team !== team || other.run.kind !== "across" || other.run.made <= run.made),
  );
}
