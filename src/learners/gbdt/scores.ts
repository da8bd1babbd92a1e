import type { KernelMemory } from "../kernels/memory";
import { priors } from "../linear";
import { expOfNegative, log } from "../portable";
import { type GbdtKernel, upTo } from "./kernel";
import { outputsOf } from "./model";

/** Numbers that are brought up to date between two yields: about a millisecond. */
const SHARES_A_STEP = 1_000_000;

/**
 * Where the rows stand while trees are added. A tree's values are factors here: a row's share of a class, or its odds with
 * two classes, is multiplied by e^value, which needs an exponential a leaf and none a row.
 */
export class Scores {
  /** Score columns, rows apart: the shares themselves, or the odds of the second of two classes. */
  private readonly columns: number;
  private readonly shares: number;
  private readonly scratch: number;
  private readonly outputs: number;
  /** Rows, up to a whole number of 64; those past the last have no label. */
  readonly stride: number;

  constructor(
    private readonly memory: KernelMemory,
    private readonly kernel: GbdtKernel,
    rows: number,
    private readonly classes: number,
    base: Float32Array,
  ) {
    this.outputs = outputsOf(classes);
    this.stride = upTo(rows, 64);
    this.shares = memory.room(Float32Array, this.stride * this.outputs);
    this.columns = classes === 2 ? memory.room(Float32Array, this.stride) : this.shares;
    for (const [k, score] of base.entries()) {
      memory.view(Float32Array, this.column(k), this.stride).fill(exponential(score));
    }
    this.scratch = memory.room(Uint8Array, 256);
  }

  /** The address of the scores of an output. */
  column = (output: number): number => this.columns + output * this.stride * 4;

  /** The address of the shares of an output's class. */
  share = (output: number): number => this.shares + output * this.stride * 4;

  /** Makes shares of the scores. */
  *refresh(): Generator<void, void> {
    const { kernel, stride, outputs } = this;
    const step = upTo(SHARES_A_STEP / outputs, 64);
    for (let from = 0; from < stride; from += step) {
      const to = Math.min(stride, from + step);
      if (this.classes === 2) kernel.sharesOfOdds(this.columns, this.shares, from, to);
      else kernel.normalise(this.shares, outputs, stride * 4, from, to, this.scratch);
      yield;
    }
  }

  /** Mean negative logarithm of the label's share over some rows. */
  logLoss(rows: Uint32Array, labels: Int32Array): number {
    const shares = this.memory.view(Float32Array, this.shares, this.stride * this.outputs);
    let total = 0;
    for (const row of rows) {
      const label = labels[row];
      let share = shares[this.classes === 2 ? row : label * this.stride + row];
      if (this.classes === 2 && label === 0) share = 1 - share;
      total -= log(Math.max(share, 1e-15));
    }
    return total / rows.length;
  }
}

/** e^x in single precision. */
export const exponential = (x: number): number => Math.fround(x > 0 ? 1 / expOfNegative(-x) : expOfNegative(x));

/** Scores before the first tree: what the classes' shares say, one row added to each. */
export function baseOf(labels: Int32Array, classes: number): Float32Array {
  const shares = priors(labels, classes);
  if (classes === 2) return Float32Array.of(log(shares[1] / shares[0]));
  return Float32Array.from(shares, log);
}
