import { Download, Table2 } from "lucide-react";
import { lazy, Suspense, useId, useMemo, useRef, useState } from "react";
import type { ChartAnswer, ChartSpec } from "../../cells";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { Menu } from "../parts/Menu";
import "./chart.css";
import { type ChartData, chartData, seriesColour } from "./chartData";
import { Grid } from "./Grid";
import { sourceOf } from "./gridSource";

const ChartMarks = lazy(() => import("./ChartMarks"));

export interface ChartViewProps {
  spec: ChartSpec;
  answer: ChartAnswer;
  /** In px; lying bars take what they need, up to three times that. */
  height?: number;
  /** The name of a saved picture, without its ending. */
  name?: string;
}

/** A chart with its data at hand: drawn, summed up in a sentence, as a table, and as a picture to take away. */
export function ChartView({ spec, answer, height = 280, name = "chart" }: ChartViewProps) {
  const [shown, setShown] = useState(false);
  const id = useId();
  const figure = useRef<HTMLElement>(null);
  const data = useMemo(() => chartData(spec, answer), [spec, answer]);
  const source = useMemo(() => (shown ? sourceOf(data.table) : undefined), [data, shown]);
  const room = roomFor(data, height);
  const save = (kind: "png" | "svg") => async () => {
    const { saveChart } = await import("./chartFile");
    if (figure.current) await saveChart(figure.current, { kind, name, title: spec.title, data });
  };
  return (
    <figure ref={figure} className="chart" aria-labelledby={id}>
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
        <span>{data.note}</span>
        <span className="chart-tools">
          <Button small look="quiet" icon={Table2} aria-expanded={shown} onClick={() => setShown(!shown)}>
            Data
          </Button>
          <Menu
            entries={[
              { label: "Save as PNG", note: "a picture, twice its size on screen", onSelect: () => void save("png")() },
              { label: "Save as SVG", note: "lines and texts, for any size", onSelect: () => void save("svg")() },
            ]}
          >
            <Button small look="quiet" icon={Download}>
              Save
            </Button>
          </Menu>
        </span>
      </figcaption>
      {source && <Grid source={source} height={260} label={spec.title ?? data.summary} />}
    </figure>
  );
}

/** What stands on the upright axis, and which colour is which: words over the drawing, where they cannot collide. */
function ChartHead({ data }: { data: ChartData }) {
  const { marks } = data;
  const flat = (marks.kind === "bars" || marks.kind === "boxes") && marks.flat;
  return (
    <div className="chart-head">
      {!flat && <span>{data.yLabel}</span>}
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

function roomFor({ marks }: ChartData, height: number): number {
  const lying = (bars: number): number => Math.max(160, Math.min(1_400, bars * 22 + 66));
  if (marks.kind === "bars" && marks.flat) return lying(marks.names.length);
  if (marks.kind === "boxes" && marks.flat) return lying(marks.boxes.length * 1.3);
  if (marks.kind === "heat" && "names" in marks.y) return Math.max(height, lying(marks.y.names.length * 0.9));
  return height;
}
