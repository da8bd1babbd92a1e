import { escapeHtml } from "../../share";
import type { ChartData } from "../output/chartData";
import { formatNumber } from "../parts/format";

/** Colours of series in a file that has no theme: readable on white and on near black. */
const COLOURS = ["#3b7dd8", "#d9742b", "#2f9e6e", "#b455b6", "#c9a227", "#d2455f", "#4aa3b8", "#8a7f74"];
const WIDTH = 720;
const LABELS = 170;
const BAR = 16;
const HEIGHT = 280;

/** A chart as an SVG text of its own: no script, no style sheet, every name escaped. */
export function svgChart(data: ChartData): string {
  const drawing = data.kind === "bar" ? bars(data) : plane(data);
  const legend =
    data.series.length > 1
      ? `<p class="note">${data.series.map((name, i) => `<span style="color:${colour(i)}">■</span> ${escapeHtml(name)}`).join(" &nbsp; ")}</p>`
      : "";
  return `${legend}<svg viewBox="0 0 ${WIDTH} ${drawing.height}" width="${WIDTH}" role="img" aria-label="${escapeHtml(data.summary)}">${drawing.marks}</svg><p class="note">${escapeHtml([data.summary, data.note].filter(Boolean).join(" "))}</p>`;
}

function colour(i: number): string {
  return COLOURS[i % COLOURS.length];
}

function numberOf(value: number | string | null | undefined): number {
  return typeof value === "number" ? value : 0;
}

/** Bars lie down: names stay readable however long they are. */
function bars({ points, series }: ChartData): { marks: string; height: number } {
  const values = points.flatMap((point) => series.map((name) => numberOf(point[name])));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = (value: number): number => LABELS + ((value - least) / (most - least || 1)) * (WIDTH - LABELS - 70);
  let y = 4;
  const marks = points.map((point) => {
    const middle = y + (series.length * BAR) / 2 + 4;
    const label = `<text x="${LABELS - 8}" y="${middle}" text-anchor="end">${escapeHtml(shortened(String(point.x)))}</text>`;
    const own = series.map((name, i) => {
      const value = numberOf(point[name]);
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

/** Lines, dots and histograms: two axes with their ends named. */
function plane(data: ChartData): { marks: string; height: number } {
  const { kind, points, series, edges } = data;
  const named = kind === "line" && !data.xNumeric;
  const xs = edges ?? points.map((point, i) => (named ? i : numberOf(point.x)));
  const ys = points.flatMap((point) =>
    kind === "scatter"
      ? [numberOf(point.y)]
      : series.map((name) => point[name]).filter((value) => typeof value === "number"),
  );
  const [left, right] = spanOf(xs);
  const [low, high] = spanOf(kind === "scatter" || kind === "line" ? ys : [0, ...ys]);
  const x = (value: number): number => round(60 + ((value - left) / (right - left || 1)) * (WIDTH - 90));
  const y = (value: number): number => round(HEIGHT - 40 - ((value - low) / (high - low || 1)) * (HEIGHT - 60));
  const marks = drawn();
  const ends = named
    ? [String(points[0]?.x ?? ""), String(points.at(-1)?.x ?? "")]
    : [formatNumber(left, 4), formatNumber(right, 4)];
  const axes = `<path d="M60 20V${HEIGHT - 40}H${WIDTH - 30}" fill="none" stroke="currentColor" stroke-opacity=".35"/>
<text x="54" y="26" text-anchor="end">${escapeHtml(formatNumber(high, 4))}</text><text x="54" y="${HEIGHT - 40}" text-anchor="end">${escapeHtml(formatNumber(low, 4))}</text>
<text x="60" y="${HEIGHT - 22}">${escapeHtml(shortened(ends[0]))}</text><text x="${WIDTH - 30}" y="${HEIGHT - 22}" text-anchor="end">${escapeHtml(shortened(ends[1]))}</text>
<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(data.xLabel)}</text><text x="60" y="12">${escapeHtml(data.yLabel)}</text>`;
  return { marks: axes + marks, height: HEIGHT };

  function drawn(): string {
    if (kind === "scatter")
      return points
        .map(
          (point) =>
            `<circle cx="${x(numberOf(point.x))}" cy="${y(numberOf(point.y))}" r="2.5" fill="${colour(Math.max(0, series.indexOf(String(point.series))))}" fill-opacity=".6"/>`,
        )
        .join("");
    if (kind === "histogram" && edges)
      return points
        .map((point, i) => {
          let stacked = 0;
          const [from, to] = [x(edges[i]), x(edges[i + 1] ?? edges[i])];
          return series
            .map((name, s) => {
              const value = numberOf(point[name]);
              const [bottom, top] = [y(stacked), y(stacked + value)];
              stacked += value;
              return `<rect x="${from}" y="${top}" width="${round(Math.max(1, to - from - 1))}" height="${round(bottom - top)}" fill="${colour(s)}"/>`;
            })
            .join("");
        })
        .join("");
    return series
      .map((name, s) => {
        const path = points
          .map((point, i) => ({ at: xs[i], value: point[name] }))
          .filter(({ value }) => typeof value === "number")
          .map(({ at, value }, i) => `${i === 0 ? "M" : "L"}${x(at)} ${y(numberOf(value))}`);
        return `<path d="${path.join("")}" fill="none" stroke="${colour(s)}" stroke-width="1.8"/>`;
      })
      .join("");
  }
}

function spanOf(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return Number.isFinite(low) ? [low, high] : [0, 1];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function shortened(text: string): string {
  return text.length > 26 ? `${text.slice(0, 25)}…` : text;
}
