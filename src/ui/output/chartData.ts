import { type ChartAnswer, type ChartFacts, type ChartSpec, seriesOf } from "../../cells";
import { type Column, columnOf, type Table } from "../../table";
import { formatCount, formatCountOf, formatNumber } from "../parts/format";

/** A box of numbers: quartiles, whiskers, and the least and the most where they lie beyond. */
export interface Box {
  name: string;
  rows: number;
  least: number;
  low: number;
  q25: number;
  median: number;
  q75: number;
  high: number;
  most: number;
  beyond: number;
}

export interface HeatCell {
  column: number;
  row: number;
  value: number;
}

/** An axis of a heat map: bins between edges, or names. */
export type HeatAxis = { edges: number[] } | { names: string[] };

/** What is to be drawn; one list a series, in the order of `series`. */
export type Marks =
  | { kind: "bars"; names: string[]; edges?: number[]; flat: boolean; values: number[][] }
  | { kind: "lines"; names?: string[]; lines: { x: number[]; y: number[] }[] }
  | { kind: "dots"; dots: { x: number[]; y: number[] }[] }
  | { kind: "boxes"; flat: boolean; boxes: Box[] }
  | { kind: "heat"; x: HeatAxis; y: HeatAxis; cells: HeatCell[]; valueLabel: string };

export interface ChartData {
  marks: Marks;
  xLabel: string;
  yLabel: string;
  series: string[];
  /** What was left out or put together, in words. */
  note?: string;
  /** The chart in one or two sentences, for who cannot see it. */
  summary: string;
  /** What is drawn, as a table. */
  table: Table;
}

/** A chart's answer from the engine, ready to draw and in words. */
export function chartData(spec: ChartSpec, { table, facts }: ChartAnswer): ChartData {
  const counted = spec.type === "histogram" || (spec.type === "bar" && spec.y === undefined);
  const yLabel = counted ? "rows" : (spec.y ?? spec.x);
  const series = spec.type === "box" || spec.type === "heat" ? [""] : seriesOf(table);
  const shared = {
    xLabel: spec.type === "box" && spec.y === undefined ? "" : spec.x,
    yLabel,
    series: series.map((name) => (spec.color ? name : yLabel)),
    note: notesOf(spec, table, facts, counted).join("; ") || undefined,
  };
  const marks = marksOf(spec, table, facts, series);
  return {
    ...shared,
    marks,
    summary: summaryOf(spec, shared, marks, facts),
    table: tableOf(spec, table, facts, yLabel),
  };
}

const numbers = (table: Table, name: string): number[] =>
  Array.from<unknown, number>(columnOf(table, name)?.values ?? [], Number);
const texts = (table: Table, name: string): string[] =>
  Array.from<unknown, string>(columnOf(table, name)?.values ?? [], (value) => String(value ?? "missing"));

function marksOf(spec: ChartSpec, table: Table, { xEdges, yEdges }: ChartFacts, series: string[]): Marks {
  const of = series.length > 1 ? texts(table, "series").map((name) => series.indexOf(name)) : [];
  const bySeries = <T>(make: (rows: number[]) => T): T[] =>
    series.map((_, at) =>
      make(Array.from({ length: table.rows }, (__, row) => row).filter((row) => (of[row] ?? 0) === at)),
    );
  const points = (): { x: number[]; y: number[] }[] => {
    const [x, y] = [numbers(table, "x"), numbers(table, "y")];
    return bySeries((rows) => ({ x: rows.map((row) => x[row]), y: rows.map((row) => y[row]) }));
  };
  if (spec.type === "scatter") return { kind: "dots", dots: points() };
  if (spec.type === "line" && columnOf(table, "x")?.kind === "number") return { kind: "lines", lines: points() };
  if (spec.type === "box") return boxesOf(table);
  if (spec.type === "heat") return heatOf(spec, table, xEdges, yEdges);
  if (xEdges) {
    const [x, n] = [numbers(table, "x"), numbers(table, "n")];
    const values = bySeries((rows) => {
      const bins = new Array<number>(Math.max(0, xEdges.length - 1)).fill(0);
      for (const row of rows) bins[x[row]] += n[row];
      return bins;
    });
    return { kind: "bars", names: binNames(xEdges), edges: xEdges, flat: false, values };
  }
  const [x, y] = [texts(table, "x"), numbers(table, "y")];
  const names = [...new Set(x)];
  const places = new Map(names.map((name, place) => [name, place]));
  const values = bySeries((rows) => {
    const each = new Array<number>(names.length).fill(Number.NaN);
    for (const row of rows) each[places.get(x[row]) ?? 0] = y[row];
    return each;
  });
  if (spec.type !== "line") return { kind: "bars", names, flat: lying(names), values };
  return {
    kind: "lines",
    names,
    lines: values.map((each) => {
      const there = each.flatMap((value, place) => (Number.isNaN(value) ? [] : [place]));
      return { x: there, y: there.map((place) => each[place]) };
    }),
  };
}

