import { Table2 } from "lucide-react";
import { lazy, Suspense, useId, useMemo, useState } from "react";
import { Fault, type FaultData } from "../../base";
import type { Column, Table } from "../../table";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import "./chart.css";
import { type ChartData, type ChartSpec, chartData, lying, seriesColour } from "./chartData";
import { Grid } from "./Grid";
import { sourceOf } from "./gridSource";

export type { ChartSpec } from "./chartData";

const ChartMarks = lazy(() => import("./ChartMarks"));

export interface ChartViewProps {
  spec: ChartSpec;
  table: Table;
  /** In px; lying bars take what they need, up to twice that. */
  height?: number;
  /** Said under the chart, like `the first 5,000 of 96,000 rows`. */
  note?: string;
}

/** A chart with its data at hand: drawn, summed up in a sentence, and as a table. */
export function ChartView({ spec, table, height = 280, note }: ChartViewProps) {
  const [shown, setShown] = useState(false);
  const id = useId();
  const made = useMemo(() => make(spec, table), [spec, table]);
  const source = useMemo(() => (made.data && shown ? sourceOf(tableOf(made.data)) : undefined), [made, shown]);
  if (!made.data) return <FaultView fault={made.fault} />;
  const { data } = made;
  const notes = [data.note, note].filter(Boolean).join(" · ");
  const room = isLong(data) ? Math.max(160, Math.min(900, data.points.length * 22 + 76)) : height;
  return (
    <figure className="chart" aria-labelledby={id}>
      {spec.title && <h4 className="chart-title">{spec.title}</h4>}
      <p id={id} className="unseen">
        {data.summary}
      </p>
      <ChartHead data={data} />
      <div aria-hidden className="chart-drawing">
        <Suspense fallback={<Skeleton height={room} />}>
          <ChartMarks data={data} height={room} />
        </Suspense>
      </div>
      <figcaption className="chart-foot">
        <span>{notes}</span>
        <Button small look="quiet" icon={Table2} aria-expanded={shown} onClick={() => setShown(!shown)}>
          Data
        </Button>
      </figcaption>
      {source && <Grid source={source} height={260} label={spec.title ?? data.summary} />}
    </figure>
  );
}

/** What stands on the upright axis, and which colour is which: words over the drawing, where they cannot collide. */
function ChartHead({ data }: { data: ChartData }) {
  return (
    <div className="chart-head">
      {!lying(data) && <span>{data.yLabel}</span>}
      {data.series.length > 1 && (
        <ul className="chart-legend">
          {data.series.map((name, index) => (
            <li key={name}>
              <span aria-hidden style={{ background: seriesColour(index) }} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type Made = { data: ChartData; fault?: undefined } | { data?: undefined; fault: FaultData };

function make(spec: ChartSpec, table: Table): Made {
  try {
    return { data: chartData(spec, table) };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.toData() };
    throw error;
  }
}

function isLong(data: ChartData): boolean {
  return lying(data) && data.points.length > 8;
}

/** What is drawn, as a table. */
function tableOf(data: ChartData): Table {
  const numbers = (name: string, key: string): Column => ({
    kind: "number",
    name,
    values: Float64Array.from(data.points, (point) => (typeof point[key] === "number" ? point[key] : Number.NaN)),
  });
  const words = (name: string, key: string): Column => ({
    kind: "string",
    name,
    values: data.points.map((point) => (point[key] === null ? null : String(point[key]))),
  });
  const columns =
    data.kind === "scatter"
      ? [
          numbers(data.xLabel, "x"),
          numbers(data.yLabel, "y"),
          ...(data.series.length > 1 ? [words("series", "series")] : []),
        ]
      : [
          data.kind === "line" && data.xNumeric ? numbers(data.xLabel, "x") : words(data.xLabel, "x"),
          ...data.series.map((name) => numbers(name, name)),
        ];
  return { rows: data.points.length, columns };
}
