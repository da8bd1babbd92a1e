import type { MouseEvent, PointerEvent, ReactNode } from "react";
import { useWidth } from "../explore/useWidth";
import "./plot.css";

/** Where a number from 0 to 1 is, in px. */
export interface Places {
  x: (value: number) => number;
  y: (value: number) => number;
}

export interface UnitPlotProps {
  xLabel: string;
  yLabel: string;
  height?: number;
  /** Where the pointer is, in px; `undefined` when it left. */
  onPointer?: (at: { x: number; y: number } | undefined, places: Places) => void;
  /** A click, or a tap, at a place in px. */
  onPick?: (at: { x: number; y: number }, places: Places) => void;
  /** The marks. They are drawn once the width is known. */
  children: (places: Places) => ReactNode;
}

const LEFT = 34;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 36;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Two axes from 0 to 1. What it shows is said in words and as a table beside it, so it is hidden from screen readers. */
export function UnitPlot({ xLabel, yLabel, height = 260, onPointer, onPick, children }: UnitPlotProps) {
  const [width, box] = useWidth();
  const places: Places = {
    x: (value) => LEFT + value * Math.max(1, width - LEFT - RIGHT),
    y: (value) => TOP + (1 - value) * (height - TOP - BOTTOM),
  };
  const placeOf = (event: MouseEvent<SVGSVGElement>): { x: number; y: number } => {
    const frame = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const follow = (event: PointerEvent<SVGSVGElement>): void => onPointer?.(placeOf(event), places);
  return (
    <div ref={box} className="plot" style={{ height }}>
      {width > 0 && (
        <svg
          aria-hidden
          width={width}
          height={height}
          onPointerMove={follow}
          onPointerDown={follow}
          onPointerLeave={() => onPointer?.(undefined, places)}
          onClick={onPick && ((event) => onPick(placeOf(event), places))}
          data-clickable={onPick ? true : undefined}
        >
          {TICKS.map((tick) => (
            <g key={tick}>
              <line className="plot-line" x1={places.x(0)} x2={places.x(1)} y1={places.y(tick)} y2={places.y(tick)} />
              <line className="plot-line" x1={places.x(tick)} x2={places.x(tick)} y1={places.y(0)} y2={places.y(1)} />
              <text className="plot-tick" x={LEFT - 7} y={places.y(tick)} dy="0.32em" textAnchor="end">
                {tick}
              </text>
              <text className="plot-tick" x={places.x(tick)} y={height - BOTTOM + 16} textAnchor="middle">
                {tick}
              </text>
            </g>
          ))}
          <text className="plot-name" x={places.x(1)} y={height - 4} textAnchor="end">
            {xLabel} →
          </text>
          <text className="plot-name" x={LEFT} y={height - 4}>
            ↑ {yLabel}
          </text>
          {children(places)}
        </svg>
      )}
    </div>
  );
}

/** What a mark of a plot stands for. */
export function Key({ of, children }: { of: "mark" | "guess" | "bar"; children: ReactNode }) {
  return (
    <span className="plot-key" data-of={of}>
      {children}
    </span>
  );
}
