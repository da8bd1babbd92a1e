import { packTable, type Table, unpackColumn, unpackTable } from "../table";
import type { CellJob, NeedsEmbeddings, Output, PackedJob, RunResult } from "./protocol";

/** The worker's side of what crosses: jobs unpacked, answers packed. The page's side is job.ts and reply.ts. */
export function unpackJob(job: PackedJob): CellJob {
  return {
    ...job,
    splits: job.splits.map(({ name, table, vectors }) => ({
      name,
      table: unpackTable(table),
      vectors: unpackTable(vectors),
    })),
    tables: mapped(job.tables, unpackTable),
    trainLabels: unpackColumn(job.trainLabels).values as (string | null)[],
  };
}

export function packOutput(output: Output, transfer: Transferable[]): unknown {
  return output.table ? { ...output, table: packTable(output.table, transfer) } : output;
}

export function packResult(result: RunResult | NeedsEmbeddings, transfer: Transferable[]): unknown {
  if (result.kind === "needs") return result;
  const pack = (table: Table) => packTable(table, transfer);
  const output = result.output.map((each) => packOutput(each, transfer));
  if (result.kind === "features") return { ...result, output, splits: mapped(result.splits, pack) };
  return { ...result, output, ...(result.table && { table: pack(result.table) }) };
}

function mapped<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
