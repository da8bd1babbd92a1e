import { type Progress, throwIfAborted } from "../base";

/** The outside world of a long computation: a clock in milliseconds and a macrotask, in which messages arrive. */
export interface Turns {
  now: () => number;
  pause: () => Promise<void>;
  /** So long a slice runs before messages get their turn, ms. */
  slice?: number;
}

export interface Driving {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** How much of a fit's progress goes to decoding pictures, where there are any. */
export const DECODING = 0.2;

/** In a worker: a stop takes effect well within a tenth of a second. */
const SLICE_MS = 40;

/**
 * Runs steps to their end in slices, with a macrotask and a progress report between them.
 * @throws AbortError when the signal is aborted, at the next pause
 */
export async function drive<T>(steps: Generator<Progress, T>, turns: Turns, driving: Driving): Promise<T> {
  const breathe = breather(turns, driving);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await breathe(step.value);
  }
}

/** The pause between slices on its own, for work that is asynchronous anyhow. */
export function breather(turns: Turns, { signal, onProgress }: Driving): (progress: Progress) => Promise<void> {
  let last = turns.now();
  return async (progress) => {
    if (turns.now() - last <= (turns.slice ?? SLICE_MS)) return;
    onProgress?.(progress);
    await turns.pause();
    throwIfAborted(signal);
    last = turns.now();
  };
}