/** Names as they come, `other` last; numbers by their size, upwards on an upright axis. */
function inOrder(names: string[], upright: boolean): string[] {
  if (names.every((name) => name === "missing" || Number.isFinite(Number(name))))
    return names.sort((a, b) => (upright ? -1 : 1) * (Number(a) - Number(b) || 0));
  return names.sort((a, b) => Number(a === "other") - Number(b === "other"));
}

function boxesOf(table: Table): Marks {
  const names = texts(table, "x");
  const of = (name: string): number[] => numbers(table, name);
  const [n, least, low, q25, median] = ["n", "least", "low", "q25", "median"].map(of);
  const [q75, high, most, beyond] = ["q75", "high", "most", "beyond"].map(of);
  const boxes = names.map((name, i) => ({
    name,
    rows: n[i],
    least: least[i],
    low: low[i],
    q25: q25[i],
    median: median[i],
    q75: q75[i],
    high: high[i],
    most: most[i],
    beyond: beyond[i],
  }));
  return { kind: "boxes", flat: lying(names), boxes };
}

function heatOf(spec: ChartSpec, table: Table, xEdges: number[] | undefined, yEdges: number[] | undefined): Marks {
  const axis = (name: "x" | "y", edges: number[] | undefined): { axis: HeatAxis; places: number[] } => {
    if (edges) return { axis: { edges }, places: numbers(table, name) };
    const each = texts(table, name);
    const names = inOrder([...new Set(each)], name === "y");
    return { axis: { names }, places: each.map((one) => names.indexOf(one)) };
  };
  const [x, y, value] = [axis("x", xEdges), axis("y", yEdges), numbers(table, "value")];
  return {
    kind: "heat",
    x: x.axis,
    y: y.axis,
    cells: value.map((each, i) => ({ column: x.places[i], row: y.places[i], value: each })),
    valueLabel: spec.color ? `mean of ${spec.color}` : "rows",
  };
}

/** Bars lie down when there are many, or when their names are long: names stay readable without turning. */
function lying(names: readonly string[]): boolean {
  const longest = names.reduce((most, name) => Math.max(most, name.length), 0);
  return names.length > 14 || longest * names.length > 90;
}

export function binNames(edges: readonly number[]): string[] {
  return edges.slice(0, -1).map((from, bin) => `${formatNumber(from, 4)} – ${formatNumber(edges[bin + 1], 4)}`);
}

function notesOf(spec: ChartSpec, table: Table, facts: ChartFacts, counted: boolean): string[] {
  const { rows, drawn, values, steps, dots } = facts;
  const notes: string[] = [];
  if (dots !== undefined) notes.push(`${formatCount(dots)} of ${formatCount(drawn)} rows, evenly spaced`);
  if (facts.added) notes.push(`rows with the same ${spec.x} are added up`);
  if (steps !== undefined && values !== undefined)
    notes.push(`${formatCount(values)} values of ${spec.x} in ${steps} steps, each the mean of its values`);
  else if (values !== undefined && spec.type === "heat") notes.push("the most frequent names, all others as one");
  else if (values !== undefined) {
    const shown = new Set(texts(table, "x")).size;
    const which = counted || spec.type === "box" ? `the ${shown} most frequent of` : `the first ${shown} of`;
    notes.push(`${which} ${formatCount(values)} values of ${spec.x}`);
  }
  if (spec.type === "box" && numbers(table, "beyond").some((rows) => rows > 0))
    notes.push("whiskers to the last value within 1.5 quartile distances, dots at the least and the most");
  if (values === undefined && rows > drawn) notes.push(`${formatCount(rows - drawn)} missing left out`);
  return notes;
}

