import { Fault, suggest } from "../../base";
import { type Column, columnOf, type Table, valueAt } from "../../table";
import { formatCount, formatNumber } from "../parts/format";

export interface ChartSpec {
  type: "bar" | "line" | "scatter" | "histogram";
  x: string;
  y?: string;
  color?: string;
  title?: string;
}

/** Rows ready to draw: one entry a mark or a group of marks, with one key a series. */
export interface ChartData {
  kind: ChartSpec["type"];
  xLabel: string;
  yLabel: string;
  /** Whether x is a number (an axis with distances) or a name. */
  xNumeric: boolean;
  /** The edges of a histogram's bins. */
  edges?: number[];
  series: string[];
  /** For bar, line and histogram: `x`, and the value under each series' name. For scatter: `x`, `y`, `series`. */
  points: Record<string, number | string | null>[];
  /** What was left out or put together, in words. */
  note?: string;
  /** The chart in one or two sentences, for who cannot see it. */
  summary: string;
}

const MOST_BARS = 60;
const MOST_SERIES = 8;
const MOST_DOTS = 3000;
const OTHER = "other";

/**
 * The marks of a chart.
 * @throws Fault `chart` naming the column that the table lacks, or that is no number where one is needed
 */
export function chartData(spec: ChartSpec, table: Table): ChartData {
  const x = need(table, spec.x, "x");
  const color = spec.color ? need(table, spec.color, "color") : undefined;
  if (spec.type === "histogram") return histogram(spec, x, color, table.rows);
  if (!spec.y) {
    throw new Fault("chart", `A ${spec.type} chart needs a column for y`, {
      hint: "Or draw a histogram: it counts the values of x by itself.",
    });
  }
  const y = numeric(need(table, spec.y, "y"), "y");
  return spec.type === "scatter"
    ? scatter(spec, numeric(x, "x"), y, color, table.rows)
    : grouped(spec, x, y, color, table.rows);
}

function need(table: Table, name: string, role: string): Column {
  const column = columnOf(table, name);
  if (column) return column;
  const names = table.columns.map((each) => each.name);
  throw new Fault("chart", `Cannot draw ${role}: the table has no column "${name}"`, { hint: suggest(name, names) });
}

type NumberColumn = Extract<Column, { kind: "number" }>;

function numeric(column: Column, role: string): NumberColumn {
  if (column.kind === "number") return column;
  throw new Fault("chart", `Cannot draw ${role}: the column "${column.name}" holds no numbers`, {
    hint: "Choose a column of numbers, or count rows in SQL first.",
  });
}

function nameAt(column: Column, row: number): string {
  const value = valueAt(column, row);
  if (value === null || value === undefined) return "missing";
  return typeof value === "number" ? formatNumber(value) : String(value);
}

/** The series' names, most frequent first; beyond eight they are one, called `other`. */
function seriesOf(
  color: Column | undefined,
  rows: number,
  whole: string,
): { names: string[]; at: (row: number) => string } {
  if (!color) return { names: [whole], at: () => whole };
  const counts = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const name = nameAt(color, row);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const byCount = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
  if (byCount.length <= MOST_SERIES) return { names: byCount, at: (row) => nameAt(color, row) };
  const kept = new Set(byCount.slice(0, MOST_SERIES - 1));
  return {
    names: [...kept, OTHER],
    at: (row) => {
      const name = nameAt(color, row);
      return kept.has(name) ? name : OTHER;
    },
  };
}

function grouped(spec: ChartSpec, x: Column, y: NumberColumn, color: Column | undefined, rows: number): ChartData {
  const series = seriesOf(color, rows, y.name);
  const xNumeric = x.kind === "number" && spec.type === "line";
  const groups = new Map<number | string, Record<string, number | string | null>>();
  let merged = false;
  for (let row = 0; row < rows; row++) {
    const value = y.values[row];
    if (Number.isNaN(value)) continue;
    const at = xNumeric ? (x.values[row] as number) : nameAt(x, row);
    if (typeof at === "number" && Number.isNaN(at)) continue;
    const group = groups.get(at) ?? { x: at };
    groups.set(at, group);
    const name = series.at(row);
    const before = group[name];
    if (typeof before === "number") merged = true;
    group[name] = typeof before === "number" ? before + value : value;
  }
  let points = [...groups.values()];
  if (xNumeric) points.sort((a, b) => Number(a.x) - Number(b.x));
  const notes = merged ? [`rows with the same ${x.name} are added up`] : [];
  if (spec.type === "bar" && points.length > MOST_BARS) {
    notes.push(`the first ${MOST_BARS} of ${formatCount(points.length)} values of ${x.name}`);
    points = points.slice(0, MOST_BARS);
  }
  return {
    kind: spec.type,
    xLabel: x.name,
    yLabel: y.name,
    xNumeric,
    series: series.names,
    points,
    note: notes.join("; ") || undefined,
    summary: summaryOf(spec.type, x.name, y.name, points, series.names),
  };
}

