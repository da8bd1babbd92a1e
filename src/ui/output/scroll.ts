/**
 * Scrolling a million rows. Browsers cap an element's height (Firefox near 17.8M px, Chromium near 33.5M), so above
 * `MAX_HEIGHT` the scroll bar stands for a longer, virtual column of rows: a far jump of the bar is scaled, a small move
 * (wheel, arrow key, finger) goes pixel by pixel, and when scrolling rests the bar is put back where it belongs.
 */
export const MAX_HEIGHT = 15_000_000;

export interface ScrollSpace {
  rows: number;
  rowHeight: number;
  /** Visible height for rows, in px. */
  viewport: number;
  /** Height of all rows, in px. */
  total: number;
  /** Height of the element that scrolls: `total`, or the cap. */
  height: number;
}

/** Where one is: the element's own offset, and the offset in the virtual column of rows. */
export interface ScrollPlace {
  scrollTop: number;
  virtualTop: number;
}

export function scrollSpace(rows: number, rowHeight: number, viewport: number, cap = MAX_HEIGHT): ScrollSpace {
  const total = rows * rowHeight;
  return { rows, rowHeight, viewport, total, height: Math.min(total, cap) };
}

const lastTop = (space: ScrollSpace) => Math.max(0, space.total - space.viewport);
const lastScroll = (space: ScrollSpace) => Math.max(0, space.height - space.viewport);

export function toVirtual(space: ScrollSpace, scrollTop: number): number {
  const range = lastScroll(space);
  if (range === 0) return 0;
  return Math.min(1, Math.max(0, scrollTop / range)) * lastTop(space);
}

export function toScrollTop(space: ScrollSpace, virtualTop: number): number {
  const range = lastTop(space);
  if (range === 0) return 0;
  return Math.min(1, Math.max(0, virtualTop / range)) * lastScroll(space);
}

/** The place after the element scrolled to `scrollTop`. */
export function follow(space: ScrollSpace, place: ScrollPlace, scrollTop: number): ScrollPlace {
  const moved = scrollTop - place.scrollTop;
  const atEdge = scrollTop <= 0 || scrollTop >= lastScroll(space) - 1;
  if (space.total <= space.height || atEdge || Math.abs(moved) > space.viewport) {
    return { scrollTop, virtualTop: toVirtual(space, scrollTop) };
  }
  return { scrollTop, virtualTop: clampTop(space, place.virtualTop + moved) };
}

/** Rows to draw: `first` up to `last` (exclusive), with `overscan` more on both sides. */
export function rowsAt(space: ScrollSpace, virtualTop: number, overscan = 4): { first: number; last: number } {
  const first = Math.floor(virtualTop / space.rowHeight) - overscan;
  const last = Math.ceil((virtualTop + space.viewport) / space.rowHeight) + overscan;
  return { first: Math.max(0, first), last: Math.min(space.rows, last) };
}

/** The nearest offset at which a row is fully in sight. */
export function reveal(space: ScrollSpace, virtualTop: number, row: number): number {
  const top = row * space.rowHeight;
  if (top < virtualTop) return clampTop(space, top);
  if (top + space.rowHeight > virtualTop + space.viewport) {
    return clampTop(space, top + space.rowHeight - space.viewport);
  }
  return virtualTop;
}

function clampTop(space: ScrollSpace, virtualTop: number): number {
  return Math.min(lastTop(space), Math.max(0, virtualTop));
}
