import { SPLIT_NAMES, type SplitName } from "../manifest";
import type { PlannedColumn } from "./columns";
import type { LabelValues } from "./labels";
import { rowHashes } from "./row-hash";
import { counted, type FileRole, type Note } from "./source";
import type { PlannedSplit } from "./split-plan";

/**
 * Rows whose features stand in another split too, word for word, and rows of train that are equal but for their labels.
 * Both make scores mean less than they seem to.
 */
export function repeatNotes(
  columns: readonly PlannedColumn[],
  splits: Record<SplitName, PlannedSplit>,
  labels: ReadonlyMap<FileRole, LabelValues>,
  rowsIn: ReadonlyMap<FileRole, number>,
): Note[] {
  const read = columns.filter((column) => column.level !== "pair" && column.decision.modality !== "ignored");
  if (read.length === 0) return [];
  const hashes = new Map<FileRole, Float64Array>();
  for (const [role, rows] of rowsIn) {
    const parts = read.flatMap((column) => {
      const part = column.parts.get(role);
      return column.level === "record" ? [part?.left, part?.right] : [part?.own];
    });
    hashes.set(role, rowHashes(parts, rows));
  }
  const hashAt = (split: PlannedSplit, row: number): number => hashes.get(split.role)?.[row] ?? 0;
  const notes: Note[] = [];
  const before = new Map<number, SplitName>();
  const repeats: Partial<Record<SplitName, number>> = {};
  for (const name of SPLIT_NAMES) {
    const split = splits[name];
    let repeated = 0;
    for (const row of split.rows) if (before.has(hashAt(split, row))) repeated++;
    for (const row of split.rows) before.set(hashAt(split, row), name);
    repeats[name] = repeated;
  }
  for (const name of ["validation", "test"] as const) {
    const count = repeats[name] ?? 0;
    if (count === 0) continue;
    const others = name === "validation" ? "train" : "train or validation";
    notes.push({
      kind: "warning",
      text: `${counted(count, "row")} of ${splits[name].rows.length.toLocaleString("en")} in ${name} ${count === 1 ? "stands" : "stand"} in ${others} too, with the same features: scores may be too good`,
    });
  }
  const conflicts = conflictsIn(splits.train, labels, hashAt);
  if (conflicts > 0)
    notes.push({
      kind: "warning",
      text: `${counted(conflicts, "row")} of train ${conflicts === 1 ? "equals" : "equal"} another that has a different label`,
    });
  return notes;
}

function conflictsIn(
  train: PlannedSplit,
  labels: ReadonlyMap<FileRole, LabelValues>,
  hashAt: (split: PlannedSplit, row: number) => number,
): number {
  const values = labels.get(train.role) ?? [];
  const first = new Map<number, string | null>();
  let conflicts = 0;
  for (const row of train.rows) {
    const hash = hashAt(train, row);
    const seen = first.get(hash);
    if (seen === undefined) first.set(hash, values[row]);
    else if (seen !== values[row]) conflicts++;
  }
  return conflicts;
}
