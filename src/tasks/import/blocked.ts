import { Fault } from "../../base";
import { type BlockingAsk, type BlockingFacts, blockPairs } from "../blocking/block";
import type { Match } from "../blocking/entities";
import { namedRecords, sidesOf } from "./join";
import { textAt } from "./row-hash";
import { counted, holdsBytes, type SourceColumn, type SourceTable } from "./source";

export interface Blocked {
  /** The pairs as a table like one that names its records by id, with a label and a split. */
  table: SourceTable;
  facts: BlockingFacts;
}

/** Columns that both tables of records have, and whose texts can be compared. */
export function comparable(left: SourceTable, right: SourceTable): string[] {
  return left.columns.flatMap((own) => {
    const { name, kind } = own;
    const other = right.columns.find((column) => column.name === name);
    const plain = ["string", "number"].includes(kind) && !holdsBytes(own) && other !== undefined && !holdsBytes(other);
    return plain && !/^(?:id|_id)$/i.test(name) ? [name] : [];
  });
}

/** Whether the list does nothing but name records: no column of it tells a match from none. */
export function namesOnly(list: SourceTable, left: SourceTable, right: SourceTable): boolean {
  try {
    const { naming } = sidesOf(list, left, right);
    return list.columns.every((column) => {
      if (naming.includes(column)) return true;
      const values = new Set(Array.from({ length: list.rows }, (_, row) => textAt(column, row)));
      return values.size !== 2;
    });
  } catch (error) {
    if (error instanceof Fault) return false; // a file that is not such a list is told of when it is planned
    throw error;
  }
}

/** How candidates are found unless the reader says otherwise: by the words of all texts. */
export function defaultBlocking(left: SourceTable, right: SourceTable): BlockingAsk {
  const names = comparable(left, right);
  const texts = names.filter((name) => left.columns.find((column) => column.name === name)?.kind === "string");
  return { keys: [], texts: texts.length > 0 ? texts : names, top: 10, negatives: 4, seed: 1 };
}

/** Makes a matching task's pairs from two tables and a list of pairs that are known to match. */
export function blockedPairs(list: SourceTable, left: SourceTable, right: SourceTable, ask: BlockingAsk): Blocked {
  const { sides, naming } = sidesOf(list, left, right);
  const { found, badRows } = namedRecords(list, sides, naming);
  const seen = new Set<string>();
  const matches = found[0].flatMap((record, i): Match[] => {
    const key = `${record} ${found[1][i]}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [[record, found[1][i]]];
  });
  const columns = comparable(left, right);
  const textsOf = (table: SourceTable): (string | null)[][] =>
    columns.map((name) => {
      const column = table.columns.find((each) => each.name === name);
      return Array.from({ length: table.rows }, (_, row) => (column ? textAt(column, row) || null : null));
    });
  const { pairs, facts } = blockPairs({ left: textsOf(left), right: textsOf(right), columns, matches }, ask);
  const text = (name: string, values: (string | null)[]): SourceColumn => ({ kind: "string", name, values });
  return {
    facts,
    table: {
      role: "train",
      file: list.file,
      how: `${counted(facts.matches, "known match", "known matches")} of ${list.file}, and candidates by blocking`,
      rows: pairs.length,
      columns: [
        text(
          "left_id",
          pairs.map((pair) => sides[0].ids[pair.left]),
        ),
        text(
          "right_id",
          pairs.map((pair) => sides[1].ids[pair.right]),
        ),
        text(
          "label",
          pairs.map((pair) => String(pair.label)),
        ),
        text(
          "split",
          pairs.map((pair) => pair.split),
        ),
      ],
      badRows,
      notes: list.notes,
    },
  };
}
