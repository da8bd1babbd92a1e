import { createRandom, Fault, type Progress } from "../base";
import { sliceTable, type Table, withoutColumns } from "../table";
import { createEmbeddings, type Embeddings } from "./embedding";
import { computeFeatures } from "./features";
import { consoleFor, createOutputs, type Outputs } from "./outputs";
import type { CellJob, NeedsEmbeddings, Output, RunResult } from "./protocol";
import { isRecords, tableOfRecords } from "./records";
import { flatRows, type LoadModule, pairRows, type Row, type RowSource, type RowTable } from "./rows";
import { taskView } from "./task-view";
import { faultOfThrown } from "./thrown";
import * as toolbox from "./toolbox";

/** What a cell runs in: the worker's global scope, or a test's double of it. */
export interface CellHost {
  /** Where the cell's free names are looked up. */
  scope: object;
  /** Standard names that no table may take. */
  reserved: ReadonlySet<string>;
  /** Makes a module of a text; its address is known before it runs, since stacks name it. */
  moduleOf(code: string): string;
  load(url: string): Promise<{ default?: unknown }>;
  now(): number;
  progress(progress: Progress): void;
  onOutput(output: Output): void;
}

/** Where the toolbox's module finds it. */
const TOOLBOX = Symbol.for("polytab.toolbox");

/**
 * Runs one cell's module and makes its result. Everything that the cell can see is put into the scope first: its
 * tables by name (rows are made when first read), the toolbox, a seeded `Math.random`, `console` and `display`. The
 * clock is left alone: a cell that reads it is not the same on every run, and its author knows. A cell that embeds what was
 * not sent has no result yet, whatever came of it.
 * @throws Fault `code-…`, placed in the generated module
 */
export async function runCell(job: CellJob, host: CellHost): Promise<RunResult | NeedsEmbeddings> {
  const embeddings = createEmbeddings(job.task);
  const needs = (): NeedsEmbeddings | undefined => {
    const columns = embeddings.needed();
    return columns.length > 0 ? { kind: "needs", columns } : undefined;
  };
  try {
    const result = await runWith(embeddings, job, host);
    return needs() ?? result;
  } catch (error) {
    const needed = needs();
    if (needed) return needed;
    throw error;
  }
}

async function runWith(embeddings: Embeddings, job: CellJob, host: CellHost): Promise<RunResult> {
  const started = host.now();
  let url = "";
  const outputs = createOutputs(() => url, host.onOutput);
  const tools = { ...toolbox, display: outputs.display, embedding: embeddings.embedding, task: taskView(job.task) };
  const known = { ...tools, ...job.tables };
  const loadModule = loaderOf(host);
  const shim = await furnish(job, host, tools, outputs, loadModule);
  url = host.moduleOf(`${job.code}\n${job.imports.map((found) => `${found} ${JSON.stringify(shim)};`).join("\n")}`);

  let exported: unknown;
  try {
    exported = await (await host.load(url)).default;
  } catch (error) {
    throw Fault.from(faultOfThrown(error, { url, known }));
  }
  if (!(exported instanceof toolbox.FeatureDefinition)) {
    const table = plainTable(exported, outputs);
    return { kind: "plain", ...(table && { table }), output: outputs.all(), tookMs: host.now() - started };
  }
  const [train, ...others] = job.splits;
  const rowsFor = (split: RowTable) => splitRows(loadModule, job, split);
  const made = await computeFeatures(
    {
      definition: exported,
      trainingRows: async () => allRows(await rowsFor({ ...train, labels: job.trainLabels })),
      sources: await Promise.all([
        rowsFor({ ...train, table: sliceTable(train.table, 0, job.trainRows) }),
        ...others.map((split) => rowsFor(split)),
      ]),
      isPreview: job.isPreview,
    },
    { url, known, now: host.now, progress: host.progress },
  );
  for (const warning of made.warnings) outputs.log("warn", [warning]);
  return {
    kind: "features",
    splits: Object.fromEntries(made.splits.map((split) => [split.name, split.table])),
    columns: made.columns,
    output: outputs.all(),
    tookMs: host.now() - started,
  };
}

function splitRows(load: LoadModule, { task, columns }: CellJob, split: RowTable): Promise<RowSource> {
  const given: RowTable = { ...split, columns, label: task.label };
  return task.track === "matching" ? pairRows(load, given) : flatRows(load, given, `the rows of ${split.name}`);
}

/** The splits of a task have one literal: it is compiled once. */
function loaderOf(host: CellHost): LoadModule {
  const loaded = new Map<string, Promise<unknown>>();
  return (code) => {
    const module = loaded.get(code) ?? host.load(host.moduleOf(code)).then((made) => made.default);
    loaded.set(code, module);
    return module;
  };
}

/** Puts what the cell sees into the scope; gives back the address of the module `polytab`. */
async function furnish(
  job: CellJob,
  host: CellHost,
  tools: Record<string, unknown>,
  outputs: Outputs,
  load: LoadModule,
): Promise<string> {
  const { scope } = host;
  Math.random = createRandom(job.seed);
  define(scope, TOOLBOX, tools);
  define(scope, "console", consoleFor(outputs));
  // The whole toolbox is in scope too: an import is needed for nothing but the editor's completion of it.
  for (const [name, tool] of Object.entries(tools)) define(scope, name, tool);
  const readsLabels = !makesFeatures(job);
  for (const [name, table] of Object.entries(job.tables)) {
    if (host.reserved.has(name)) continue;
    const isHidden = !readsLabels && (name === "train" || name === "validation" || name === "test");
    const visible = isHidden ? withoutColumns(table, [job.task.label]) : table;
    const given = { name, table: visible, ...(isHidden && { label: job.task.label }) };
    const source = await flatRows(load, given, `the table ${name}`);
    let rows: Row[] | undefined;
    Object.defineProperty(scope, name, {
      get() {
        rows ??= allRows(source);
        return rows;
      },
      configurable: true,
    });
  }
  const list = Object.keys(tools).join(", ");
  return host.moduleOf(`export const { ${list} } = globalThis[Symbol.for("polytab.toolbox")];`);
}

/** A cell that makes features may not read labels from the task's tables either: a row's own label is in there. */
function makesFeatures(job: CellJob): boolean {
  return /\bdefineFeatures\b/.test(job.code) || job.imports.some((found) => /\bdefineFeatures\b/.test(found));
}

function allRows(source: RowSource): Row[] {
  return Array.from({ length: source.rows }, (_, index) => source.rowAt(index));
}

function define(scope: object, name: string | symbol, value: unknown): void {
  Object.defineProperty(scope, name, { value, writable: true, configurable: true });
}

/** A plain cell's default export: records are a table, one record is a table of one row, the rest is displayed. */
function plainTable(exported: unknown, outputs: Outputs): Table | undefined {
  if (exported === undefined) return undefined;
  if (Array.isArray(exported) && exported.length === 0) return { rows: 0, columns: [] };
  if (isRecords(exported)) return tableOfRecords(exported);
  outputs.display(exported);
  return undefined;
}
