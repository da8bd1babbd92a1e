import type { Progress } from "./calls";

const QUIET_MS = 100;

/** Passes on ten words of progress a second, and the last one: of a download each chunk has one, and the page draws them all. */
export function paced(tell: (progress: Progress) => void, now: () => number): (progress: Progress) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const at = now();
    if (at - told < QUIET_MS && progress.done < 1) return;
    told = at;
    tell(progress);
  };
}
