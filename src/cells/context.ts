import { hashOf, untilAborted } from "../base";
import type { Relation } from "../data";
import type { Embedder, Inference } from "../inference";
import { drive, type Learners, type ModelEntry, type ModelManifest, type Sidecar } from "../learners";
import type { CodeCell } from "../notebook";
import type { Sandbox } from "../sandbox";
import { type Table, tableFromArrow, tableToArrow } from "../table";
import { SPLIT_NAMES } from "../tasks";
import { explanationTable } from "./explain/table";
import type { OwnModelName } from "./own/settings";
import { scoreTable } from "./score-table";
import type { TaskData } from "./task-data";
import { PAGE_TURNS } from "./turns";
import { type CellValue, featuresTable, type OutOfFold, predictionsTable } from "./values";

/** Where the ONNX baselines come from. */
export interface ModelSource {
  list(): Promise<ModelManifest>;
  /** @throws Fault `model-missing`, or the download's own */
  load(
    id: string,
    options: { signal?: AbortSignal },
  ): Promise<{ entry: ModelEntry; sidecar: Sidecar; bytes: Uint8Array }>;
  /**
   * What a model said of its training rows before it saw them, in the order of train.parquet.
   * @throws Fault `model-missing` where none came with it, `model-damaged`, or the download's own
   */
  outOfFold(id: string, options: { signal?: AbortSignal }): Promise<OutOfFold>;
}

/** Models that the reader brought, kept in this browser by the hash of their content. */
export interface OwnModelSource {
  /** @throws Fault `model-lacking` where this browser does not have it */
  load(name: OwnModelName, options: { signal?: AbortSignal }): Promise<{ bytes: Uint8Array; sidecar?: Sidecar }>;
}

/** The engines that cells meet, each started when first asked for. */
export interface Engines {
  sandbox(): Sandbox;
  learners(): Learners;
  /** Encodes rows for ONNX models, beside whatever is being fitted. */
  encoders(): Pick<Learners, "encode" | "hold" | "drop">;
  inference(): Inference;
  /** Texts and pictures as vectors, by the encoders that ship. */
  embeddings(): Embedder;
  models: ModelSource;
  ownModels: OwnModelSource;
}

/** What evaluating a cell may use. */
export interface CellContext {
  task: TaskData;
  engines: Engines;
  /** Runs one thing at a time on the data engine's names (aliases and the statement that reads them belong together). */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** A value as a table of the engine, put there when first asked for. */
  published(value: CellValue, signal: AbortSignal): Promise<Relation>;
  /** Takes out of the engine what stands there for a value that is kept no longer. */
  forget(value: CellValue): void;
  /** A value's rows, for a TypeScript cell. */
  rows(value: CellValue, signal: AbortSignal): Promise<Table>;
}

export type EvaluateCell = (
  cell: CodeCell,
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  options: { signal: AbortSignal; onProgress: (progress: { done: number; note?: string }) => void; key: string },
) => Promise<CellValue>;

/** A cell kind: what it reads, and what it does. */
export interface CellDefinition {
  title: string;
  /** The text of a new cell. */
  template: (context: { cells: readonly { kind: string; name: string }[]; model?: string }) => {
    name: string;
    source: string;
  };
  /** Names in the text: `mentions` may be cells, `requires` must be. `known` are all names that a cell or the task defines. */
  reads: (source: string, known: readonly string[]) => { mentions: string[]; requires: string[] };
  /** The text after another cell was renamed; what only looks like the name stays. */
  rename: (source: string, from: string, to: string) => string;
  evaluate: EvaluateCell;
}

export function createCellContext(task: TaskData, engines: Engines): CellContext {
  let tail: Promise<unknown> = Promise.resolve();
  const relations = new WeakMap<CellValue, Promise<Relation>>();
  let published = 0;

  const tableOf = async (value: CellValue, signal: AbortSignal): Promise<Table> => {
    if (value.kind === "relation")
      return tableFromArrow(await task.engine.query(`select * from "${value.relation.name}"`, { signal }));
    if (value.kind === "plain") return value.table ?? { rows: 0, columns: [] };
    if (value.kind === "chart") return value.table;
    if (value.kind === "explanation") return explanationTable(value);
    if (value.kind === "score") return drive(scoreTable(value), PAGE_TURNS, { signal });
    const splits = await Promise.all(
      SPLIT_NAMES.map(async (name) => {
        const ids = await task.ids(name, signal);
        const labels = await task.labels(name, signal);
        return { name, ids, labels: ids.map((_, row) => (labels ? task.classes[labels[row]] : null)) };
      }),
    );
    return value.kind === "features" ? featuresTable(value, splits) : predictionsTable(value, splits);
  };

  return {
    task,
    engines,
    exclusive: (work) => {
      const next = tail.then(work, work);
      tail = next.catch(() => {});
      return next;
    },
    published: (value, signal) => {
      if (value.kind === "relation") return Promise.resolve(value.relation);
      const known = relations.get(value);
      if (known) return untilAborted(known, signal);
      const name = `v_${hashOf(`${task.dataHash} ${++published}`).slice(0, 16)}`;
      const put = tableOf(value, signal).then(async (table) =>
        task.engine.put(name, await tableToArrow(table), { signal }),
      );
      relations.set(value, put);
      put.catch(() => relations.delete(value));
      return put;
    },
    forget: (value) => {
      const drop = ({ name }: Relation): Promise<void> => task.engine.drop(name);
      if (value.kind === "relation") drop(value.relation).catch(() => {});
      else
        relations
          .get(value)
          ?.then(drop)
          .catch(() => {});
    },
    rows: tableOf,
  };
}
