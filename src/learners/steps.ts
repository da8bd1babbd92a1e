import type { Progress } from "../base";

/** A part's progress as its place in the whole. */
export function* within<T>(from: number, to: number, steps: Generator<Progress, T>): Generator<Progress, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { ...step.value, done: from + (to - from) * step.value.done };
  }
}

export function* scaled<T>(from: number, to: number, steps: Generator<number, T>): Generator<number, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/** The same steps with a note for the reader. */
export function* noted<T>(note: string, steps: Generator<number, T>): Generator<Progress, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { done: step.value, note };
  }
}

/** Runs steps to their end at once: for Node and tests. */
export function runToEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
