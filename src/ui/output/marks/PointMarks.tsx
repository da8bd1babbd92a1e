import { formatNumber } from "../../parts/format";
import { type ChartData, extent, type Marks, seriesColour } from "../chartData";
import { Plot, type Tip } from "./Plot";
import { type Area, type Axis, numberAxis, placeOn } from "./scales";

type Points = { x: number[]; y: number[] }[];

interface PointsProps {
  data: ChartData;
  height: number;
  points: Points;
  names?: string[];
  kind: "lines" | "dots";
}

export function LineMarks({
  data,
  marks,
  height,
}: {
  data: ChartData;
  marks: Extract<Marks, { kind: "lines" }>;
  height: number;
}) {
  return <PointMarks kind="lines" data={data} points={marks.lines} names={marks.names} height={height} />;
}

export function DotMarks({
  data,
  marks,
  height,
}: {
  data: ChartData;
  marks: Extract<Marks, { kind: "dots" }>;
  height: number;
}) {
  return <PointMarks kind="dots" data={data} points={marks.dots} height={height} />;
}

/** Points of two numbers, joined or not; the nearest one tells its numbers. */
function PointMarks({ data, height, points, names, kind }: PointsProps) {
  const x: Axis = names
    ? { kind: "names", names }
    : numberAxis(...extent(points.flatMap((series) => series.x)), { count: 8 });
  const y = numberAxis(...extent(points.flatMap((series) => series.y)));
  const tipAt = (area: Area, px: number, py: number): Tip | undefined => {
    const near = nearest(points, area, x, y, px, py, kind === "lines");
    if (!near) return undefined;
    const { series, i } = near;
    const at = points[series].x[i];
    const head = names ? names[at] : `${data.xLabel} ${formatNumber(at, 6)}`;
    const name = data.series.length > 1 ? [data.series[series]] : [];
    return { x: near.x, y: near.y, lines: [...name, head, `${data.yLabel} ${formatNumber(points[series].y[i], 6)}`] };
  };
  return (
    <Plot height={height} x={x} y={y} xTitle={data.xLabel} grid={kind === "dots" ? "both" : "y"} tipAt={tipAt}>
      {(area) => {
        const across = placeOn(x, area.width);
        const up = placeOn(y, area.height);
        const at = (series: number, i: number): string =>
          `${(area.left + across(points[series].x[i])).toFixed(1)} ${(area.top + area.height - up(points[series].y[i])).toFixed(1)}`;
        return points.map(({ x: values }, series) =>
          kind === "lines" ? (
            <g key={data.series[series]} stroke={seriesColour(series)} fill="none" strokeLinecap="round">
              <path d={values.map((_, i) => `${i === 0 ? "M" : "L"}${at(series, i)}`).join("")} strokeWidth={2} />
              {values.length <= 40 && <path d={values.map((_, i) => `M${at(series, i)}h0`).join("")} strokeWidth={5} />}
            </g>
          ) : (
            <g
              key={data.series[series]}
              stroke={seriesColour(series)}
              strokeWidth={5.5}
              strokeLinecap="round"
              strokeOpacity={0.55}
            >
              {layersOf(values.length).map((layer) => (
                <path key={layer[0]} d={layer.map((i) => `M${at(series, i)}h0`).join("")} />
              ))}
            </g>
          ),
        );
      }}
    </Plot>
  );
}

const LAYERS = 12;

/**
 * Thousands of circles are thousands of elements; one path of all dots draws in a tenth of the time, but its dots do not
 * darken each other. A dozen paths do both.
 */
function layersOf(count: number): number[][] {
  const layers = Math.min(LAYERS, count);
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: Math.ceil((count - layer) / layers) }, (__, i) => layer + i * layers),
  );
}

function nearest(points: Points, area: Area, x: Axis, y: Axis, px: number, py: number, byColumn: boolean) {
  const across = placeOn(x, area.width);
  const up = placeOn(y, area.height);
  let best: { series: number; i: number; x: number; y: number; far: number } | undefined;
  for (const [series, { x: xs, y: ys }] of points.entries()) {
    for (let i = 0; i < xs.length; i++) {
      const [atX, atY] = [area.left + across(xs[i]), area.top + area.height - up(ys[i])];
      const far = (byColumn ? 16 : 1) * (atX - px) ** 2 + (atY - py) ** 2;
      if (!best || far < best.far) best = { series, i, x: atX, y: atY, far };
    }
  }
  return best && (byColumn || best.far < 30 ** 2) ? best : undefined;
}
