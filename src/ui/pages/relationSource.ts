import type { App, Relation } from "../../app";
import type { ColumnKind } from "../../table";
import type { Modality } from "../../tasks";
import type { GridSource } from "../output/gridSource";

/** A table of the engine as the grid's source: pages are fetched as they come into sight. */
export function relationSource(
  app: App,
  relation: Relation,
  modalities: Record<string, Modality | undefined> = {},
): GridSource {
  const name = quoted(relation.name);
  const list = relation.columns.map((column) => quoted(column.name)).join(", ");
  return {
    rows: relation.rows,
    columns: relation.columns.map((column) => ({
      name: column.name,
      kind: kindOf(column.type),
      modality: modalities[column.name],
    })),
    page: (start, count, signal) =>
      app.tasks.query(`select ${list} from ${name} limit ${count} offset ${start}`, signal),
  };
}

/**
 * The task's rows as a person looks at them: pictures first, then what is predicted, the features, and the id last; of a
 * pair, what the two records say of one thing stands side by side.
 */
export function inReadingOrder(relation: Relation, label: string): Relation {
  const rank = ({ name, type }: Relation["columns"][number]): number =>
    kindOf(type) === "bytes" ? 0 : name === label ? 1 : name === "id" ? 3 : 2;
  const names = relation.columns.map(({ name }) => name);
  const place = (name: string): number => {
    const twin = name.startsWith("right_") ? names.indexOf(name.replace("right_", "left_")) : -1;
    return twin < 0 ? names.indexOf(name) : twin + 0.5;
  };
  const columns = [...relation.columns].sort((a, b) => rank(a) - rank(b) || place(a.name) - place(b.name));
  return { ...relation, columns };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** DuckDB's name of a type to the kind of column that its values arrive in. */
function kindOf(type: string): ColumnKind {
  if (/^(BLOB|STRUCT\(bytes BLOB, path VARCHAR\)|STRUCT\("bytes" BLOB, "path" VARCHAR\))$/i.test(type)) return "bytes";
  if (/\[\d*\]$/.test(type)) return /^(FLOAT|DOUBLE|REAL|U?(TINY|SMALL)?INT(EGER)?)\[/.test(type) ? "vector" : "other";
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|REAL|DECIMAL)/i.test(type)) return "number";
  if (/^BOOLEAN$/i.test(type)) return "boolean";
  return /^(STRUCT|MAP|UNION)/i.test(type) ? "other" : "string";
}
