import { type KeyboardEvent, useRef, useState } from "react";

/**
 * One stop of the Tab key for a row of buttons: the arrow keys, Home and End move between them. Spread `of(i)` on
 * button `i` and put `onKeyDown` on what holds them.
 */
export function useRoving(count: number) {
  const [at, setAt] = useState(0);
  const elements = useRef(new Map<number, HTMLElement>());
  const current = Math.min(at, Math.max(0, count - 1));
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = target(event.key, current, count);
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

function target(key: string, current: number, count: number): number | undefined {
  if (key === "ArrowRight" || key === "ArrowDown") return Math.min(count - 1, current + 1);
  if (key === "ArrowLeft" || key === "ArrowUp") return Math.max(0, current - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}
