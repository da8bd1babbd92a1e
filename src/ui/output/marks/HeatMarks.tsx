import { formatNumber } from "../../parts/format";
import { binNames, type ChartData, extent, type HeatAxis, type Marks } from "../chartData";
import { Plot } from "./Plot";
import { type Axis, edgeAxis } from "./scales";

type Heat = Extract<Marks, { kind: "heat" }>;

/** Cells by x and y, the stronger the larger their value. */
export function HeatMarks({ data, marks, height }: { data: ChartData; marks: Heat; height: number }) {
  const { x, y, cells, valueLabel } = marks;
  const [low, high] = extent(cells.map(({ value }) => value));
  // Counts begin at nothing; means may lie anywhere.
  const from = valueLabel === "rows" ? 0 : low;
  const strength = (value: number): number => (high > from ? 0.06 + (0.94 * (value - from)) / (high - from) : 0.6);
  const [columns, rows] = [namesOn(x), namesOn(y)];
  return (
    <>
      <p className="plot-scale tabular">
        {valueLabel} <span>{formatNumber(from, 4)}</span>
        <i />
        <span>{formatNumber(high, 4)}</span>
      </p>
      <Plot height={height} x={axisOf(x)} y={axisOf(y)} xTitle={data.xLabel} grid="none">
        {(area) => {
          const [width, tall] = [area.width / columns.length, area.height / rows.length];
          return cells.map(({ column, row, value }) => (
            <rect
              key={`${column} ${row}`}
              data-tip={`${columns[column]} · ${rows[row]}\n${valueLabel}: ${formatNumber(value, 5)}`}
              x={area.left + column * width + 0.5}
              y={"edges" in y ? area.top + area.height - (row + 1) * tall + 0.5 : area.top + row * tall + 0.5}
              width={Math.max(0.5, width - 1)}
              height={Math.max(0.5, tall - 1)}
              fill="var(--class-1)"
              fillOpacity={strength(value)}
            />
          ));
        }}
      </Plot>
    </>
  );
}

function axisOf(axis: HeatAxis): Axis {
  return "edges" in axis ? edgeAxis(axis.edges) : { kind: "names", names: axis.names };
}

function namesOn(axis: HeatAxis): string[] {
  return "edges" in axis ? binNames(axis.edges) : axis.names;
}
