import { Fault } from "../base";
import type { NamedRows } from "../scoring";
import { columnOf } from "../table";
import type { CellContext } from "./context";
import type { ScoreSettings } from "./settings";
import { textsOf } from "./task-data";
import type { CellValue } from "./values";

/**
 * The rows of a score's `slices`: those of the scored split whose id is among another cell's. Rows of other splits in
 * that cell are no part of it.
 * @throws Fault `slice-ids` for a cell without ids
 */
export async function slicesOf(
  cell: string,
  { slices, split }: ScoreSettings,
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  signal: AbortSignal,
): Promise<NamedRows[] | undefined> {
  if (!slices) return undefined;
  const ids = await context.task.ids(split, signal);
  const named: NamedRows[] = [];
  for (const name of slices) {
    const value = inputs.get(name);
    const table = value && (await context.rows(value, signal));
    if (!table || !columnOf(table, "id")) {
      throw new Fault("slice-ids", `"${cell}" cannot score the slice "${name}": it has no column "id"`, {
        hint: `Name a SQL cell that selects rows of ${split} with their id.`,
        where: { cell },
      });
    }
    const wanted = new Set(textsOf(table, "id"));
    const rows = Int32Array.from(ids.keys()).filter((row) => ids[row] !== null && wanted.has(ids[row]));
    named.push({ name, rows });
  }
  return named;
}
