/** How a feature's values become bins: 0 is missing, values count from 1. */
export type BinnedFeature =
  /** A value's bin is 1 + how many of the rising edges are below it: at most `edges[b - 1]` means bin `b` or lower. */
  | { kind: "number"; name: string; edges: Float32Array }
  /** By category code; 0 for one too rare for a bin of its own. */
  | { kind: "category"; name: string; bins: Uint8Array };

/**
 * Binary trees, flat. Tree `t` has the nodes `starts[t]` to `starts[t + 1]`, its root first. With two classes a round has
 * one tree, of the second class's log odds; with more it has a tree a class.
 */
export interface Trees {
  starts: Uint32Array;
  /** By node from here on. The feature that an inner node asks for. */
  feature: Uint16Array;
  /** Of a number: bins 1 to this go left. */
  bin: Uint8Array;
  /** Of a category: which of `sets` goes left; -1 for a number. */
  set: Int32Array;
  /** Whether bin 0 goes left. */
  missingLeft: Uint8Array;
  /** The left child, counted from the tree's root; the right one follows it. 0 is a leaf. */
  left: Uint8Array;
  /** What a leaf adds to the class's score; 0 for inner nodes. */
  value: Float32Array;
  /** Sets of bins, 32 bytes each: bit `b & 7` of byte `b >> 3` is bin `b`. */
  sets: Uint8Array;
}

export interface GbdtModel {
  classes: number;
  /** Scores before the first tree: the log odds of the second of two classes, or the log priors. */
  base: Float32Array;
  features: BinnedFeature[];
  trees: Trees;
  /** Rounds kept: with early stopping, those up to the best. */
  rounds: number;
  /** By feature: the loss taken off by its splits, as estimated by their gains. */
  importance: Float64Array;
}

/** Columns of scores, and trees a round. */
export const outputsOf = (classes: number): number => (classes === 2 ? 1 : classes);

/** A node of a grown tree. */
export type Node =
  | { kind: "leaf"; value: number }
  | { kind: "number"; feature: number; bin: number; missingLeft: boolean; left: number }
  | { kind: "category"; feature: number; set: Uint8Array; missingLeft: boolean; left: number };

/** Packs trees, given node by node, into flat arrays. */
export function packTrees(trees: readonly (readonly Node[])[]): Trees {
  const nodes = trees.flat();
  const categories = nodes.filter((node) => node.kind === "category");
  const packed: Trees = {
    starts: new Uint32Array(trees.length + 1),
    feature: new Uint16Array(nodes.length),
    bin: new Uint8Array(nodes.length),
    set: new Int32Array(nodes.length).fill(-1),
    missingLeft: new Uint8Array(nodes.length),
    left: new Uint8Array(nodes.length),
    value: new Float32Array(nodes.length),
    sets: new Uint8Array(categories.length * 32),
  };
  for (const [index, tree] of trees.entries()) packed.starts[index + 1] = packed.starts[index] + tree.length;
  let sets = 0;
  for (const [index, node] of nodes.entries()) {
    if (node.kind === "leaf") {
      packed.value[index] = node.value;
      continue;
    }
    packed.feature[index] = node.feature;
    packed.left[index] = node.left;
    packed.missingLeft[index] = node.missingLeft ? 1 : 0;
    if (node.kind === "number") packed.bin[index] = node.bin;
    else {
      packed.sets.set(node.set, sets * 32);
      packed.set[index] = sets++;
    }
  }
  return packed;
}

export const setHas = (sets: Uint8Array, set: number, bin: number): boolean =>
  ((sets[set * 32 + (bin >> 3)] >> (bin & 7)) & 1) === 1;
