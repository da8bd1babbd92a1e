import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useWidth } from "../../explore/useWidth";
import { type Area, type Axis, labelsOf, labelWidth } from "./scales";

export interface Tip {
  x: number;
  y: number;
  lines: readonly string[];
}

export interface PlotProps {
  height: number;
  x: Axis;
  y: Axis;
  xTitle: string;
  /** The grid's lines: across the plot at the ticks of y, of x, or none. */
  grid?: "x" | "y" | "both" | "none";
  /** Names on the upright axis are read from above. */
  children: (area: Area) => ReactNode;
  /** What is at a place, where marks do not say it themselves by `data-tip`. */
  tipAt?: (area: Area, x: number, y: number) => Tip | undefined;
}

const INK = "var(--ink-3)";

/** Axes, grid and tooltip; the marks are its children. Everything visible is in one SVG, so that it can be saved as it stands. */
export function Plot({ height, x, y, xTitle, grid = "y", children, tipAt }: PlotProps) {
  const [width, frame] = useWidth();
  const [tip, setTip] = useState<Tip>();
  const svg = useRef<SVGSVGElement>(null);
  const left = labelWidth(y);
  const area: Area = { left, top: 8, width: Math.max(40, width - left - 16), height: Math.max(40, height - 8 - 42) };
  const bottom = area.top + area.height;
  const xLabels = labelsOf(x, area.width, true);
  const yLabels = labelsOf(y, area.height, false);
  const upright = (at: number): number => (y.kind === "names" ? area.top + at : bottom - at);
  const onPointerMove = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return;
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    if (tipAt) return setTip(tipAt(area, px, py));
    const marked = event.target instanceof Element ? event.target.closest<SVGElement>("[data-tip]") : null;
    setTip(marked?.dataset.tip === undefined ? undefined : { x: px, y: py, lines: marked.dataset.tip.split("\n") });
  };
  return (
    <div ref={frame} className="plot" style={{ height }}>
      {width > 0 && (
        // Read by its summary and as a table; the pointer only adds the numbers under it.
        <svg
          ref={svg}
          aria-hidden
          width={width}
          height={height}
          fontSize={11}
          onPointerMove={onPointerMove}
          onPointerDown={onPointerMove}
          onPointerLeave={() => setTip(undefined)}
        >
          {(grid === "y" || grid === "both") &&
            yLabels.map(({ at, text }) => (
              <line
                key={text}
                x1={left}
                x2={left + area.width}
                y1={upright(at)}
                y2={upright(at)}
                stroke="var(--line)"
              />
            ))}
          {(grid === "x" || grid === "both") &&
            xLabels.map(({ at, text }) => (
              <line key={text} x1={left + at} x2={left + at} y1={area.top} y2={bottom} stroke="var(--line)" />
            ))}
          {children(area)}
          <line x1={left} x2={left + area.width} y1={bottom} y2={bottom} stroke="var(--line-strong)" />
          {xLabels.map(({ at, text }) => (
            <text key={text} x={left + at} y={bottom + 15} textAnchor="middle" fill={INK}>
              {text}
            </text>
          ))}
          {yLabels.map(({ at, text }) => (
            <text key={text} x={left - 8} y={upright(at) + 4} textAnchor="end" fill={INK}>
              {text}
            </text>
          ))}
          <text x={left + area.width / 2} y={bottom + 33} textAnchor="middle" fill={INK}>
            {xTitle}
          </text>
        </svg>
      )}
      {tip && (
        <div
          className="plot-tip"
          style={{ left: Math.min(tip.x + 12, width - 20), top: tip.y, maxWidth: 260 }}
          data-left={tip.x > width / 2 || undefined}
        >
          {tip.lines.map((line, i) => (i === 0 ? <b key={line}>{line}</b> : <span key={line}>{line}</span>))}
        </div>
      )}
    </div>
  );
}
