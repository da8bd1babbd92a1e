import { type ReactNode, useEffect, useRef, useState } from "react";
import "./scroll-box.css";

/**
 * A box that scrolls when it must; only then is it a stop for the keyboard, so that arrows can scroll it. Where something
 * is out of sight at a side, that side fades.
 */
export function ScrollBox({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  const [more, setMore] = useState("");
  useEffect(() => {
    const node = box.current;
    if (!node) return;
    const measure = () => {
      const { scrollLeft, scrollWidth, clientWidth, scrollTop, scrollHeight, clientHeight } = node;
      setScrolls(scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
      const sides = {
        left: scrollLeft > 1,
        right: scrollLeft + clientWidth < scrollWidth - 1,
        up: scrollTop > 1,
        down: scrollTop + clientHeight < scrollHeight - 1,
      };
      setMore(
        Object.entries(sides)
          .flatMap(([side, more]) => (more ? side : []))
          .join(" "),
      );
    };
    const observer = new ResizeObserver(measure); // tells the first size too, when the browser has laid it out anyhow
    observer.observe(node);
    if (node.firstElementChild) observer.observe(node.firstElementChild);
    node.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      node.removeEventListener("scroll", measure);
    };
  }, []);
  const stop = scrolls ? { tabIndex: 0, role: "region", "aria-label": label } : {};
  return (
    <div ref={box} className={`scroll-box ${className}`} data-more={more || undefined} {...stop}>
      {children}
    </div>
  );
}
