import type { ChartData } from "./chartData";
import { BarMarks } from "./marks/BarMarks";
import { BoxMarks } from "./marks/BoxMarks";
import { HeatMarks } from "./marks/HeatMarks";
import { DotMarks, LineMarks } from "./marks/PointMarks";

/** The drawing itself; `ChartView` loads it when the first chart is shown. */
export default function ChartMarks({ data, height }: { data: ChartData; height: number }) {
  const { marks } = data;
  switch (marks.kind) {
    case "bars":
      return <BarMarks data={data} marks={marks} height={height} />;
    case "lines":
      return <LineMarks data={data} marks={marks} height={height} />;
    case "dots":
      return <DotMarks data={data} marks={marks} height={height} />;
    case "boxes":
      return <BoxMarks data={data} marks={marks} height={height} />;
    case "heat":
      return <HeatMarks data={data} marks={marks} height={height} />;
  }
}
