import { Fault, type Progress } from "../base";
import { type Collected, createCollector } from "./collect";
import type { Row, RowSource } from "./rows";
import { faultOfThrown } from "./thrown";
import type { FeatureDefinition } from "./toolbox";

export interface FeaturePlan {
  definition: FeatureDefinition;
  /** What `fit` sees, made only if there is a `fit`. */
  trainingRows: () => Promise<Row[]>;
  /** What to compute, training rows first. */
  sources: readonly RowSource[];
  isPreview: boolean;
}

export interface FeatureHost {
  /** The generated module's address in stacks. */
  url: string;
  known: Readonly<Record<string, unknown>>;
  now(): number;
  progress(progress: Progress): void;
}

const ROWS_BETWEEN_LOOKS = 128;
const MS_BETWEEN_REPORTS = 100;

/**
 * Fits once, then computes every row of every split, in order and one at a time: also asynchronous functions, so that
 * the seeded `Math.random` is drawn in the same order on every run. A function that returns no promise is not awaited.
 * @throws Fault `code-…`, naming the row, placed in the generated module
 */
export async function computeFeatures(plan: FeaturePlan, host: FeatureHost): Promise<Collected> {
  const { definition, sources } = plan;
  const state = definition.fit ? await fitted(definition.fit, plan, host) : undefined;
  const collector = createCollector(sources, { isPreview: plan.isPreview });
  const total = sources.reduce((sum, source) => sum + source.rows, 0) || 1;
  let finished = 0;
  let reported = host.now();
  for (const [split, source] of sources.entries()) {
    let value: Row = {};
    let row = 0;
    try {
      for (; row < source.rows; row++) {
        value = source.rowAt(row);
        let record = definition.features(value, state);
        if (isThenable(record)) record = await record;
        collector.add(split, row, record);
        if (row % ROWS_BETWEEN_LOOKS || host.now() - reported < MS_BETWEEN_REPORTS) continue;
        reported = host.now();
        const note = `${source.name}: ${row.toLocaleString("en")} of ${source.rows.toLocaleString("en")} rows`;
        host.progress({ done: (finished + row) / total, note });
      }
    } catch (error) {
      const context = { url: host.url, known: host.known };
      throw Fault.from(faultOfThrown(error, { ...context, row: { id: source.idAt(row), split: source.name, value } }));
    }
    finished += source.rows;
  }
  return collector.finish();
}

async function fitted(
  learn: (rows: unknown[]) => unknown,
  { trainingRows }: FeaturePlan,
  host: FeatureHost,
): Promise<unknown> {
  const rows = await trainingRows();
  host.progress({ done: 0, note: `fit on ${rows.length.toLocaleString("en")} training rows` });
  try {
    return await learn(rows);
  } catch (error) {
    throw Fault.from(faultOfThrown(error, { url: host.url, known: host.known }));
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
