import { elementScroll, type Rect, type Virtualizer } from "@tanstack/react-virtual";

type Grid = Virtualizer<HTMLDivElement, Element>;

/**
 * Options of a virtualizer that never makes the browser lay the page out in the middle of drawing it: the library's own read
 * the box's size and set its place at once, 20 to 40 ms each in a notebook with a score.
 */
export const UNFORCED = {
  /** No box of the page is wider; the observer tells the first size, when everything has been laid out anyhow. */
  initialRect: { width: screen.width, height: 0 },
  observeElementRect: ({ scrollElement }: Grid, tell: (rect: Rect) => void) => {
    if (!scrollElement) return undefined;
    const observer = new ResizeObserver(() =>
      tell({ width: scrollElement.offsetWidth, height: scrollElement.offsetHeight }),
    );
    observer.observe(scrollElement);
    return () => observer.disconnect();
  },
  scrollToFn: (offset: number, options: Parameters<typeof elementScroll>[1], grid: Grid) => {
    const isThere = offset === 0 && !options.adjustments && !grid.scrollOffset;
    if (!isThere) elementScroll(offset, options, grid);
  },
};
