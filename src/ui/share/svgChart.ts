import { escapeHtml } from "../../share";
import { type Box, type ChartData, extent, type HeatAxis, type Marks } from "../output/chartData";
import { formatNumber } from "../parts/format";

/** Colours of series in a file that has no theme: readable on white and on near black. */
const COLOURS = ["#3b7dd8", "#d9742b", "#2f9e6e", "#b455b6", "#c9a227", "#d2455f", "#4aa3b8", "#8a7f74"];
const WIDTH = 720;
const LABELS = 170;
const BAR = 16;
const HEIGHT = 280;

interface Drawing {
  marks: string;
  height: number;
}

/** A chart as an SVG text of its own: no script, no style sheet, every name escaped. */
export function svgChart(data: ChartData): string {
  const drawing = drawingOf(data, data.marks);
  const legend =
    data.series.length > 1
      ? `<p class="note">${data.series.map((name, i) => `<span style="color:${colour(i)}">■</span> ${escapeHtml(name)}`).join(" &nbsp; ")}</p>`
      : "";
  return `${legend}<svg viewBox="0 0 ${WIDTH} ${drawing.height}" width="${WIDTH}" role="img" aria-label="${escapeHtml(data.summary)}">${drawing.marks}</svg><p class="note">${escapeHtml([data.summary, data.note].filter(Boolean).join(" "))}</p>`;
}

function drawingOf(data: ChartData, marks: Marks): Drawing {
  switch (marks.kind) {
    case "bars":
      return marks.edges ? histogram(data, marks.edges, marks.values) : bars(marks.names, marks.values);
    case "lines":
      return points(data, marks.lines, marks.names, true);
    case "dots":
      return points(data, marks.dots, undefined, false);
    case "boxes":
      return boxes(marks.boxes);
    case "heat":
      return heat(data, marks);
  }
}

function colour(i: number): string {
  return COLOURS[i % COLOURS.length];
}

/** Bars lie down: names stay readable however long they are. */
function bars(names: readonly string[], values: readonly (readonly number[])[]): Drawing {
  const x = lying([0, ...values.flat()]);
  let y = 4;
  const marks = names.map((name, band) => {
    const label = labelled(name, y + (values.length * BAR) / 2 + 4);
    const own = values.map((series, i) => {
      const value = series[band] || 0;
      const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
      const bar = `<rect x="${round(from)}" y="${y}" width="${round(Math.max(1, to - from))}" height="${BAR - 3}" fill="${colour(i)}"/><text x="${round(to + 5)}" y="${y + BAR - 6}">${escapeHtml(formatNumber(value, 4))}</text>`;
      y += BAR;
      return bar;
    });
    y += 5;
    return label + own.join("");
  });
  return { marks: marks.join(""), height: y + 4 };
}

function boxes(all: readonly Box[]): Drawing {
  const x = lying(all.flatMap(({ least, most }) => [least, most]));
  const step = BAR + 12;
  const marks = all.map((box, i) => {
    const middle = 4 + i * step + BAR / 2;
    const [low, q25, median, q75, high] = [box.low, box.q25, box.median, box.q75, box.high].map((each) =>
      round(x(each)),
    );
    const outliers = [box.least, box.most].filter((value) => value < box.low || value > box.high);
    return `${labelled(box.name, middle + 4)}<g stroke="${colour(0)}" fill="none"><path d="M${low} ${middle}H${q25}M${q75} ${middle}H${high}M${low} ${middle - 4}V${middle + 4}M${high} ${middle - 4}V${middle + 4}"/><rect x="${q25}" y="${middle - BAR / 2}" width="${round(Math.max(1, q75 - q25))}" height="${BAR}" fill="${colour(0)}" fill-opacity=".25"/><path d="M${median} ${middle - BAR / 2}v${BAR}" stroke-width="2"/>${outliers.map((value) => `<circle cx="${round(x(value))}" cy="${middle}" r="2" fill="${colour(0)}"/>`).join("")}</g>`;
  });
  return { marks: marks.join(""), height: 8 + all.length * step };
}

function lying(values: readonly number[]): (value: number) => number {
  const [least, most] = spanOf(values);
  return (value) => LABELS + ((value - least) / (most - least || 1)) * (WIDTH - LABELS - 70);
}

function labelled(name: string, y: number): string {
  return `<text x="${LABELS - 8}" y="${y}" text-anchor="end">${escapeHtml(shortened(name))}</text>`;
}

interface Plane extends Drawing {
  x: (value: number) => number;
  y: (value: number) => number;
}

