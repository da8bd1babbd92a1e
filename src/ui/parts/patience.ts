/**
 * Setting a stranger's text can be made slow, and a notebook has room for hundreds of such texts. What is slow takes from
 * one allowance; when that is used up, texts are shown as they are written until the page has caught its breath.
 */
const ALLOWED_MS = 2_000;
/** Quicker work is what people's texts need, and costs nothing. */
const FREE_MS = 40;

export interface Patience {
  /** The work's result, or undefined while there is no patience left. */
  spend<T>(work: () => T): T | undefined;
}

export function createPatience(now: () => number): Patience {
  let spent = 0;
  let last = 0;
  return {
    spend(work) {
      const started = now();
      spent = Math.max(0, spent - Math.max(0, started - last));
      last = started;
      if (spent >= ALLOWED_MS) return undefined;
      const result = work();
      last = now();
      if (last - started > FREE_MS) spent += last - started;
      return result;
    },
  };
}

export const patience = createPatience(() => performance.now());
