import type { Random } from "../../base";
import type { Feature } from "../feature-table";
import type { BinnedFeature } from "./model";

/** Quantiles of so many rows are as good as those of all; scikit-learn takes as many. */
const ROWS_FOR_QUANTILES = 200_000;

/** The rows whose values decide the bins: all, or a seeded choice, one from each of equal stretches. */
export function rowsForBins(rows: number, random: Random): Uint32Array {
  if (rows <= ROWS_FOR_QUANTILES) return Uint32Array.from({ length: rows }, (_, row) => row);
  return Uint32Array.from({ length: ROWS_FOR_QUANTILES }, (_, i) =>
    Math.floor(((i + random()) * rows) / ROWS_FOR_QUANTILES),
  );
}

/** Bytes less the one that says missing: as many categories have a bin of their own. */
const MOST_CATEGORIES = 255;

/** The bins of a feature, beside the one for missing values: for numbers at most `most`. `sort` sorts in place. */
export function fitBins(
  feature: Feature,
  rows: Uint32Array,
  most: number,
  sort: (values: Float32Array) => Float32Array,
): BinnedFeature {
  if (feature.kind === "category") {
    return { kind: "category", name: feature.name, bins: categoryBins(feature.codes, feature.categories, rows) };
  }
  const values = new Float32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = feature.values[row];
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return { kind: "number", name: feature.name, edges: edgesOf(sort(values.subarray(0, count)), most) };
}

/** The most frequent categories have a bin each, equal counts by code. */
function categoryBins(codes: Int32Array, categories: number, rows: Uint32Array): Uint8Array {
  const counts = new Uint32Array(categories);
  for (const row of rows) if (codes[row] >= 0 && codes[row] < categories) counts[codes[row]]++;
  const kept = Array.from(counts.keys()).filter((code) => counts[code] > 0);
  kept.sort((a, b) => counts[b] - counts[a] || a - b);
  const bins = new Uint8Array(categories);
  for (const [index, code] of kept.slice(0, MOST_CATEGORIES).entries()) bins[code] = index + 1;
  return bins;
}

/**
 * Edges between neighbouring distinct values: all of them where they are few, else so that bins hold about as many rows
 * each. A value that fills a bin by itself gets one, and the rest share what is left (as LightGBM's GreedyFindBin does).
 */
export function edgesOf(sorted: Float32Array, most: number): Float32Array {
  const starts: number[] = [];
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) starts.push(i);
  const edge = (index: number): number => middle(sorted[starts[index]], sorted[starts[index + 1]]);
  if (starts.length <= most) return Float32Array.from({ length: Math.max(0, starts.length - 1) }, (_, i) => edge(i));
  const countOf = (index: number): number => (starts[index + 1] ?? sorted.length) - starts[index];
  const isLarge = (index: number): boolean => countOf(index) * most >= sorted.length;
  let bins = most;
  let rows = sorted.length;
  for (let i = 0; i < starts.length; i++) {
    if (!isLarge(i)) continue;
    bins--;
    rows -= countOf(i);
  }
  const edges: number[] = [];
  let inBin = 0;
  let target = rows / bins;
  for (let i = 0; i + 1 < starts.length && edges.length < most - 1; i++) {
    const large = isLarge(i);
    inBin += countOf(i);
    if (!large) rows -= countOf(i);
    if (!large && inBin < target && !(isLarge(i + 1) && inBin >= target / 2)) continue;
    edges.push(edge(i));
    inBin = 0;
    if (large) continue;
    bins--;
    target = rows / bins;
  }
  return Float32Array.from(edges);
}

/** A single-precision number that is at least `low` and below `high`: the middle, where it can be. */
function middle(low: number, high: number): number {
  if (low === -Infinity) return low;
  if (high === Infinity) return LARGEST;
  const centre = Math.fround(low / 2 + high / 2);
  return centre < high ? Math.max(low, centre) : low;
}

const LARGEST = 3.4028234663852886e38;
