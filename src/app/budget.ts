import { Fault } from "../base";
import type { CodeCell, CodeKind } from "../notebook";

/** Seconds that a cell may run where the notebook does not say. Training takes its time. */
const USUAL: Record<CodeKind, number> = { sql: 120, ts: 120, chart: 120, score: 300, model: 1_800, explain: 1_800 };

export function budgetOf(cell: Pick<CodeCell, "kind">, given: number | undefined): number {
  return given ?? USUAL[cell.kind];
}

/**
 * Does the work with a signal of its own, which is aborted when the time is over.
 * @throws Fault `cell-timeout` then, whatever the work makes of its abort
 */
export async function withinBudget<T>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => own.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    own.abort();
  }, seconds * 1_000);
  try {
    return await work(own.signal);
  } catch (error) {
    if (!over || signal.aborted) throw error;
    throw new Fault("cell-timeout", `Stopped after ${seconds} s, the time that a cell of this notebook may run`, {
      hint: "Make it do less, or give it more time: `budget: 600` in the front matter is ten minutes a cell.",
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
