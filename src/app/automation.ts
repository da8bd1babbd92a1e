import { Fault, type FaultData, suggest } from "../base";
import { type CellValue, predictedClass } from "../cells";
import { type CodeCell, isCode } from "../notebook";
import type { TaskResult } from "../runs";
import { type CellState, lastOf, type Status } from "../runtime";
import { rowsOf, sliceTable, type Value } from "../table";
import type { FileRole, ImportAbout, SplitName, Track } from "../tasks";
import type { App } from "./app";
import { derive } from "./graph";

/** `window.polytab`, design section 10: the same commands as the buttons. Its shape is a contract. */
export interface Polytab {
  readonly version: string;
  ready(): Promise<void>;
  tasks(): Promise<{ id: string; title: string; track: Track; rows: Record<SplitName, number> }[]>;
  /** By its id, or by the address of its `task.json` on a host that lets this page read it. */
  openTask(idOrUrl: string): Promise<void>;
  /**
   * Files by split; CSV or Parquet. For pairs that name records by id, `left` and `right` are the tables of records.
   * `pictures` are picture files, or archives of them, that a column names. What is left out is inferred: splits that have
   * no file, the ids, every column's modality. Resolves to the task's id; the task is kept in this browser until it is
   * removed.
   */
  importTask(files: Partial<Record<FileRole, File>> & { pictures?: File[] }, about: ImportAbout): Promise<string>;
  openNotebook(markdown: string): Promise<void>;
  notebook(): string;
  run(options?: { cells?: string[] }): Promise<CellReport[]>;
  stop(): Promise<void>;
  cells(): CellReport[];
  table(cell: string, options?: { limit?: number }): Promise<Record<string, Value>[]>;
  score(cell: string): Promise<ScoreReport>;
  predictions(
    cell: string,
    split: SplitName,
  ): Promise<{ id: string; prediction: string; probabilities: Record<string, number> }[]>;
  /** A fitted model cell as an .onnx file and the sidecar that makes its inputs of the task's columns. */
  exportModel(cell: string): Promise<{ onnx: Uint8Array; sidecar: object }>;
  shareLink(): Promise<string>;
  /**
   * The open notebook on every task of its track; tasks with a result for this text and data are not run again. Resolves
   * when all are through, or at `stop()`, with what there is then.
   */
  runAcrossTasks(): Promise<{ task: string; score?: ScoreReport; fault?: string }[]>;
}

export interface CellReport {
  name: string;
  kind: string;
  status: Exclude<Status, "queued">;
  tookMs?: number;
  fault?: { code: string; message: string; hint?: string; line?: number; column?: number };
  provider?: "webgpu" | "wasm";
}

export interface ScoreReport {
  split: SplitName;
  rows: number;
  primary: { metric: string; value: number; low: number; high: number };
  metrics: Record<string, number>;
}

