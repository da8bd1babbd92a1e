import { type DataEngine, quoted, type Relation } from "../data";
import type { SplitName, TaskManifest } from "../tasks";

/** The name of the table of pairs that a split's flat form is joined from. */
export const pairsOf = (split: SplitName): string => `${split}_pairs`;

/** One row a pair, with both records' columns, in the order of the ids. */
export function joinPairs(
  engine: Pick<DataEngine, "keep">,
  manifest: Pick<TaskManifest, "columns" | "label">,
  split: SplitName,
  signal: AbortSignal,
): Promise<Relation> {
  const names = manifest.columns.map(({ name }) => name);
  return engine.keep(split, `select p.id, ${joinedSql(manifest, split, names)}\norder by p.id`, { signal });
}

/** The same of some columns, without ids and in no order: for counting alone. */
export function joinColumns(
  engine: Pick<DataEngine, "keep">,
  manifest: Pick<TaskManifest, "label">,
  split: SplitName,
  columns: readonly string[],
): Promise<Relation> {
  return engine.keep(split, `select ${joinedSql(manifest, split, columns)}`);
}

function joinedSql(manifest: Pick<TaskManifest, "label">, split: SplitName, columns: readonly string[]): string {
  const side = (name: "left" | "right"): string[] =>
    columns.map((column) => `"${name}".${quoted(column)} as ${quoted(`${name}_${column}`)}`);
  const label = split === "test" ? [] : [`p.${quoted(manifest.label.column)}`];
  return `${[...side("left"), ...side("right"), ...label].join(", ")}
from ${pairsOf(split)} as p join records as "left" on "left".id = p.left_id join records as "right" on "right".id = p.right_id`;
}
