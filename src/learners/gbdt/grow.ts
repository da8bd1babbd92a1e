import type { KernelMemory } from "../kernels/memory";
import { type BinnedRows, columnOf } from "./binned";
import { FEATURE_BYTES, type GbdtKernel, GROUP } from "./kernel";
import type { BinnedFeature, Node } from "./model";

/** Rows of one leaf: in the list that the tree is grown on and in the list of the others, which only follow. */
export interface Leaf {
  node: number;
  own: Stretch;
  others: Stretch;
  /** Whole-number sums over its own rows: gradient, hessian, rows. */
  totals: Int32Array;
  /** The histogram's address; 0 for none. */
  histogram: number;
  best?: Split;
}

interface Stretch {
  at: number;
  count: number;
}

interface Split {
  feature: number;
  /** Above the parent's own, in whole-number units. */
  gain: number;
  bin: number;
  missingLeft: boolean;
  /** A byte for each bin: whether it goes left. */
  goesLeft: Uint8Array;
  left: Int32Array;
}

export interface Growth {
  leaves: number;
  leastRows: number;
  /** Whole-number units of the hessian, and of the penalty. */
  l2: number;
}

export interface GrownTree {
  nodes: Node[];
  leaves: Leaf[];
  /** By feature, in whole-number units. */
  gains: Map<number, number>;
}

/** Bytes that a split is written in: see assembly/gbdt.ts. */
const SPLIT_BYTES = 288;

/** A step of the work between two yields, in bins that are added to histograms: about a millisecond. */
const BINS_A_STEP = 2_000_000;

/** Grows one tree after the other over the same binned rows. */
export class TreeGrower {
  /** Row numbers that the tree is grown on, and the other ones; as many as there are rows. */
  readonly own: number;
  readonly others: number;
  /** Gradient and hessian of every row as i32. */
  readonly pairs: number;
  private readonly ordered: number;
  private readonly spare: number;
  private readonly binCounts: number;
  private readonly kinds: number;
  private readonly features: number;
  private readonly wanted: number;
  private readonly totals: number;
  private readonly out: number;
  private readonly scratch: number;
  private featureCount = 0;
  private readonly pool: number[] = [];

  constructor(
    private readonly memory: KernelMemory,
    private readonly kernel: GbdtKernel,
    private readonly binned: BinnedRows,
    private readonly fitted: readonly BinnedFeature[],
  ) {
    const { rows } = binned;
    this.own = memory.room(Uint32Array, rows);
    this.others = memory.room(Uint32Array, rows);
    this.spare = memory.room(Uint32Array, rows);
    this.pairs = memory.room(Int32Array, 2 * rows);
    this.ordered = memory.room(Int32Array, 2 * rows);
    this.binCounts = memory.put(Int32Array.from(fitted, binCount));
    this.kinds = memory.put(Uint8Array.from(fitted, ({ kind }) => (kind === "category" ? 1 : 0)));
    this.features = memory.room(Uint32Array, fitted.length);
    this.wanted = memory.room(Uint8Array, binned.groups.length * (GROUP / 8));
    this.totals = memory.room(Int32Array, 4);
    this.out = memory.room(Uint8Array, SPLIT_BYTES);
    this.scratch = memory.room(Uint8Array, 2048);
  }

  /** The features that the next trees may ask for. */
  allow(features: Uint32Array): void {
    this.featureCount = features.length;
    this.memory.view(Uint32Array, this.features, features.length).set(features);
    const wanted = this.memory.view(Uint8Array, this.wanted, this.binned.groups.length * (GROUP / 8)).fill(0);
    for (const feature of features) wanted[feature >> 3] = 1;
  }

  /** A tree over the first `ownCount` rows of `own`; the first `othersCount` of `others` are led to its leaves as well. */
  *grow(ownCount: number, othersCount: number, growth: Growth): Generator<void, GrownTree> {
    const root: Leaf = {
      node: 0,
      own: { at: this.own, count: ownCount },
      others: { at: this.others, count: othersCount },
      totals: new Int32Array(4),
      histogram: 0,
    };
    const nodes: Node[] = [{ kind: "leaf", value: 0 }];
    const leaves = [root];
    const gains = new Map<number, number>();
    root.histogram = yield* this.histogramOf(root);
    root.totals = this.totalsOf(root.histogram);
    if (ownCount >= 2 * growth.leastRows) this.findSplit(root, 0, growth);
    while (leaves.length < growth.leaves) {
      const parent = bestOf(leaves);
      if (!parent?.best) break;
      const { best } = parent;
      gains.set(best.feature, (gains.get(best.feature) ?? 0) + best.gain);
      nodes[parent.node] = nodeOf(best, this.fitted[best.feature], nodes.length);
      const pair = this.divide(parent, best, nodes.length);
      nodes.push({ kind: "leaf", value: 0 }, { kind: "leaf", value: 0 });
      leaves.splice(leaves.indexOf(parent), 1, ...pair);
      const smaller = pair[0].own.count <= pair[1].own.count ? 0 : 1;
      if (leaves.length < growth.leaves) yield* this.weigh(pair[smaller], pair[1 - smaller], parent.histogram, growth);
      else this.release(parent.histogram);
    }
    for (const leaf of leaves) this.release(leaf.histogram);
    return { nodes, leaves, gains };
  }

