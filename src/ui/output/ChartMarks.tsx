import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatNumber } from "../parts/format";
import { type ChartData, lying, seriesColour } from "./chartData";

const AXIS = { stroke: "var(--line-strong)", tick: { fill: "var(--ink-3)", fontSize: 11 }, tickLine: false } as const;
const GRID = { stroke: "var(--line)", strokeWidth: 1 } as const;
const TOOLTIP = {
  isAnimationActive: false,
  contentStyle: {
    border: 0,
    borderRadius: 8,
    background: "var(--raised)",
    boxShadow: "var(--shadow-float)",
    fontSize: 12,
    padding: "8px 12px",
  },
  labelStyle: { color: "var(--ink)", fontWeight: 560 },
  itemStyle: { color: "var(--ink-2)", padding: 0 },
  cursor: { fill: "var(--hover)", stroke: "var(--line-strong)" },
} as const;

const axisNumber = (value: unknown) => (typeof value === "number" ? formatNumber(value, 4) : String(value));
const shorten = (value: unknown) => {
  const text = axisNumber(value);
  return text.length > 18 ? `${text.slice(0, 17)}…` : text;
};
const title = (text: string) => ({
  value: text,
  position: "insideBottom" as const,
  offset: -6,
  fill: "var(--ink-3)",
  fontSize: 11,
});

/** The drawing itself; `ChartView` loads it with recharts when the first chart is shown. */
export default function ChartMarks({ data, height }: { data: ChartData; height: number }) {
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 640, height }}>
      {drawing(data)}
    </ResponsiveContainer>
  );
}

function drawing(data: ChartData) {
  const margin = { top: 8, right: 20, bottom: 14, left: 0 };
  switch (data.kind) {
    case "scatter":
      return (
        <ScatterChart accessibilityLayer={false} margin={margin}>
          <CartesianGrid {...GRID} />
          <XAxis
            {...AXIS}
            type="number"
            dataKey="x"
            name={data.xLabel}
            domain={["auto", "auto"]}
            tickFormatter={axisNumber}
            label={title(data.xLabel)}
          />
          <YAxis
            {...AXIS}
            type="number"
            dataKey="y"
            name={data.yLabel}
            domain={["auto", "auto"]}
            tickFormatter={axisNumber}
            axisLine={false}
            width={52}
          />
          <Tooltip {...TOOLTIP} formatter={(value) => axisNumber(value)} />
          {data.series.map((name, index) => (
            <Scatter
              key={name}
              name={name}
              data={data.points.filter((point) => point.series === name)}
              fill={seriesColour(index)}
              fillOpacity={0.7}
              shape={<circle r={3} />}
              isAnimationActive={false}
            />
          ))}
        </ScatterChart>
      );
    case "line":
      return (
        <LineChart accessibilityLayer={false} data={data.points} margin={margin}>
          <CartesianGrid {...GRID} vertical={false} />
          <XAxis
            {...AXIS}
            dataKey="x"
            type={data.xNumeric ? "number" : "category"}
            domain={["dataMin", "dataMax"]}
            tickFormatter={shorten}
            label={title(data.xLabel)}
          />
          <YAxis {...AXIS} axisLine={false} width={52} domain={["auto", "auto"]} tickFormatter={axisNumber} />
          <Tooltip {...TOOLTIP} formatter={(value) => axisNumber(value)} labelFormatter={axisNumber} />
          {data.series.map((name, index) => (
            <Line
              key={name}
              dataKey={(point) => point[name]}
              name={name}
              stroke={seriesColour(index)}
              strokeWidth={2}
              dot={data.points.length <= 40 ? { r: 2.5, strokeWidth: 0, fill: seriesColour(index) } : false}
              connectNulls
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      );
    default: {
      const flat = lying(data);
      return (
        <BarChart
          accessibilityLayer={false}
          data={data.points}
          layout={flat ? "vertical" : "horizontal"}
          margin={margin}
          barCategoryGap={data.kind === "histogram" ? 1 : "22%"}
        >
          <CartesianGrid {...GRID} vertical={flat} horizontal={!flat} />
          <NumberAxes data={data} flat={flat} />
          <Tooltip
            {...TOOLTIP}
            formatter={(value) => axisNumber(value)}
            labelFormatter={(label, payload) => payload[0]?.payload?.x ?? label}
          />
          {data.series.map((name, index) => (
            <Bar
              key={name}
              dataKey={(point) => point[name]}
              name={name}
              stackId="all"
              fill={seriesColour(index)}
              maxBarSize={flat ? 16 : 56}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      );
    }
  }
}

function NumberAxes({ data, flat }: { data: ChartData; flat: boolean }) {
  const longest = data.points.reduce((most, point) => Math.max(most, shorten(point.x).length), 0);
  if (flat) {
    return (
      <>
        <XAxis {...AXIS} type="number" tickFormatter={axisNumber} label={title(data.yLabel)} />
        <YAxis
          {...AXIS}
          type="category"
          dataKey="x"
          width={Math.min(140, longest * 6.4 + 16)}
          interval={0}
          tickFormatter={shorten}
          axisLine={false}
        />
      </>
    );
  }
  const { edges } = data;
  if (edges) {
    const width = edges[1] - edges[0];
    const every = [1, 2, 5, 10, 20].find((step) => edges.length / step <= 12) ?? 50;
    return (
      <>
        {/* A true axis: ticks stand at the bins' edges, and the bars between them. */}
        <XAxis
          {...AXIS}
          type="number"
          dataKey="middle"
          domain={[edges[0], edges[edges.length - 1]]}
          ticks={edges}
          interval={0}
          tickFormatter={(value: number) => (Math.round(value / width) % every === 0 ? axisNumber(value) : "")}
          label={title(data.xLabel)}
        />
        <YAxis {...AXIS} axisLine={false} width={52} tickFormatter={axisNumber} />
      </>
    );
  }
  return (
    <>
      <XAxis {...AXIS} dataKey="x" tickFormatter={shorten} minTickGap={14} label={title(data.xLabel)} />
      <YAxis {...AXIS} axisLine={false} width={52} tickFormatter={axisNumber} />
    </>
  );
}
