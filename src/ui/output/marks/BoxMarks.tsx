import { formatCountOf, formatNumber } from "../../parts/format";
import { type Box, type ChartData, extent, type Marks } from "../chartData";
import { Plot } from "./Plot";
import { numberAxis, placeOn } from "./scales";

type Boxes = Extract<Marks, { kind: "boxes" }>;

/** A box from quartile to quartile with its median, whiskers, and dots at what lies farthest out. */
export function BoxMarks({ data, marks, height }: { data: ChartData; marks: Boxes; height: number }) {
  const { boxes, flat } = marks;
  const names = { kind: "names", names: boxes.map(({ name }) => (name === "" && !data.xLabel ? " " : name)) } as const;
  const values = numberAxis(...extent(boxes.flatMap(({ least, most }) => [least, most])));
  return (
    <Plot
      height={height}
      x={flat ? values : names}
      y={flat ? names : values}
      xTitle={flat ? data.yLabel : data.xLabel}
      grid={flat ? "x" : "y"}
    >
      {(area) => {
        const place = placeOn(values, flat ? area.width : area.height);
        const step = (flat ? area.height : area.width) / Math.max(1, boxes.length);
        const thick = Math.min(46, step * 0.6);
        const at = (along: number, value: number): [number, number] =>
          flat
            ? [area.left + place(value), area.top + along]
            : [area.left + along, area.top + area.height - place(value)];
        const line = (a: [number, number], b: [number, number]) => ({ x1: a[0], y1: a[1], x2: b[0], y2: b[1] });
        return boxes.map((box, i) => {
          const middle = (i + 0.5) * step;
          const corner = [at(middle - thick / 2, box.q25), at(middle + thick / 2, box.q75)];
          const outliers = [box.least, box.most].filter((value) => value < box.low || value > box.high);
          return (
            <g key={box.name} data-tip={tipOf(box)} stroke="var(--class-1)" strokeWidth={1.5}>
              <rect
                x={flat ? area.left : area.left + i * step}
                y={flat ? area.top + i * step : area.top}
                width={flat ? area.width : step}
                height={flat ? step : area.height}
                fill="transparent"
                stroke="none"
              />
              <line {...line(at(middle, box.low), at(middle, box.q25))} />
              <line {...line(at(middle, box.q75), at(middle, box.high))} />
              {[box.low, box.high].map((value, end) => (
                <line
                  key={end === 0 ? "low" : "high"}
                  {...line(at(middle - thick / 4, value), at(middle + thick / 4, value))}
                />
              ))}
              <rect
                x={Math.min(corner[0][0], corner[1][0])}
                y={Math.min(corner[0][1], corner[1][1])}
                width={Math.abs(corner[1][0] - corner[0][0])}
                height={Math.abs(corner[1][1] - corner[0][1])}
                fill="var(--class-1)"
                fillOpacity={0.22}
                rx={2}
              />
              <line
                {...line(at(middle - thick / 2, box.median), at(middle + thick / 2, box.median))}
                strokeWidth={2.5}
              />
              {outliers.map((value) => {
                const [cx, cy] = at(middle, value);
                return <circle key={value} cx={cx} cy={cy} r={2.5} fill="var(--class-1)" stroke="none" />;
              })}
            </g>
          );
        });
      }}
    </Plot>
  );
}

function tipOf(box: Box): string {
  const number = (value: number): string => formatNumber(value, 5);
  return [
    box.name || "all rows",
    formatCountOf(box.rows, "row"),
    `median ${number(box.median)}, quartiles ${number(box.q25)} and ${number(box.q75)}`,
    `from ${number(box.least)} to ${number(box.most)}`,
    ...(box.beyond > 0 ? [`${formatCountOf(box.beyond, "value")} beyond the whiskers`] : []),
  ].join("\n");
}
