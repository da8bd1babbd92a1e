import type { Work } from "../base";

const LOOK_EVERY_MS = 100;

/**
 * Turns for what can wait: each comes when nothing has gone on for `quiet` ms, at once where that still holds since the last
 * one; after `patience` ms in all they come in any case.
 */
export function createTurns(
  work: Pick<Work, "going" | "begun">,
  { quiet, patience }: { quiet: number; patience: number },
): () => Promise<void> {
  let begun = work.begun();
  let since = performance.now();
  const latest = since + patience;
  return async () => {
    for (;;) {
      const now = performance.now();
      if (work.going() > 0 || work.begun() !== begun) since = now;
      begun = work.begun();
      if (now - since >= quiet || now >= latest) return;
      await new Promise((look) => setTimeout(look, LOOK_EVERY_MS));
    }
  };
}
