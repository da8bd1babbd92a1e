import { type CellValue, EXPLAIN_COLUMNS, SCORE_COLUMNS, sandboxTask } from "../cells";
import type { CodeCell } from "../notebook";
import { ancestors, lastOf } from "../runtime";
import { rowTypes } from "../sandbox";
import { featureColumns, SPLIT_NAMES, type TaskManifest } from "../tasks";
import type { Derived } from "./graph";
import type { AppState, Session } from "./state";

/** A table that SQL can name, with its columns. */
export interface NamedTable {
  name: string;
  detail: string;
  columns: { name: string; type: string; modality?: string }[];
}

/** Columns of a cell's newest result, for completion and types. */
function columnsOf(value: CellValue, manifest: TaskManifest | undefined): { name: string; type: string }[] {
  switch (value.kind) {
    case "relation":
      return value.relation.columns;
    case "features":
      return [
        { name: "id", type: "VARCHAR" },
        { name: "split", type: "VARCHAR" },
        ...value.columns.map(({ name, type }) => ({
          name,
          type: type === "numeric" ? "DOUBLE" : type === "boolean" ? "BOOLEAN" : "VARCHAR",
        })),
      ];
    case "predictions":
      return [
        ...["id", "split", manifest?.label.column ?? "label", "prediction"].map((name) => ({ name, type: "VARCHAR" })),
        ...value.classes.map((name) => ({ name: `p_${name}`, type: "DOUBLE" })),
      ];
    case "plain":
      return (value.table?.columns ?? []).map(({ name, kind }) => ({
        name,
        type: kind === "number" ? "DOUBLE" : kind === "boolean" ? "BOOLEAN" : "VARCHAR",
      }));
    case "score":
      return [...SCORE_COLUMNS];
    case "explanation":
      return [...EXPLAIN_COLUMNS];
    default:
      return [];
  }
}

/** What a SQL cell can name: the task's tables and the other cells' results. */
export function sqlTables(cell: CodeCell, derived: Derived, session: Session, task: AppState["task"]): NamedTable[] {
  const manifest = task?.manifest.status === "ready" ? task.manifest.value : undefined;
  const relations = task?.data.status === "ready" ? task.data.relations : [];
  const modality = new Map(manifest ? featureColumns(manifest).map((column) => [column.name, column.modality]) : []);
  const tables: NamedTable[] = SPLIT_NAMES.map((split) => ({
    name: split,
    detail: `${split} rows`,
    columns:
      relations
        .find((relation) => relation.name === split)
        ?.columns.map((column) => ({ ...column, modality: modality.get(column.name) })) ?? [],
  }));
  for (const other of derived.cells) {
    const value = other.id === cell.id ? undefined : lastOf(session.states.get(other.id) ?? { status: "idle" })?.value;
    if (value && value.kind !== "chart")
      tables.push({ name: other.name, detail: `${other.kind} cell`, columns: columnsOf(value, manifest) });
  }
  return tables;
}

/** The declarations that a TypeScript cell is checked against: the toolbox, the task's row, and the cells above. */
export function typeScriptLibs(
  cell: CodeCell,
  derived: Derived,
  session: Session,
  manifest: TaskManifest | undefined,
): { path: string; content: string }[] {
  if (!manifest) return [];
  const above = ancestors(derived.graph, [cell.id]);
  const tables: Record<string, { name: string; type: string }[]> = {};
  for (const other of derived.cells) {
    const value = above.has(other.id) ? lastOf(session.states.get(other.id) ?? { status: "idle" })?.value : undefined;
    if (value) tables[other.name] = columnsOf(value, manifest);
  }
  return [{ path: `polytab/${cell.id}.d.ts`, content: rowTypes(sandboxTask(manifest), tables) }];
}
