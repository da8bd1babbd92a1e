import type { FeatureTable } from "../feature-table";
import { KernelMemory } from "../kernels/memory";
import { expOfNegative, softmax } from "../portable";
import { BinWriter } from "./binned";
import { checkFeatures } from "./check";
import { type GbdtKernel, gbdtKernel, upTo } from "./kernel";
import { type GbdtModel, outputsOf, type Trees } from "./model";

/** Bins of so many bytes go through all trees at a time: they stay in the second-level cache. */
const BLOCK_BYTES = 262_144;

/** Rows that walk down a tree together; their bins stand side by side. */
const LANES = 8;
const LANES_SHIFT = 3;

/** Rows times trees between two yields: about a millisecond. */
const WALKS_A_STEP = 300_000;

/**
 * Probabilities of every row, rows x classes. Yields the share done.
 * @throws Fault `learner-input` where the rows have other features than the model was fitted with
 */
export function* predictGbdt(model: GbdtModel, table: FeatureTable): Generator<number, Float64Array> {
  checkFeatures(model.features, table);
  const { classes, base, trees, features } = model;
  const outputs = outputsOf(classes);
  const memory = new KernelMemory();
  const kernel = gbdtKernel(memory);
  const stride = features.length * LANES;
  const block = Math.max(512, Math.min(8192, upTo(BLOCK_BYTES / features.length, LANES)));
  const bins = memory.room(Uint8Array, block * features.length);
  const scores = memory.room(Float32Array, block * outputs);
  const writer = new BinWriter(memory, kernel, block);
  const walker = new TreeWalker(memory, kernel, trees);
  const count = trees.starts.length - 1;
  const treesAStep = Math.ceil(WALKS_A_STEP / block);
  const probabilities = new Float64Array(table.rows * classes);
  for (let from = 0; from < table.rows; from += block) {
    const rows = Math.min(block, table.rows - from);
    for (const [index, feature] of table.features.entries()) {
      writer.write(feature, features[index], from, rows, { at: bins + index * LANES, stride, shift: LANES_SHIFT });
    }
    for (const [output, score] of base.entries()) {
      memory.view(Float32Array, scores + output * block * 4, block).fill(score);
    }
    for (let tree = 0; tree < count; tree++) {
      walker.add(tree, { bins, stride, rows }, scores + (tree % outputs) * block * 4);
      if (tree % treesAStep === 0) yield (from + (rows * tree) / count) / table.rows;
    }
    const out = probabilities.subarray(from * classes, (from + rows) * classes);
    toProbabilities(memory.view(Float32Array, scores, block * outputs), block, out, classes);
  }
  return probabilities;
}

/** Column-wise scores to row-wise probabilities. */
function toProbabilities(scores: Float32Array, stride: number, out: Float64Array, classes: number): void {
  const rows = out.length / classes;
  for (let row = 0; row < rows; row++) {
    if (classes === 2) {
      const away = expOfNegative(-Math.abs(scores[row]));
      const likely = scores[row] > 0 ? 1 : 0;
      out[row * 2 + likely] = 1 / (1 + away);
      out[row * 2 + 1 - likely] = away / (1 + away);
      continue;
    }
    const own = out.subarray(row * classes, (row + 1) * classes);
    for (let k = 0; k < classes; k++) own[k] = scores[k * stride + row];
    softmax(own);
  }
}

/** Leads rows down one tree after the other, each of which is first spread out to a table: node and bin to next node. */
class TreeWalker {
  private readonly table: number;
  private readonly places: number;
  private readonly values: number;
  private readonly set: number;
  private readonly states = new Uint8Array(256);

  constructor(
    private readonly memory: KernelMemory,
    private readonly kernel: GbdtKernel,
    private readonly trees: Trees,
  ) {
    this.table = memory.room(Uint8Array, 256 * 256);
    this.places = memory.room(Uint32Array, 256);
    this.values = memory.room(Float32Array, LEAF);
    this.set = memory.room(Uint8Array, 32);
  }

  /** Adds the tree's value for each row to the scores. */
  add(tree: number, { bins, stride, rows }: { bins: number; stride: number; rows: number }, scores: number): void {
    const root = this.spread(tree);
    this.kernel.apply(this.table, this.places, this.values, root, bins, stride, rows, scores);
  }

  /** Inner nodes are numbered from 0 and leaves from 128. Returns the root's number. */
  private spread(tree: number): number {
    const { trees, states, kernel, memory, table } = this;
    const first = trees.starts[tree];
    const nodes = trees.starts[tree + 1] - first;
    let inner = 0;
    let leaves = 0;
    for (let i = 0; i < nodes; i++) states[i] = trees.left[first + i] === 0 ? LEAF + leaves++ : inner++;
    const places = memory.view(Uint32Array, this.places, 256);
    const values = memory.view(Float32Array, this.values, LEAF);
    for (let i = 0; i < nodes; i++) {
      const node = first + i;
      const left = trees.left[node];
      const state = states[i];
      if (left === 0) {
        values[state - LEAF] = trees.value[node];
        places[state] = 0;
        kernel.spreadLeaf(table, state);
        continue;
      }
      places[state] = trees.feature[node] * LANES;
      const set = trees.set[node];
      if (set >= 0) memory.view(Uint8Array, this.set, 32).set(trees.sets.subarray(set * 32, set * 32 + 32));
      kernel.spread(
        table,
        state,
        trees.bin[node],
        trees.missingLeft[node],
        set < 0 ? 0 : this.set,
        states[left],
        states[left + 1],
      );
    }
    return states[0];
  }
}

const LEAF = 128;
