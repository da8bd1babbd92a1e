import { type KeyboardEvent, useRef, useState } from "react";

/**
 * One stop of the Tab key for a row of buttons: the arrow keys, Home and End move between them. Spread `of(i)` on
 * button `i` and put `onKeyDown` on what holds them. In a table of buttons, `columns` is how many a row has, and
 * `has(i)` whether there is one at place `i`.
 */
export function useRoving(count: number, { columns = 1, has = always }: { columns?: number; has?: Has } = {}) {
  const [at, setAt] = useState(0);
  const elements = useRef(new Map<number, HTMLElement>());
  const wished = Math.min(at, Math.max(0, count - 1));
  const current = has(wished) ? wished : (step(-1, 1, count, has) ?? 0);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = moveTo(event.key, current, { count, columns, has });
    if (to === undefined) return;
    event.preventDefault();
    setAt(to);
    elements.current.get(to)?.focus();
  };
  const of = (index: number) => ({
    tabIndex: index === current ? 0 : -1,
    onFocus: () => setAt(index),
    ref: (element: HTMLElement | null) => {
      if (element) elements.current.set(index, element);
      else elements.current.delete(index);
    },
  });
  return { onKeyDown, of };
}

type Has = (index: number) => boolean;
const always: Has = () => true;

/** Where a key leads to; undefined where it leads nowhere. */
export function moveTo(
  key: string,
  current: number,
  { count, columns, has }: { count: number; columns: number; has: Has },
): number | undefined {
  const move = MOVES[key];
  if (!move) return undefined;
  const [from, by] = move(current, count, columns);
  return step(from, by, count, has);
}

/** From where a key goes, and by how much a step. */
const MOVES: Record<string, (current: number, count: number, columns: number) => [from: number, by: number]> = {
  ArrowRight: (current) => [current, 1],
  ArrowLeft: (current) => [current, -1],
  ArrowDown: (current, _, columns) => [current, columns],
  ArrowUp: (current, _, columns) => [current, -columns],
  Home: () => [-1, 1],
  End: (_, count) => [count, -1],
};

/** The first place after `from` that has a button. */
function step(from: number, by: number, count: number, has: Has): number | undefined {
  for (let place = from + by; place >= 0 && place < count; place += by) if (has(place)) return place;
  return undefined;
}
