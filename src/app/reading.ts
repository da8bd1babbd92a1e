import { type CodeCell, type CodeKind, looseConfig } from "../notebook";
import { SPLIT_NAMES, type SplitName, type TaskManifest } from "../tasks";
import type { Derived } from "./graph";

/** What running a notebook would read and do, by its text alone: said before a stranger's notebook may run. */
export interface Reading {
  task: string | undefined;
  tables: SplitName[];
  /** Feature cells and models reach every split of the task without naming it. */
  allSplits: boolean;
  /** Columns that the text names; a model that takes `columns` reads all. Undefined where the task is not known. */
  columns: { named: string[]; all: boolean; of: number } | undefined;
  /** ONNX models that are fetched from this site. */
  models: string[];
  /** The names of the cells of each kind, in the order of running; those at fault do not run. */
  cells: Record<CodeKind, string[]>;
}

export function readingOf(derived: Derived, task: string | undefined, manifest: TaskManifest | undefined): Reading {
  const { graph, cells } = derived;
  const running = graph.order
    .map((id) => cells.find((cell) => cell.id === id))
    .filter((cell): cell is CodeCell => cell !== undefined);
  const given = new Set(running.flatMap((cell) => graph.given.get(cell.id) ?? []));
  const named = (kind: CodeKind): string[] => running.filter((cell) => cell.kind === kind).map((cell) => cell.name);
  const models = running
    .filter((cell) => cell.kind === "model")
    .map((cell) => looseConfig(cell.source).model)
    .filter((model): model is string => typeof model === "string");
  return {
    task,
    tables: SPLIT_NAMES.filter((name) => given.has(name)),
    allSplits: running.some((cell) => cell.kind === "model" || /\bdefineFeatures\b/.test(cell.source)),
    columns: manifest && columnsNamed(running, manifest),
    models: [...new Set(models)],
    cells: {
      sql: named("sql"),
      ts: named("ts"),
      chart: named("chart"),
      model: named("model"),
      score: named("score"),
      explain: named("explain"),
    },
  };
}

function columnsNamed(cells: readonly CodeCell[], { columns }: TaskManifest): Reading["columns"] {
  const words = new Set(cells.flatMap((cell) => cell.source.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
  const named = columns.map(({ name }) => name);
  const all = cells.some(
    (cell) =>
      (cell.kind === "model" && /\bcolumns\b(?!\s*\()/.test(cell.source)) ||
      (cell.kind === "sql" && /(\bselect|,|\.)\s*\*/i.test(cell.source)),
  );
  return {
    named: named.filter((name) => words.has(name) || words.has(`left_${name}`) || words.has(`right_${name}`)),
    all,
    of: named.length,
  };
}
