import { Fault, faultDataOf, throwIfAborted } from "../../base";
import { CELL_DEFINITIONS, type CellValue, createCellContext, dataHashOf, type Engines } from "../../cells";
import { parseNotebook } from "../../notebook";
import { createRuntime, lastOf, type Runtime } from "../../runtime";
import { loadParsers } from "../../sandbox";
import { tableFromArrow } from "../../table";
import type { TaskManifest } from "../../tasks";
import { enginesBeside } from "../engines";
import { derive } from "../graph";
import { loadTaskData } from "../task-loader";
import type { TaskSource } from "../task-source";

export interface TestStep {
  name: string;
  status: "waiting" | "running" | "passed" | "failed";
  said: string;
  tookMs?: number;
}

const STEPS = [
  ["data", "The task's rows, checked against their hashes"],
  ["query", "One query"],
  ["cell", "One cell of TypeScript in the sandbox"],
  ["fitted", "One learner"],
  ["shipped", "One ONNX model"],
  ["result", "One score"],
] as const;

export const SELF_TEST_AT_START: TestStep[] = STEPS.map(([, name]) => ({ name, status: "waiting", said: "" }));

/** The notebook that the test runs: a cell for each kind of engine. */
export function selfTestText(manifest: TaskManifest): string {
  const text = manifest.columns.find(({ modality }) => modality === "text") ?? manifest.columns[0];
  const record = manifest.track === "matching" ? "row.left" : "row";
  const [model] = manifest.baselines;
  return [
    `---\npolytab: 1\ntitle: Self-test\ntask: ${manifest.id}\n---\n`,
    "```sql query\nselect count(*) as n from train\n```\n",
    `\`\`\`ts cell\nimport { defineFeatures } from "polytab";\nexport default defineFeatures((row) => ({ letters: String(${record}[${JSON.stringify(text.name)}] ?? "").length }));\n\`\`\`\n`,
    "```model fitted\nlearner: linear\ninputs: [cell]\nseed: 1\n```\n",
    ...(model === undefined ? [] : [`\`\`\`model shipped\nmodel: ${model}\n\`\`\`\n`]),
    `\`\`\`score result\npredictions: [fitted${model === undefined ? "" : ", shipped"}]\n\`\`\`\n`,
  ].join("\n");
}

export interface SelfTestOptions {
  source: TaskSource;
  engines: Engines;
  manifest: TaskManifest;
  signal: AbortSignal;
  onSteps: (steps: TestStep[]) => void;
}

/** Runs every engine once on a sample task, beside the open notebook, which notices nothing. What fails is a step's result. */
export async function selfTest({
  source,
  engines: given,
  manifest,
  signal,
  onSteps,
}: SelfTestOptions): Promise<TestStep[]> {
  const steps = SELF_TEST_AT_START.map((step) => ({ ...step }));
  const engines = enginesBeside(given);
  let dispose = (): void => {};
  const step = async (at: number, work: () => Promise<string>): Promise<boolean> => {
    const started = performance.now();
    const tell = (change: Partial<TestStep>): void => {
      steps[at] = { ...steps[at], ...change };
      onSteps(steps.map((each) => ({ ...each })));
    };
    tell({ status: "running" });
    try {
      tell({ status: "passed", said: await work(), tookMs: performance.now() - started });
      return true;
    } catch (error) {
      throwIfAborted(signal);
      const { message } = faultDataOf(error);
      tell({ status: "failed", said: message, tookMs: performance.now() - started });
      return false;
    }
  };
  try {
    let runtime: Runtime<CellValue> | undefined;
    await loadParsers(); // in this tab no notebook may have been opened yet
    const notebook = parseNotebook(selfTestText(manifest));
    const derived = derive(notebook, dataHashOf(manifest));
    const loaded = await step(0, async () => {
      const { data, engine, relations } = await loadTaskData(source, Promise.resolve(manifest), {
        signal,
        onProgress: () => {},
      });
      dispose = () => engine.dispose();
      const context = createCellContext(data, engines);
      runtime = createRuntime<CellValue>({
        now: () => performance.now(),
        present: () => derived,
        onChange: () => {},
        evaluate: (id, inputs, options) => {
          const cell = derived.cells.find((each) => each.id === id);
          if (!cell) throw new Error(`cell ${id} is gone`);
          return CELL_DEFINITIONS[cell.kind].evaluate(cell, inputs, context, options);
        },
      });
      const version = await data.engine.query("select version() as v", { signal }).then(tableFromArrow);
      return `${relations.map(({ name, rows }) => `${name} ${rows}`).join(", ")} rows of ${manifest.id}; DuckDB ${version.columns[0].values[0]}`;
    });
    if (!loaded) return steps;
    for (const [at, [name]] of STEPS.entries()) {
      const cell = derived.cells.find((each) => each.name === name);
      if (cell) await step(at, () => outcome(cell.id));
      else if (at > 0) steps[at] = { ...steps[at], status: "passed", said: "This site ships no model for the task." };
    }
    return steps;

    async function outcome(id: string): Promise<string> {
      if (!runtime) throw new Error("no runtime");
      const stop = (): void => runtime?.stop();
      signal.addEventListener("abort", stop, { once: true });
      await runtime.run([id]).finally(() => signal.removeEventListener("abort", stop));
      throwIfAborted(signal);
      const state = runtime.state(id);
      if (state.status === "failed") throw Fault.from(state.fault);
      const value = lastOf(state)?.value;
      if (!value) throw new Fault("no-result", "It gave no result");
      return wordsOf(value);
    }
  } finally {
    dispose();
    engines.dispose();
  }
}

function wordsOf(value: CellValue): string {
  switch (value.kind) {
    case "relation":
      return `${value.relation.rows} row of ${value.relation.columns.length} column`;
    case "features":
      return `${value.columns.length} feature of ${value.splits.train.rows} rows`;
    case "predictions": {
      const { title, provider, reason } = value.info;
      return provider
        ? `${title} on ${provider}${reason ? ` (${reason})` : ""}`
        : `${title}, ${value.classes.length} classes`;
    }
    case "score":
      return value.entries
        .map(({ name, scored }) => `${name}: ${scored.primary.metric} ${scored.primary.value.toFixed(4)}`)
        .join(", ");
    default:
      return "a result";
  }
}
