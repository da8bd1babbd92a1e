import type { DuckDBBindings } from "@duckdb/duckdb-wasm/blocking";
import { abortError, joinBytes } from "../base";

/** Between two polls the engine computes for this long; an abort is seen at the end of it. */
export const POLL_MS = 40;

// How an Arrow IPC stream ends. The engine leaves it out, and without it never finishes a table that it is given.
const END_OF_STREAM = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/** Lets messages in, so that an abort can arrive between two polls. */
export type Tick = () => Promise<void>;

/**
 * Runs one statement in slices and gathers its result as Arrow IPC bytes (stream format). Not `runQuery`, which swallows
 * an error that a row raises while the result streams, and answers with the rows before it (tried with 1.28.0:
 * `select 'a'::int` gave no rows and no error).
 */
export async function collect(
  bindings: DuckDBBindings,
  connection: number,
  sql: string,
  signal: AbortSignal,
  tick: Tick,
): Promise<Uint8Array> {
  const breathe = async () => {
    await tick();
    if (!signal.aborted) return;
    bindings.cancelPendingQuery(connection);
    throw abortError();
  };
  let schema = bindings.startPendingQuery(connection, sql);
  while (!schema) {
    await breathe();
    schema = bindings.pollPendingQuery(connection);
  }
  const parts = [schema];
  let sinceBreath = performance.now();
  for (;;) {
    const batch = bindings.fetchQueryResults(connection);
    if (!batch || batch.length === 0) return joinBytes([...parts, END_OF_STREAM]);
    parts.push(batch);
    if (performance.now() - sinceBreath < POLL_MS) continue;
    await breathe();
    sinceBreath = performance.now();
  }
}

/** The engine says this of a PIVOT without IN, which it writes as several statements: it can only be run whole. */
export function isSeveralStatements(error: unknown): boolean {
  return error instanceof Error && error.message.includes("can only take a single statement");
}

/** The same stream with its end marked, as the engine asks of what it is given. */
export function withEnd(arrow: Uint8Array): Uint8Array {
  const ends = END_OF_STREAM.every((byte, i) => arrow[arrow.length - END_OF_STREAM.length + i] === byte);
  return ends ? arrow : joinBytes([arrow, END_OF_STREAM]);
}