  /** Histograms and best splits of two siblings: the smaller one's is counted, the other's is what it leaves of the parent's. */
  private *weigh(smaller: Leaf, larger: Leaf, parent: number, growth: Growth): Generator<void, void> {
    if (larger.own.count < 2 * growth.leastRows) return this.release(parent);
    smaller.histogram = yield* this.histogramOf(smaller);
    larger.histogram = parent;
    this.findSplit(larger, smaller.histogram, growth);
    if (smaller.own.count >= 2 * growth.leastRows) this.findSplit(smaller, 0, growth);
    for (const leaf of [smaller, larger]) {
      if (leaf.best) continue;
      this.release(leaf.histogram);
      leaf.histogram = 0;
    }
  }

  private *histogramOf({ own }: Leaf): Generator<void, number> {
    const { kernel, binned } = this;
    const histogram = this.pool.pop() ?? this.memory.room(Uint8Array, this.histogramBytes());
    kernel.order(this.pairs, own.at, own.count, this.ordered);
    for (const [index, { at, width }] of binned.groups.entries()) {
      const rows = Math.ceil(BINS_A_STEP / width);
      for (let from = 0; from < own.count; from += rows) {
        const count = Math.min(rows, own.count - from);
        kernel.accumulate(
          at,
          width,
          this.wanted + index * (GROUP / 8),
          own.at + from * 4,
          count,
          this.ordered + from * 8,
          histogram + index * GROUP * FEATURE_BYTES,
          from === 0,
        );
        yield;
      }
    }
    return histogram;
  }

  private histogramBytes(): number {
    return this.binned.groups.reduce((total, { width }) => total + width * FEATURE_BYTES, 0);
  }

  private release(histogram: number): void {
    if (histogram !== 0) this.pool.push(histogram);
  }

  /** The sums over all rows: those over the bins of any one feature. */
  private totalsOf(histogram: number): Int32Array {
    const [feature] = this.memory.view(Uint32Array, this.features, 1);
    const entries = this.memory.view(Int32Array, histogram + feature * FEATURE_BYTES, 4 * 256);
    const totals = new Int32Array(4);
    const used = 4 * (binCount(this.fitted[feature]) + 1);
    for (let i = 0; i < used; i += 4) for (let part = 0; part < 3; part++) totals[part] += entries[i + part];
    return totals;
  }

  private findSplit(leaf: Leaf, sibling: number, { l2 }: Growth): void {
    const { memory, kernel, totals, out } = this;
    memory.view(Int32Array, totals, 4).set(leaf.totals);
    kernel.split(
      leaf.histogram,
      sibling,
      this.features,
      this.featureCount,
      this.binCounts,
      this.kinds,
      totals,
      out,
      this.scratch,
    );
    const [feature, bin, missingLeft] = memory.view(Int32Array, out, 3);
    if (feature < 0) return;
    const left = memory.view(Int32Array, out + 16, 4).slice();
    const right = leaf.totals.map((total, i) => total - left[i]);
    const gain = gainOf(left, l2) + gainOf(right, l2) - gainOf(leaf.totals, l2);
    // The kernel looks for the best in single precision; what is no more than its error is no gain.
    if (!(gain > 1e-6 * gainOf(leaf.totals, l2))) return;
    const goesLeft = memory.view(Uint8Array, out + 32, 256).slice();
    leaf.best = { feature, gain, bin, missingLeft: missingLeft === 1, goesLeft, left };
  }

  /** The two leaves that a leaf becomes. */
  private divide(parent: Leaf, { feature, goesLeft, left }: Split, node: number): [Leaf, Leaf] {
    const { memory, kernel, spare } = this;
    const { at, width } = columnOf(this.binned, feature);
    const lut = this.scratch;
    memory.view(Uint8Array, lut, 256).set(goesLeft);
    const ownLeft = kernel.part(parent.own.at, parent.own.count, at, width, lut, spare);
    const othersLeft = kernel.part(parent.others.at, parent.others.count, at, width, lut, spare);
    const leaf = (side: 0 | 1): Leaf => ({
      node: node + side,
      own: stretch(parent.own, ownLeft, side),
      others: stretch(parent.others, othersLeft, side),
      totals: side === 0 ? left : parent.totals.map((total, i) => total - left[i]),
      histogram: 0,
    });
    return [leaf(0), leaf(1)];
  }
}

function stretch({ at, count }: Stretch, left: number, side: 0 | 1): Stretch {
  return side === 0 ? { at, count: left } : { at: at + left * 4, count: count - left };
}

/** Bins of values, beside the one for missing. */
export function binCount(feature: BinnedFeature): number {
  if (feature.kind === "number") return feature.edges.length + 1;
  return feature.bins.reduce((most, bin) => Math.max(most, bin), 0);
}

function gainOf(sums: Int32Array, l2: number): number {
  return (sums[0] * sums[0]) / (sums[1] + l2);
}

/** The leaf whose split gains most; the first of equals. */
function bestOf(leaves: readonly Leaf[]): Leaf | undefined {
  let found: Leaf | undefined;
  for (const leaf of leaves) {
    if (leaf.best && (!found?.best || leaf.best.gain > found.best.gain)) found = leaf;
  }
  return found;
}

function nodeOf({ feature, bin, missingLeft, goesLeft }: Split, { kind }: BinnedFeature, left: number): Node {
  if (kind === "number") return { kind, feature, bin, missingLeft, left };
  const set = new Uint8Array(32);
  for (let b = 0; b < 256; b++) if (goesLeft[b] === 1) set[b >> 3] |= 1 << (b & 7);
  return { kind, feature, set, missingLeft, left };
}
