/** What is kept of a notebook's past: a text, and when it was the present one. */
export interface Version {
  slot: string;
  /** Milliseconds since 1970. */
  at: number;
  title: string;
  markdown: string;
}

export const MOST_VERSIONS = 100;
const MINUTE = 60_000;

/** While one types, a version is put aside about this often. */
export const VERSION_EVERY = 3 * MINUTE;

/** The older, the further apart: how far, for a version of this age. */
const SPACING = [
  { upTo: 60 * MINUTE, apart: VERSION_EVERY },
  { upTo: 24 * 60 * MINUTE, apart: 60 * MINUTE },
  { upTo: 14 * 24 * 60 * MINUTE, apart: 12 * 60 * MINUTE },
  { upTo: Number.POSITIVE_INFINITY, apart: 7 * 24 * 60 * MINUTE },
];

/**
 * Which of a notebook's versions may go: those that stand closer to the next older kept one than their age asks for, and
 * the oldest beyond the most that are kept. The oldest of each stretch stays, so that what is thinned today is not thinned
 * to nothing tomorrow.
 */
export function expendable(times: readonly number[], now: number): number[] {
  const ordered = [...times].sort((a, b) => a - b);
  const gone: number[] = [];
  const kept: number[] = [];
  for (const at of ordered) {
    const apart = SPACING.find(({ upTo }) => now - at < upTo)?.apart ?? 0;
    const before = kept.at(-1);
    // A hair less than the distance asked for: timers are not exact.
    if (before !== undefined && at - before < apart * 0.95) gone.push(at);
    else kept.push(at);
  }
  return [...gone, ...kept.slice(0, Math.max(0, kept.length - MOST_VERSIONS))];
}