function summaryOf(
  spec: ChartSpec,
  { xLabel, yLabel, series }: Pick<ChartData, "xLabel" | "yLabel" | "series">,
  marks: Marks,
  { drawn, dots }: ChartFacts,
): string {
  const by = spec.color && marks.kind !== "heat" ? `, by ${spec.color}` : "";
  if (drawn === 0) return `A ${spec.type} chart of ${yLabel}${xLabel && ` by ${xLabel}`} without any value.`;
  switch (marks.kind) {
    case "dots":
      return `Scatter of ${formatCount(dots ?? drawn)} points: ${xLabel} ${rangeOf(marks.dots.flatMap(({ x }) => x))}, ${yLabel} ${rangeOf(marks.dots.flatMap(({ y }) => y))}${by}.`;
    case "lines":
      return `A line chart of ${yLabel} by ${xLabel}, ${yLabel} ${rangeOf(marks.lines.flatMap(({ y }) => y))}${by}.`;
    case "boxes":
      return `Boxes of ${yLabel}${xLabel && ` by ${xLabel}`} over ${formatCountOf(drawn, "row")}: ${marks.boxes
        .slice(0, 6)
        .map(({ name, median }) => `${name && `${name} `}median ${formatNumber(median, 4)}`)
        .join(", ")}.`;
    case "heat":
      return `A heat map of ${marks.valueLabel} by ${xLabel} and ${yLabel}, ${formatCount(marks.cells.length)} cells, ${rangeOf(marks.cells.map(({ value }) => value))}.`;
    case "bars": {
      const totals = marks.names.map((_, i) => marks.values.reduce((sum, each) => sum + (each[i] || 0), 0));
      const place = (best: (...values: number[]) => number): number => totals.indexOf(best(...totals));
      const named = (i: number): string => `${marks.names[i]} with ${formatNumber(totals[i])}`;
      return `A ${spec.type === "histogram" ? "histogram" : "bar chart"} of ${yLabel} by ${xLabel}, ${formatCount(marks.names.length)} values${series.length > 1 ? ` in ${series.length} series` : ""}: most ${named(place(Math.max))}, least ${named(place(Math.min))}.`;
    }
  }
}

function rangeOf(values: readonly number[]): string {
  if (values.length === 0) return "without values";
  const [low, high] = extent(values);
  return `from ${formatNumber(low)} to ${formatNumber(high)}`;
}

export function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The marks under the names that the reader knows; bins in words. */
function tableOf(spec: ChartSpec, table: Table, { xEdges, yEdges }: ChartFacts, yLabel: string): Table {
  const titles: Record<string, string> = {
    x: spec.x,
    y: yLabel,
    series: spec.color ?? "",
    n: "rows",
    value: spec.color ? `mean of ${spec.color}` : "rows",
  };
  const hidden = new Set([
    ...(spec.color && spec.type !== "heat" ? [] : ["series"]),
    // Where the rows are what is drawn, once is enough.
    ...(spec.type === "scatter" || (spec.type === "heat" && !spec.color) || (yLabel === "rows" && columnOf(table, "y"))
      ? ["n"]
      : []),
    ...(spec.type === "box" && spec.y === undefined ? ["x"] : []),
  ]);
  const taken = new Set<string>();
  const columns = table.columns
    .filter(({ name }) => !hidden.has(name))
    .map((column): Column => {
      const edges = { x: xEdges, y: yEdges }[column.name];
      let name = titles[column.name] ?? column.name;
      while (taken.has(name)) name += " ";
      taken.add(name);
      if (!edges) return { ...column, name };
      const words = binNames(edges);
      return { kind: "string", name, values: Array.from(numbers(table, column.name), (bin) => words[bin]) };
    });
  return { rows: table.rows, columns };
}

/** The colour of a series: its place in the palette. */
export function seriesColour(index: number): string {
  return `var(--class-${(index % 8) + 1})`;
}