function scatter(
  spec: ChartSpec,
  x: NumberColumn,
  y: NumberColumn,
  color: Column | undefined,
  rows: number,
): ChartData {
  const series = seriesOf(color, rows, y.name);
  const whole: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (!Number.isNaN(x.values[row]) && !Number.isNaN(y.values[row])) whole.push(row);
  }
  // Every k-th row: the same dots on every drawing, and no order of the table is favoured.
  const step = Math.max(1, whole.length / MOST_DOTS);
  const count = Math.min(whole.length, MOST_DOTS);
  const points = Array.from({ length: count }, (_, i) => {
    const row = whole[Math.floor(i * step)];
    return { x: x.values[row], y: y.values[row], series: series.at(row) };
  });
  const drawn = count < whole.length ? `${formatCount(count)} of ${formatCount(whole.length)} rows, evenly spaced` : "";
  return {
    kind: "scatter",
    xLabel: x.name,
    yLabel: y.name,
    xNumeric: true,
    series: series.names,
    points,
    note: drawn || undefined,
    summary: `Scatter of ${formatCount(count)} points: ${x.name} ${rangeOf(points.map((p) => p.x))}, ${y.name} ${rangeOf(points.map((p) => p.y))}${spec.color ? `, by ${spec.color}` : ""}.`,
  };
}

function histogram(spec: ChartSpec, x: Column, color: Column | undefined, rows: number): ChartData {
  if (x.kind !== "number") {
    const counts = { kind: "number", name: "rows", values: new Float64Array(rows).fill(1) } as const;
    const data = grouped({ ...spec, type: "bar" }, x, counts, color, rows);
    const total = (point: ChartData["points"][number]) =>
      data.series.reduce((sum, name) => sum + Number(point[name] ?? 0), 0);
    const points = [...data.points].sort((a, b) => total(b) - total(a));
    return { ...data, points, note: undefined, summary: summaryOf("bar", x.name, "rows", points, data.series) };
  }
  const series = seriesOf(color, rows, "rows");
  const values = x.values.filter((value) => Number.isFinite(value)).sort();
  const edges = binEdges(values);
  const points: ChartData["points"] = edges.slice(0, -1).map((from, bin) => ({
    x: `${formatNumber(from, 4)} – ${formatNumber(edges[bin + 1], 4)}`,
    middle: (from + edges[bin + 1]) / 2,
    ...Object.fromEntries(series.names.map((name) => [name, 0])),
  }));
  const width = edges.length > 1 ? edges[1] - edges[0] : 1;
  for (let row = 0; row < rows; row++) {
    const value = x.values[row];
    if (!Number.isFinite(value)) continue;
    const point = points[Math.max(0, Math.min(points.length - 1, Math.floor((value - edges[0]) / width + 1e-9)))];
    const name = series.at(row);
    point[name] = (point[name] as number) + 1;
  }
  const missing = rows - values.length;
  return {
    kind: "histogram",
    edges,
    xLabel: x.name,
    yLabel: "rows",
    xNumeric: true,
    series: series.names,
    points,
    note: missing > 0 ? `${formatCount(missing)} missing left out` : undefined,
    summary:
      values.length === 0
        ? `Histogram of ${x.name}: every value is missing.`
        : `Histogram of ${x.name} over ${formatCount(values.length)} rows, from ${formatNumber(values[0])} to ${formatNumber(values[values.length - 1])}, median ${formatNumber(values[Math.floor(values.length / 2)])}.`,
  };
}

/**
 * Round edges of equal bins for sorted values: the width of Freedman and Diaconis (1981), 2·IQR·n^(-1/3), brought to 1,
 * 2 or 5 times a power of ten, with at least 8 and at most 40 bins.
 */
export function binEdges(sorted: ArrayLike<number>): number[] {
  const n = sorted.length;
  if (n === 0) return [];
  const low = sorted[0];
  const high = sorted[n - 1];
  if (low === high) return [low - 0.5, low + 0.5];
  const spread = sorted[Math.floor(0.75 * (n - 1))] - sorted[Math.floor(0.25 * (n - 1))];
  const ideal = spread > 0 ? (2 * spread) / Math.cbrt(n) : (high - low) / 20;
  const width = roundWidth(Math.min((high - low) / 8, Math.max((high - low) / 40, ideal)));
  const first = Math.floor(low / width);
  const last = Math.max(first + 1, Math.ceil(high / width + 1e-9));
  // Multiples, not sums: 0.1 added thirty times is not 3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * width).toPrecision(12)));
}

function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const times = width / power;
  return (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10) * power;
}

function rangeOf(values: number[]): string {
  if (values.length === 0) return "without values";
  let low = values[0];
  let high = values[0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return `from ${formatNumber(low)} to ${formatNumber(high)}`;
}

function summaryOf(type: string, x: string, y: string, points: ChartData["points"], series: string[]): string {
  const total = (point: ChartData["points"][number]) =>
    series.reduce((sum, name) => sum + (typeof point[name] === "number" ? (point[name] as number) : 0), 0);
  if (points.length === 0) return `A ${type} chart of ${y} by ${x} without any value.`;
  const sorted = [...points].sort((a, b) => total(b) - total(a));
  const named = (point: ChartData["points"][number]) => `${formatLabel(point.x)} with ${formatNumber(total(point))}`;
  return `A ${type} chart of ${y} by ${x}, ${formatCount(points.length)} values${series.length > 1 ? ` in ${series.length} series` : ""}: most ${named(sorted[0])}, least ${named(sorted[sorted.length - 1])}.`;
}

function formatLabel(x: number | string | null): string {
  return typeof x === "number" ? formatNumber(x) : String(x);
}

/** The colour of a series: its place in the palette. */
export function seriesColour(index: number): string {
  return `var(--class-${(index % 8) + 1})`;
}

/** Bars lie down when there are many, or when their names are long: names stay readable without turning. */
export function lying(data: ChartData): boolean {
  if (data.kind !== "bar") return false;
  const longest = data.points.reduce((most, point) => Math.max(most, String(point.x).length), 0);
  return data.points.length > 14 || longest * data.points.length > 90;
}
