import { Fault } from "../../base";
import { factsOf } from "./facts";
import { isSame } from "./header";
import type { Side } from "./pairs";
import { textAt } from "./row-hash";
import { type BadRow, counted, type SourceColumn, type SourceTable, shown } from "./source";

/** So many of a column's values have to be ids of a table for the column to name its records. */
const MOST_OF = 0.9;

/**
 * The flat form of pairs that name their records by id: `left_…` and `right_…` columns from the two tables of records,
 * then the pairs' own. Pairs that name no record are bad rows.
 * @throws Fault `import-records` where a table has no ids, or no column of the pairs holds them
 */
export function joinPairs(pairs: SourceTable, left: SourceTable, right: SourceTable): SourceTable {
  const { sides, naming } = sidesOf(pairs, left, right);
  const { rows, found, badRows } = namedRecords(pairs, sides, naming);
  const columns = [
    ...sides.flatMap(({ side, table }, i) =>
      table.columns.map((column) => gather(column, `${side}_${column.name}`, found[i])),
    ),
    ...pairs.columns.filter((column) => !naming.includes(column)).map((column) => gather(column, column.name, rows)),
  ];
  return {
    ...pairs,
    how: `${pairs.how}; records from ${left.file} and ${right.file}`,
    rows: rows.length,
    columns,
    lines: pairs.lines && Uint32Array.from(rows, (row) => pairs.lines?.[row] ?? 0),
    badRows,
  };
}

interface Sides {
  sides: RecordsSide[];
  /** Of each side the pairs' column that names its record. */
  naming: SourceColumn[];
}

export function sidesOf(pairs: SourceTable, left: SourceTable, right: SourceTable): Sides {
  const sides = [sideOf("left", left), sideOf("right", right)];
  const taken = new Set<SourceColumn>();
  const naming = sides.map((side) => {
    const column = namingColumn(pairs, side, taken);
    taken.add(column);
    return column;
  });
  return { sides, naming };
}

/** The records that each pair names, by their numbers in the two tables; pairs that name none are bad rows. */
export function namedRecords(
  pairs: SourceTable,
  sides: readonly RecordsSide[],
  naming: readonly SourceColumn[],
): { rows: number[]; found: [left: number[], right: number[]]; badRows: BadRow[] } {
  const rows: number[] = [];
  const badRows: BadRow[] = [...pairs.badRows];
  const found: [number[], number[]] = [[], []];
  for (let row = 0; row < pairs.rows; row++) {
    const records = sides.map(({ rowOf }, i) => rowOf.get(textAt(naming[i], row)));
    const lacking = records.indexOf(undefined);
    if (lacking >= 0) {
      const id = textAt(naming[lacking], row);
      badRows.push({
        line: pairs.lines?.[row] ?? row + 1,
        problem: `names ${shown(id)}, which ${sides[lacking].table.file} does not hold`,
        text: id,
      });
      continue;
    }
    rows.push(row);
    for (const [i, record] of records.entries()) found[i].push(record as number);
  }
  return { rows, found, badRows };
}

interface RecordsSide {
  side: Side;
  table: SourceTable;
  /** Of each record. */
  ids: string[];
  rowOf: Map<string, number>;
}

function sideOf(side: Side, table: SourceTable): RecordsSide {
  const bytes = table.columns.find((column) => column.opened);
  if (bytes)
    throw new Fault(
      "import-records",
      `${table.file} holds pictures in "${bytes.name}", which cannot be joined to pairs yet`,
      {
        hint: "Give the pairs as one flat file, with the columns of both records.",
        where: { file: table.file },
      },
    );
  const unique = (column: SourceColumn): boolean => {
    const facts = factsOf(column);
    return facts.unique && facts.present === table.rows;
  };
  const id = table.columns.find((column) => isSame(column.name, "id") && unique(column)) ?? table.columns.find(unique);
  if (!id)
    throw new Fault(
      "import-records",
      `${table.file} has no column that names its records: one without a missing value or one twice`,
      {
        hint: "A table of records has an id column.",
        where: { file: table.file },
      },
    );
  const ids = Array.from({ length: table.rows }, (_, row) => textAt(id, row));
  return { side, table, ids, rowOf: new Map(ids.map((each, row) => [each, row])) };
}

/** The pairs' column whose values are ids of the table: one whose name says the side first. */
function namingColumn(
  pairs: SourceTable,
  { side, table, rowOf }: RecordsSide,
  taken: ReadonlySet<SourceColumn>,
): SourceColumn {
  const marks =
    side === "left"
      ? /^(?:l|left|ltable|a|id_?1)|(?:left|1|_a|_l|_x)$/i
      : /^(?:r|right|rtable|b|id_?2)|(?:right|2|_b|_r|_y)$/i;
  const fits = pairs.columns.filter((column) => {
    if (taken.has(column) || pairs.rows === 0) return false;
    let held = 0;
    for (let row = 0; row < pairs.rows; row++) if (rowOf.has(textAt(column, row))) held++;
    return held >= pairs.rows * MOST_OF;
  });
  const column = fits.find(({ name }) => marks.test(name)) ?? fits.find(({ name }) => /id/i.test(name)) ?? fits[0];
  if (column) return column;
  throw new Fault("import-records", `No column of ${pairs.file} holds the ids of ${table.file}`, {
    hint: `Its ${counted(pairs.columns.length, "column")} are ${pairs.columns.map(({ name }) => name).join(", ")}.`,
    where: { file: pairs.file },
  });
}

function gather(column: SourceColumn, name: string, rows: readonly number[]): SourceColumn {
  const values =
    column.kind === "number"
      ? Float64Array.from(rows, (row) => column.values[row])
      : rows.map((row) => column.values[row]);
  return { ...column, name, values } as SourceColumn;
}
