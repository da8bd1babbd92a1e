import { Fault } from "../../base";
import { findColumn, type ImportAbout } from "./about";
import type { FactsOf, PlannedColumn } from "./columns";
import { isIdName } from "./modality";
import { holdsBytes, type SourceTable, shown } from "./source";

/** Where the rows' ids come from. `column` is absent where they are made: `train-1`, the first row of that file. */
export interface IdPlan {
  column?: PlannedColumn;
  rule: string;
}

/**
 * Chooses the column that names the rows: one that every file has, with no value missing and none twice in a file. The
 * one named `id` first, then by what ids are called; any other column may be unique by chance.
 * @throws Fault `import-id` where the reader named one that cannot be it
 */
export function chooseId(
  columns: readonly PlannedColumn[],
  tables: readonly SourceTable[],
  about: ImportAbout,
  factsOf: FactsOf,
): IdPlan {
  const named = columns.filter((column) => column.level !== "record");
  const flaw = (column: PlannedColumn): string | undefined => {
    for (const table of tables) {
      const own = column.parts.get(table.role)?.own;
      if (!own) return `${table.file} does not have it`;
      if (holdsBytes(own) || !["string", "number"].includes(own.kind)) return "it holds no texts or numbers";
      const facts = factsOf(own);
      if (facts.present < table.rows) return `it is missing in ${table.rows - facts.present} rows of ${table.file}`;
      if (!facts.unique) return `${table.file} has a value twice`;
      if (facts.numbers.count === facts.present && facts.integers < facts.present) return "its numbers are not whole";
    }
    return undefined;
  };
  if (about.id !== undefined) {
    const name = findColumn(
      about.id,
      named.map((column) => column.source),
    );
    const column = named.find((each) => each.source === name);
    const problem = column ? flaw(column) : "no file has such a column";
    if (!column || problem)
      throw new Fault("import-id", `The column ${shown(about.id)} cannot name the rows: ${problem}`, {
        hint: "Choose another, or none: ids are then made.",
      });
    return { column, rule: `${shown(column.source)}, as you chose` };
  }
  const likely = named.filter((column) => isIdName(column.source)).sort((a, b) => rank(a.source) - rank(b.source));
  const problems: string[] = [];
  for (const column of likely) {
    const problem = flaw(column);
    if (problem === undefined) return { column, rule: `${shown(column.source)}: no value is missing or stands twice` };
    if (!/^column_\d+$/.test(column.source)) problems.push(`${shown(column.source)} is no id, since ${problem}`);
  }
  return { rule: `made from the file and the row's number${problems.length > 0 ? `: ${problems[0]}` : ""}` };
}

const RANKS = [/^id$/i, /^_id$/i, /^(?:pair|row|example|sample|item|record)[_\s]?id$/i, /^(?:uuid|guid|key)$/i, /id$/i];

function rank(name: string): number {
  const found = RANKS.findIndex((pattern) => pattern.test(name));
  return found < 0 ? RANKS.length : found;
}