export function createAutomation(app: App, version: string): Polytab {
  const session = () => {
    const now = app.store.getState().session;
    if (!now) throw new Fault("no-notebook", "No notebook is open", { hint: "Call openNotebook(markdown) first." });
    return now;
  };
  const cellOf = (name: string): CodeCell => {
    const cells = session().history.present.cells.filter(isCode);
    const cell = cells.find((each) => each.name === name);
    if (!cell)
      throw new Fault("cell-missing", `No cell is named "${name}"`, {
        hint: suggest(
          name,
          cells.map((each) => each.name),
        ),
      });
    return cell;
  };
  const resultOf = (name: string): CellValue => {
    const state = session().states.get(cellOf(name).id);
    const value = state && state.status !== "failed" ? lastOf(state)?.value : undefined;
    if (!value)
      throw new Fault("no-result", `"${name}" has no result`, { hint: `Run it first: run({ cells: ["${name}"] }).` });
    return value;
  };
  const cells = (): CellReport[] => {
    const now = session();
    const { graph } = app.notebooks.derived() ?? derive(now.history.present, "");
    return now.history.present.cells
      .filter(isCode)
      .map((cell) => reportOf(cell, now.states.get(cell.id), graph.faults.get(cell.id), app));
  };

  return {
    version,
    ready: () => app.ready,
    tasks: async () => {
      await app.ready;
      const { catalogue } = app.store.getState();
      if (catalogue.status === "failed") throw Fault.from(catalogue.fault);
      return catalogue.status === "ready"
        ? catalogue.value.tasks.map(({ id, title, track, rows }) => ({ id, title, track, rows }))
        : [];
    },
    openTask: async (idOrUrl) => {
      await app.ready;
      const id = /^https?:\/\//.test(idOrUrl) ? await app.remotes.open(idOrUrl) : idOrUrl;
      await app.tasks.data(id);
      app.go({ page: "task", id });
    },
    importTask: async (files, about) => {
      await app.ready;
      return app.imports.importTask(files, about);
    },
    openNotebook: async (markdown) => {
      await app.notebooks.openText(markdown);
      const { task } = session().history.present.front;
      if (task !== undefined) await app.tasks.open(task).catch(() => {}); // its fault is shown, and named by run()
    },
    notebook: () => app.notebooks.text(),
    run: async ({ cells: names } = {}) => {
      const wanted = names?.map((name) => cellOf(name).id) ?? "all";
      await app.notebooks.run(wanted);
      return cells();
    },
    stop: async () => {
      app.notebooks.stop();
      app.across.stop();
    },
    cells,
    table: async (name, { limit = 1000 } = {}) => {
      const value = resultOf(name);
      const data = app.tasks.loaded();
      if (!data) throw new Fault("task-closed", "The task's rows are not loaded");
      if (value.kind === "relation")
        return rowsOf(await app.tasks.query(`select * from "${value.relation.name}" limit ${Math.floor(limit)}`));
      const table = await app.notebooks.rows(value);
      return rowsOf(sliceTable(table, 0, limit));
    },
    score: async (name) => {
      const value = resultOf(name);
      if (value.kind !== "score") throw new Fault("not-a-score", `"${name}" is a ${value.kind} cell, not a score cell`);
      const { rows, metrics, primary } = value.entries[0].scored;
      return {
        split: value.split,
        rows,
        metrics,
        primary: { metric: primary.metric, value: primary.value, low: primary.low, high: primary.high },
      };
    },
    predictions: async (name, split) => {
      const value = resultOf(name);
      if (value.kind !== "predictions")
        throw new Fault("not-predictions", `"${name}" is a ${value.kind} cell, not a model cell`);
      const ids = (await app.tasks.loaded()?.ids(split)) ?? [];
      const scores = value.probabilities[split];
      return ids.map((id, row) => ({
        id: id ?? "",
        prediction: value.classes[predictedClass(scores, value.classes.length, row, value.threshold?.value)],
        probabilities: Object.fromEntries(
          value.classes.map((label, k) => [label, scores[row * value.classes.length + k]]),
        ),
      }));
    },
    exportModel: async (name) => {
      const value = resultOf(name);
      if (value.kind !== "predictions" || !value.exportModel)
        throw new Fault("export", `"${name}" is no model that was fitted here`, {
          hint: "Name a model cell with a learner.",
        });
      return value.exportModel({ signal: new AbortController().signal });
    },
    shareLink: async () => `${location.href.split("#")[0]}#nb=${(await app.notebooks.share()).link}`,
    runAcrossTasks: async () => {
      await app.ready;
      return ((await app.across.start())?.results ?? []).map(acrossReport);
    },
  };
}

function acrossReport(result: TaskResult): { task: string; score?: ScoreReport; fault?: string } {
  if (result.status === "failed") return { task: result.task.id, fault: result.fault.message };
  const { split, rows, metric, lead } = result;
  const metrics = Object.fromEntries(Object.entries(lead.metrics).map(([name, { value }]) => [name, value]));
  return { task: result.task.id, score: { split, rows, metrics, primary: { metric, ...lead.metrics[metric] } } };
}

function reportOf(
  cell: CodeCell,
  state: CellState<CellValue> | undefined,
  graphFault: FaultData | undefined,
  app: App,
): CellReport {
  const status = app.notebooks.status(cell.id);
  const fault = graphFault ?? (state?.status === "failed" ? state.fault : undefined);
  const last = state && lastOf(state);
  return {
    name: cell.name,
    kind: cell.kind,
    status: status === "queued" ? "running" : status,
    ...(last && { tookMs: last.tookMs }),
    ...(fault && {
      fault: {
        code: fault.code,
        message: fault.message,
        hint: fault.hint,
        line: fault.where?.line,
        column: fault.where?.column,
      },
    }),
    ...(last?.value.kind === "predictions" && { provider: last.value.info.provider }),
  };
}
