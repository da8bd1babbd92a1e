import { formatNumber } from "../../parts/format";
import { type ChartData, extent, type Marks, seriesColour } from "../chartData";
import { Plot } from "./Plot";
import { edgeAxis, numberAxis, placeOn } from "./scales";

type Bars = Extract<Marks, { kind: "bars" }>;

/** Bars side by side or lying, stacked by series: what is above 0 upwards, what is below downwards. */
export function BarMarks({ data, marks, height }: { data: ChartData; marks: Bars; height: number }) {
  const { names, values, flat, edges } = marks;
  const stacks = names.map((_, band) => stackOf(values.map((each) => each[band])));
  const [low, high] = extent(stacks.flatMap((stack) => stack.flatMap(({ from, to }) => [from, to])));
  const bandAxis = edges ? edgeAxis(edges) : ({ kind: "names", names } as const);
  const valueAxis = numberAxis(low, high, { zero: true });
  return (
    <Plot
      height={height}
      x={flat ? valueAxis : bandAxis}
      y={flat ? bandAxis : valueAxis}
      xTitle={flat ? data.yLabel : data.xLabel}
      grid={flat ? "x" : "y"}
    >
      {(area) => {
        const along = flat ? area.height : area.width;
        const place = placeOn(valueAxis, flat ? area.width : area.height);
        const step = along / Math.max(1, names.length);
        const thick = edges ? Math.max(1, step - 1) : Math.min(flat ? 16 : 56, step * 0.78);
        return stacks.map((stack, band) => {
          const tip = tipOf(data, names[band], stack);
          const middle = (band + 0.5) * step;
          return (
            <g key={names[band]} data-tip={tip}>
              {/* The whole band answers to the pointer: a thin or a low bar is hard to hit. */}
              {flat ? (
                <rect x={area.left} y={area.top + band * step} width={area.width} height={step} fill="transparent" />
              ) : (
                <rect x={area.left + band * step} y={area.top} width={step} height={area.height} fill="transparent" />
              )}
              {stack.map(({ series, from, to }) => {
                const [a, b] = [place(Math.min(from, to)), place(Math.max(from, to))];
                const shared = { fill: seriesColour(series), rx: edges ? 0 : 1.5 };
                return flat ? (
                  <rect
                    key={series}
                    {...shared}
                    x={area.left + a}
                    y={area.top + middle - thick / 2}
                    width={Math.max(0, b - a)}
                    height={thick}
                  />
                ) : (
                  <rect
                    key={series}
                    {...shared}
                    x={area.left + middle - thick / 2}
                    y={area.top + area.height - b}
                    width={thick}
                    height={Math.max(0, b - a)}
                  />
                );
              })}
            </g>
          );
        });
      }}
    </Plot>
  );
}

interface Part {
  series: number;
  from: number;
  to: number;
}

function stackOf(values: readonly number[]): Part[] {
  let [above, below] = [0, 0];
  return values.flatMap((value, series) => {
    if (!Number.isFinite(value)) return [];
    const from = value >= 0 ? above : below;
    const to = from + value;
    if (value >= 0) above = to;
    else below = to;
    return [{ series, from, to }];
  });
}

function tipOf({ series }: ChartData, name: string, stack: readonly Part[]): string {
  return [
    name === "" ? "(empty)" : name,
    ...stack.map((part) => `${series[part.series]}: ${formatNumber(part.to - part.from, 5)}`),
  ].join("\n");
}
