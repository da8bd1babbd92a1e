import type { DataEngine, Relation } from "../data";
import { tableFromArrow } from "../table";
import type { SplitName, TaskManifest } from "../tasks";

/** The name of the table of pairs that a split's flat form is joined from. */
export const pairsOf = (split: SplitName): string => `${split}_pairs`;

/**
 * One row a pair, with both records' columns, in the order of the ids. A join promises none; it keeps that of the pairs as
 * long as they are what it goes through, and to look whether it did is several times cheaper than to sort pictures.
 */
export async function joinPairs(
  engine: Pick<DataEngine, "keep" | "query">,
  manifest: Pick<TaskManifest, "columns" | "label">,
  split: SplitName,
  signal: AbortSignal,
): Promise<Relation> {
  const pairs = flatPairs(manifest, split);
  const joined = await engine.keep(split, pairs, { signal });
  const late = `select id from ${split} as this positional join (select id as next from ${split} offset 1)
where next <= this.id limit 1`;
  const disorder = await tableFromArrow(await engine.query(late, { signal }));
  return disorder.rows === 0 ? joined : engine.keep(split, `${pairs}\norder by p.id`, { signal });
}

function flatPairs(manifest: Pick<TaskManifest, "columns" | "label">, split: SplitName): string {
  const side = (name: "left" | "right"): string[] =>
    manifest.columns.map((column) => `"${name}"."${column.name}" as "${name}_${column.name}"`);
  const label = split === "test" ? [] : [`p."${manifest.label.column}"`];
  return `select p.id, ${[...side("left"), ...side("right"), ...label].join(", ")}
from ${pairsOf(split)} as p join records as "left" on "left".id = p.left_id join records as "right" on "right".id = p.right_id`;
}
