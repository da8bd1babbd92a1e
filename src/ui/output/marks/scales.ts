import { formatNumber } from "../../parts/format";

/** An axis of a plot: numbers between two ends, or names side by side. */
export type Axis =
  | { kind: "numbers"; low: number; high: number; ticks: number[] }
  | { kind: "names"; names: readonly string[] };

/** A plot's inner rectangle, in px from its upper left corner. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

const LETTER = 6.3;
const LONGEST = 18;

/** Ticks at multiples of 1, 2 or 5 times a power of ten, about `count` of them, between the ends. */
export function ticksOf(low: number, high: number, count: number): number[] {
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((times) => times * power >= raw * 0.999) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** An axis around these numbers, a little wider; with `zero` it reaches to 0. */
export function numberAxis(low: number, high: number, options: { zero?: boolean; count?: number } = {}): Axis {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { kind: "numbers", low: 0, high: 1, ticks: [0, 1] };
  let [from, to] = options.zero ? [Math.min(0, low), Math.max(0, high)] : [low, high];
  if (from === to) [from, to] = from === 0 ? [0, 1] : [from - Math.abs(from) / 2, to + Math.abs(to) / 2];
  const room = (to - from) * 0.04;
  if (!options.zero || from < 0) from -= room;
  if (!options.zero || to > 0) to += room;
  return { kind: "numbers", low: from, high: to, ticks: ticksOf(from, to, options.count ?? 6) };
}

/** Bins: the axis ends at their edges. */
export function edgeAxis(edges: readonly number[]): Axis {
  if (edges.length < 2) return numberAxis(Number.NaN, Number.NaN);
  const [low, high] = [edges[0], edges[edges.length - 1]];
  return { kind: "numbers", low, high, ticks: ticksOf(low, high, 10) };
}

/** A value's place on an axis of `length` px; a name's is the middle of its band. */
export function placeOn(axis: Axis, length: number): (value: number) => number {
  if (axis.kind === "names") return (value) => ((value + 0.5) / Math.max(1, axis.names.length)) * length;
  const { low, high } = axis;
  return (value) => ((value - low) / (high - low)) * length;
}

export function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

export interface Label {
  at: number;
  text: string;
}

/** The labels that have room: each as wide (or high) as its text, none over another. */
export function labelsOf(axis: Axis, length: number, across: boolean): Label[] {
  const place = placeOn(axis, length);
  if (axis.kind === "numbers") {
    const all = axis.ticks.map((tick) => ({ at: place(tick), text: formatNumber(tick, 6) }));
    const widest = Math.max(1, ...all.map(({ text }) => (across ? text.length * LETTER + 14 : 18)));
    return everyNth(all, Math.ceil((all.length * widest) / Math.max(1, length)));
  }
  const all = axis.names.map((name, i) => ({ at: place(i), text: shorten(name === "" ? "(empty)" : name) }));
  const widest = Math.max(1, ...all.map(({ text }) => (across ? text.length * LETTER + 10 : 13)));
  return everyNth(all, Math.ceil((all.length * widest) / Math.max(1, length)));
}

function everyNth<T>(all: readonly T[], n: number): T[] {
  return all.filter((_, i) => i % Math.max(1, n) === 0);
}

/** Px that the labels of an upright axis need. */
export function labelWidth(axis: Axis): number {
  const texts = axis.kind === "numbers" ? axis.ticks.map((tick) => formatNumber(tick, 6)) : axis.names.map(shorten);
  return Math.max(28, Math.min(140, Math.max(0, ...texts.map((text) => text.length)) * LETTER + 12));
}
