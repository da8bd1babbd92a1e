import type { DataEngine, Relation } from "../data";
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
  const side = (name: "left" | "right"): string[] =>
    manifest.columns.map((column) => `"${name}"."${column.name}" as "${name}_${column.name}"`);
  const label = split === "test" ? [] : [`p."${manifest.label.column}"`];
  const pairs = `select p.id, ${[...side("left"), ...side("right"), ...label].join(", ")}
from ${pairsOf(split)} as p join records as "left" on "left".id = p.left_id join records as "right" on "right".id = p.right_id
order by p.id`;
  return engine.keep(split, pairs, { signal });
}
