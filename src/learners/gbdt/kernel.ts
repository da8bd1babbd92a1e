import { GBDT_WASM } from "../kernels/gbdt.wasm";
import type { KernelMemory } from "../kernels/memory";

/** What assembly/gbdt.ts exports; addresses and counts are whole numbers. */
export interface GbdtKernel {
  order(pairs: number, rows: number, count: number, out: number): void;
  accumulate(
    group: number,
    width: number,
    wanted: number,
    rows: number,
    count: number,
    pairs: number,
    histogram: number,
    afresh: boolean,
  ): void;
  bound(
    rows: number,
    hessian: number,
    l2: number,
    smooth: number,
    extra: number,
    most: number,
    ofCategory: number,
    ofStep: number,
  ): void;
  split(
    histogram: number,
    sibling: number,
    features: number,
    count: number,
    bins: number,
    kinds: number,
    totals: number,
    out: number,
    scratch: number,
  ): void;
  part(rows: number, count: number, column: number, width: number, goesLeft: number, spare: number): number;
  multiply(rows: number, count: number, column: number, factor: number): void;
  normalise(shares: number, columns: number, stride: number, from: number, to: number, scratch: number): void;
  sharesOfOdds(odds: number, shares: number, from: number, to: number): void;
  measure(shares: number, labels: number, label: number, count: number, out: number): void;
  weighLimit(shares: number, labels: number, label: number, count: number, limit: number, out: number): void;
  choose(
    shares: number,
    labels: number,
    label: number,
    count: number,
    limit: number,
    seed: number,
    gradientScale: number,
    hessianScale: number,
    pairs: number,
    own: number,
    others: number,
  ): number;
  sumUp(rows: number, count: number, shares: number, labels: number, label: number, out: number): void;
  gradients(
    shares: number,
    labels: number,
    label: number,
    count: number,
    gradientScale: number,
    hessianScale: number,
    pairs: number,
  ): void;
  sort(values: number, count: number, spare: number, counts: number): void;
  bin(values: number, count: number, edges: number, step: number, out: number, stride: number, shift: number): void;
  spread(table: number, node: number, bin: number, missingLeft: number, set: number, left: number, right: number): void;
  spreadLeaf(table: number, node: number): void;
  apply(
    table: number,
    places: number,
    values: number,
    root: number,
    bins: number,
    bytes: number,
    count: number,
    out: number,
  ): void;
}

/** Bytes of a feature's histogram; an entry has four i32: gradient, hessian, rows, nothing. */
export const FEATURE_BYTES = 4160;

/** Features whose bins stand together, a cache line a row. */
export const GROUP = 64;

export const gbdtKernel = (memory: KernelMemory): GbdtKernel => memory.kernel<GbdtKernel>(GBDT_WASM);

/** Sorts up to `most` numbers without NaN, in less than a tenth of the time of the engine's own sort. */
export function sorter(memory: KernelMemory, kernel: GbdtKernel, most: number): (values: Float32Array) => Float32Array {
  const at = memory.room(Float32Array, most);
  const spare = memory.room(Float32Array, most);
  const counts = memory.room(Uint32Array, 2048);
  return (values) => {
    memory.view(Float32Array, at, values.length).set(values);
    kernel.sort(at, values.length, spare, counts);
    values.set(memory.view(Float32Array, at, values.length));
    return values;
  };
}

/** A multiple of `unit` that is at least `value`. */
export const upTo = (value: number, unit: number): number => Math.ceil(value / unit) * unit;
