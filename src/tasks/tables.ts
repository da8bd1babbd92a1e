import { Fault, suggest } from "../base";
import { featureColumns, SPLIT_NAMES, type TaskManifest } from "./manifest";

/** A loaded table as the engine tells it. */
export interface LoadedTable {
  name: string;
  rows: number;
  columns: readonly { name: string }[];
}

/**
 * Whether the loaded splits are the tables that the manifest describes. A file can be whole and still be another's: the
 * hashes in a manifest say nothing of its words.
 *
 * @throws Fault `task-mismatch` naming the file and what it lacks
 */
export function checkTables(task: TaskManifest, tables: readonly LoadedTable[]): void {
  for (const split of SPLIT_NAMES) {
    const table = tables.find(({ name }) => name === split);
    const { rows, parquet } = task.splits[split];
    const mismatch = (message: string, hint: string): Fault =>
      new Fault("task-mismatch", message, { hint, where: { file: parquet } });
    if (!table) throw mismatch(`${parquet} gave no table "${split}"`, "Check that the file holds the split's rows.");
    if (table.rows !== rows)
      throw mismatch(
        `${parquet} has ${table.rows.toLocaleString("en")} rows, and task.json says ${rows.toLocaleString("en")}`,
        "Fetch the task's folder again, or write the number of rows into task.json.",
      );
    const there = table.columns.map(({ name }) => name);
    const wanted = ["id", ...featureColumns(task).map(({ name }) => name)];
    if (split !== "test") wanted.push(task.label.column);
    for (const name of wanted)
      if (!there.includes(name))
        throw mismatch(
          `${parquet} has no column "${name}", which task.json describes`,
          `${suggest(name, there)} Correct the name in task.json, or publish the file that it was made for.`,
        );
  }
}
