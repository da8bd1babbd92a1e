import { Fault } from "../../base";
import { bars, lines } from "./groups";
import type { ChartAnswer, Question } from "./question";
import { boxes, heat, histogram, scatter } from "./spread";

export type { ChartAnswer, ChartFacts } from "./question";
export { seriesOf } from "./question";

/**
 * The data of a chart's marks, put together in the engine.
 * @throws Fault `chart` naming the column that cannot be drawn so
 */
export function drawChart(question: Question): Promise<ChartAnswer> {
  const { spec, kinds } = question;
  if (spec.y === undefined && ["line", "scatter", "heat"].includes(spec.type))
    throw new Fault("chart", `A ${spec.type === "heat" ? "heat map" : `${spec.type} chart`} needs a column for y`, {
      hint: "Or draw a histogram or bars: they count the values of x by themselves.",
    });
  switch (spec.type) {
    case "bar":
      return bars(question);
    case "line":
      return kinds.get(spec.x) === "number" ? lines(question) : bars(question);
    case "scatter":
      return scatter(question);
    case "histogram":
      return histogram(question);
    case "box":
      return boxes(question);
    case "heat":
      return heat(question);
  }
}
