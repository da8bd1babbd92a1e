import { whenIdle } from "../parts/idle";

/** How many are drawn before the browser may answer again: some 30 ms. */
const AT_A_TIME = 5;

const waiting = new Map<Element, () => void>();
let watch: IntersectionObserver | undefined;
let asked = false;

/**
 * Calls `draw` once: when `element` is within a window's height of what is shown, or when the browser is idle.
 * Returns how to call it off.
 */
export function whenNear(element: Element, draw: () => void): () => void {
  watch ??= new IntersectionObserver(drawNear, { root: element.closest("#content"), rootMargin: "100% 0%" });
  waiting.set(element, draw);
  watch.observe(element);
  ask();
  return () => {
    waiting.delete(element);
    watch?.unobserve(element);
    if (waiting.size > 0) return;
    watch?.disconnect();
    watch = undefined;
  };
}

function drawNear(entries: IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) if (isIntersecting) done(target);
}

function done(element: Element): void {
  const draw = waiting.get(element);
  waiting.delete(element);
  watch?.unobserve(element);
  draw?.();
}

function ask(): void {
  if (asked || waiting.size === 0) return;
  asked = true;
  whenIdle(drawSome);
}

function drawSome(): void {
  asked = false;
  for (const element of [...waiting.keys()].slice(0, AT_A_TIME)) done(element);
  ask();
}
