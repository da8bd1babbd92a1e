import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { follow, reveal, type ScrollPlace, type ScrollSpace, scrollSpace, toScrollTop } from "./scroll";

/** Time after the last move until the scroll bar is put back in step with the rows. */
const REST_MS = 140;

export interface Scroll {
  space: ScrollSpace;
  place: ScrollPlace;
  onScroll: () => void;
  /** Moves the rows so that this one is in sight. */
  show: (row: number) => void;
}

/** The vertical scroll of `element` over `rows` rows, of which `above` px are covered by a sticky head. */
export function useScroll(
  element: RefObject<HTMLDivElement | null>,
  rows: number,
  rowHeight: number,
  above: number,
): Scroll {
  const [viewport, setViewport] = useState(400);
  const [place, setPlace] = useState<ScrollPlace>({ scrollTop: 0, virtualTop: 0 });
  const now = useRef(place);
  const rest = useRef(0);
  const space = scrollSpace(rows, rowHeight, viewport);
  const latest = useRef(space);
  latest.current = space;

  const move = useCallback((next: ScrollPlace) => {
    now.current = next;
    setPlace(next);
  }, []);

  const jump = useCallback(
    (virtualTop: number) => {
      const node = element.current;
      if (!node) return;
      // The place is set before the element moves, so that the scroll event that follows finds nothing to do.
      const scrollTop = Math.round(toScrollTop(latest.current, virtualTop));
      move({ scrollTop, virtualTop });
      node.scrollTop = scrollTop;
    },
    [element, move],
  );

  const onScroll = useCallback(() => {
    const node = element.current;
    if (!node) return;
    if (Math.abs(node.scrollTop - now.current.scrollTop) >= 1) {
      move(follow(latest.current, now.current, node.scrollTop));
    }
    window.clearTimeout(rest.current);
    rest.current = window.setTimeout(() => {
      const { virtualTop, scrollTop } = now.current;
      if (Math.abs(toScrollTop(latest.current, virtualTop) - scrollTop) > 2) jump(virtualTop);
    }, REST_MS);
  }, [element, move, jump]);

  useEffect(() => {
    const node = element.current;
    if (!node) return;
    const measure = () => setViewport(Math.max(0, node.clientHeight - above));
    const observer = new ResizeObserver(measure); // tells the first height too, when the browser has laid it out anyhow
    observer.observe(node);
    return () => {
      observer.disconnect();
      window.clearTimeout(rest.current);
    };
  }, [element, above]);

  const show = useCallback(
    (row: number) => {
      const top = reveal(latest.current, now.current.virtualTop, row);
      if (top !== now.current.virtualTop) jump(top);
    },
    [jump],
  );
  return { space, place, onScroll, show };
}