/** Two axes with their ends named. */
function plane(
  data: ChartData,
  [left, right]: [number, number],
  [low, high]: [number, number],
  ends: [string, string],
): Plane {
  const x = (value: number): number => round(60 + ((value - left) / (right - left || 1)) * (WIDTH - 90));
  const y = (value: number): number => round(HEIGHT - 40 - ((value - low) / (high - low || 1)) * (HEIGHT - 60));
  const marks = `<path d="M60 20V${HEIGHT - 40}H${WIDTH - 30}" fill="none" stroke="currentColor" stroke-opacity=".35"/>
<text x="54" y="26" text-anchor="end">${escapeHtml(formatNumber(high, 4))}</text><text x="54" y="${HEIGHT - 40}" text-anchor="end">${escapeHtml(formatNumber(low, 4))}</text>
<text x="60" y="${HEIGHT - 22}">${escapeHtml(shortened(ends[0]))}</text><text x="${WIDTH - 30}" y="${HEIGHT - 22}" text-anchor="end">${escapeHtml(shortened(ends[1]))}</text>
<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(data.xLabel)}</text><text x="60" y="12">${escapeHtml(data.yLabel)}</text>`;
  return { x, y, marks, height: HEIGHT };
}

const numbered = (span: [number, number]): [string, string] => [formatNumber(span[0], 4), formatNumber(span[1], 4)];

function histogram(data: ChartData, edges: readonly number[], values: readonly (readonly number[])[]): Drawing {
  const totals = edges.map((_, bin) => values.reduce((sum, series) => sum + (series[bin] || 0), 0));
  const across = spanOf(edges);
  const { x, y, marks, height } = plane(data, across, spanOf([0, ...totals]), numbered(across));
  const drawn = totals.slice(0, -1).map((_, bin) => {
    let stacked = 0;
    return values
      .map((series, i) => {
        const value = series[bin] || 0;
        const [bottom, top] = [y(stacked), y(stacked + value)];
        stacked += value;
        return `<rect x="${x(edges[bin])}" y="${top}" width="${round(Math.max(1, x(edges[bin + 1]) - x(edges[bin]) - 1))}" height="${round(bottom - top)}" fill="${colour(i)}"/>`;
      })
      .join("");
  });
  return { marks: marks + drawn.join(""), height };
}

function points(
  data: ChartData,
  series: readonly { x: number[]; y: number[] }[],
  names: readonly string[] | undefined,
  joined: boolean,
): Drawing {
  const across = spanOf(series.flatMap((each) => each.x));
  const ends: [string, string] = names ? [names[0] ?? "", names.at(-1) ?? ""] : numbered(across);
  const { x, y, marks, height } = plane(data, across, spanOf(series.flatMap((each) => each.y)), ends);
  const drawn = series.map((each, i) =>
    joined
      ? `<path d="${each.x.map((at, k) => `${k === 0 ? "M" : "L"}${x(at)} ${y(each.y[k])}`).join("")}" fill="none" stroke="${colour(i)}" stroke-width="1.8"/>`
      : each.x
          .map((at, k) => `<circle cx="${x(at)}" cy="${y(each.y[k])}" r="2.5" fill="${colour(i)}" fill-opacity=".6"/>`)
          .join(""),
  );
  return { marks: marks + drawn.join(""), height };
}

function heat(data: ChartData, { x: across, y: up, cells }: Extract<Marks, { kind: "heat" }>): Drawing {
  const [columns, rows] = [partsOf(across), partsOf(up)];
  const { x, y, marks, height } = plane(data, [0, columns.count], [0, rows.count], columns.ends);
  const [least, most] = spanOf(cells.map(({ value }) => value));
  const drawn = cells.map(({ column, row, value }) => {
    const top = "edges" in up ? row + 1 : rows.count - row;
    return `<rect x="${x(column)}" y="${y(top)}" width="${round(x(column + 1) - x(column))}" height="${round(y(top - 1) - y(top))}" fill="${colour(0)}" fill-opacity="${round(0.1 + (0.9 * (value - least)) / (most - least || 1))}"/>`;
  });
  return { marks: marks + drawn.join(""), height };
}

function partsOf(axis: HeatAxis): { count: number; ends: [string, string] } {
  if ("names" in axis) return { count: axis.names.length, ends: [axis.names[0] ?? "", axis.names.at(-1) ?? ""] };
  return { count: Math.max(0, axis.edges.length - 1), ends: numbered(spanOf(axis.edges)) };
}

function spanOf(values: readonly number[]): [number, number] {
  const [low, high] = extent(values);
  return Number.isFinite(low) ? [low, high] : [0, 1];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function shortened(text: string): string {
  return text.length > 26 ? `${text.slice(0, 25)}…` : text;
}
