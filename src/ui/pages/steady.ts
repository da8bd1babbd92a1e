import type { Session } from "../../app";

/**
 * A session as most of the page needs it: the same object until something other than a run's progress changes. Progress
 * comes many times a second, and only the cell that runs shows it.
 */
export function createSteady(): (session: Session | undefined) => Session | undefined {
  let last: Session | undefined;
  return (session) => {
    if (!last || !session || !isSteady(last, session)) last = session;
    return last;
  };
}

function isSteady(before: Session, now: Session): boolean {
  if (before === now) return true;
  const { states: old, ...was } = before;
  const { states: fresh, ...is } = now;
  const keys = Object.keys(is) as (keyof typeof is)[];
  if (keys.length !== Object.keys(was).length || keys.some((key) => was[key] !== is[key])) return false;
  if (old === fresh) return true;
  if (old.size !== fresh.size) return false;
  for (const [id, state] of fresh) {
    const earlier = old.get(id);
    if (earlier === state) continue;
    if (earlier?.status !== "running" || state.status !== "running") return false;
    if (earlier.last !== state.last || earlier.since !== state.since) return false;
  }
  return true;
}
