import { numberOf, numbersOf, type Question } from "./question";

/** What the choice of bins needs to know. */
export interface Spread {
  /** Values that are there. */
  count: number;
  low: number;
  high: number;
  q25: number;
  q75: number;
  /** Whole numbers only. */
  whole: boolean;
  distinct: number;
}

export async function spreadOf({ ask, from }: Question, number: string): Promise<Spread> {
  // A list would come back in single precision: its elements are taken out here.
  const found = await ask(
    `select n, d, whole, low, high, q[1] as q25, q[2] as q75 from (select count(v)::double as n, approx_count_distinct(v)::double as d, bool_and(v = floor(v))::integer as whole, min(v) as low, max(v) as high, quantile_cont(v, [0.25, 0.75]) as q from (select ${number} as v from ${from}))`,
  );
  const [low, high, q25, q75] = ["low", "high", "q25", "q75"].map((name) => numbersOf(found, name)[0]);
  return {
    count: numberOf(found, "n"),
    low,
    high,
    q25,
    q75,
    whole: numberOf(found, "whole") === 1,
    distinct: numberOf(found, "d"),
  };
}

/**
 * Round edges of equal bins: the width of Freedman and Diaconis (1981), 2·IQR·n^(-1/3), brought to 1, 2 or 5 times a power
 * of ten, with about 8 bins at least and `most` at most; of whole numbers none is narrower than 1. Empty where there is no value.
 */
export function binEdges({ count, low, high, q25, q75, whole }: Omit<Spread, "distinct">, most = 40): number[] {
  if (count === 0) return [];
  if (low === high) return [low - 0.5, low + 0.5];
  const range = high - low;
  const ideal = q75 > q25 ? (2 * (q75 - q25)) / Math.cbrt(count) : range / 20;
  const width = Math.max(whole ? 1 : 0, roundWidth(Math.min(range / 8, Math.max(range / most, ideal))));
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

/** The place of a number's bin, from 0, as SQL; the last bin takes its upper edge in. No number has none: the engine's `least` and `greatest` pass over NULL. */
export function binSql(edges: readonly number[], number: string): string {
  const width = (edges[edges.length - 1] - edges[0]) / (edges.length - 1);
  const place = `greatest(0, least(${edges.length - 2}, floor((${number} - (${edges[0]})) / ${width} + 1e-9)))`;
  return `case when ${number} is not null then ${place} end`;
}
