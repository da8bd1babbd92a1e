import type { Random } from "../../base";
import type { KernelMemory } from "../kernels/memory";
import { type Address, type NetKernels, padded } from "../kernels/nets";
import { dropoutOf } from "./dropout";
import type { Block, Parameters } from "./parameters";

export interface NetContext {
  memory: KernelMemory;
  kernels: NetKernels;
  parameters: Parameters;
}

/** Widths of a head; those of inputs and hidden layers are multiples of four. */
export interface HeadShape {
  inputs: number;
  hidden: readonly number[];
  classes: number;
}

/** Shares of a head's inputs and of its hidden units that a step leaves out; which ones follows from the seed. */
export interface Dropping {
  inputs: number;
  hidden: number;
  seed: number;
}

/** A head's weights without padding: matrices are inputs x outputs, row-major. */
export interface HeadWeights extends HeadShape {
  layers: { weights: Float32Array; bias: Float32Array }[];
  /** From the inputs to the classes at once, inputs x classes. */
  skip: Float32Array;
}

const NORM_OF_HIDDEN = 6;
const NORM_OF_OUTPUT = 1;

/**
 * Hidden layers with rectifier and dropout, then softmax; beside them a linear path from the inputs to the classes, which
 * took a point of accuracy off the distance to a linear model where that one is good. The caller writes `inputs` (rows x
 * width), and reads `probabilities` (rows x padded classes) and `inputSlopes`.
 */
export class Head {
  readonly inputs: Address;
  readonly inputSlopes: Address;
  private readonly layers: { weights: Block; bias: Block; from: number; to: number; out: Address; slopes: Address }[];
  private readonly skip: Block;
  private readonly panel: Address;
  /** Of the classes, padded. */
  readonly width: number;

  /** Declares the parameters; at most `most` rows at a time. */
  constructor(
    private readonly net: NetContext,
    private readonly shape: HeadShape,
    most: number,
  ) {
    const { memory, parameters } = net;
    this.width = padded(shape.classes);
    const widths = [shape.inputs, ...shape.hidden, this.width];
    const rows = (width: number) => memory.room(Float32Array, most * width);
    this.inputs = rows(shape.inputs);
    this.inputSlopes = rows(shape.inputs);
    this.layers = widths.slice(1).map((to, i) => ({
      weights: parameters.declare(widths[i] * to, true),
      bias: parameters.declare(to, false),
      from: widths[i],
      to,
      out: rows(to),
      slopes: rows(to),
    }));
    this.skip = parameters.declare(shape.inputs * this.width, true);
    this.panel = memory.room(Float32Array, 8 * Math.max(...widths));
  }

  get probabilities(): Address {
    return this.layers[this.layers.length - 1].out;
  }

  /** `bias` of the classes: the log of their shares, so that the first steps need not learn them. */
  initialise(random: Random, bias: ArrayLike<number>): void {
    const { parameters } = this.net;
    this.layers.forEach(({ weights, from }, i) => {
      const norm = i === this.layers.length - 1 ? NORM_OF_OUTPUT : NORM_OF_HIDDEN;
      parameters.randomise(weights, Math.sqrt(norm / from), random);
    });
    this.clearPadding();
    parameters.view(this.layers[this.layers.length - 1].bias).set(bias);
  }

  /** Padding classes have no weights, and so no slopes either. */
  private clearPadding(): void {
    const last = this.layers[this.layers.length - 1];
    const view = this.net.parameters.view(last.weights);
    for (let i = 0; i < view.length; i++) if (i % this.width >= this.shape.classes) view[i] = 0;
  }

  /** With `dropping` in training only; `backward` is to get the same. */
  forward(rows: number, dropping?: Dropping): void {
    const { kernels, parameters } = this.net;
    const { threshold, factor } = dropoutOf(dropping?.hidden ?? 0);
    if (dropping) this.dropInputs(this.inputs, rows, dropping);
    let x = this.inputs;
    this.layers.forEach(({ weights, bias, from, to, out }, i) => {
      kernels.gemm(rows, to, from, x, from, parameters.at(weights), to, 0, out, to, 0, this.panel);
      if (i < this.layers.length - 1) {
        kernels.addBias(out, rows, to, parameters.at(bias), 1);
        if (dropping && threshold > 0) {
          kernels.dropout(out, rows * to, dropping.seed + (i + 1) * SEEDS_APART, threshold, factor);
        }
      } else {
        const inputs = this.shape.inputs;
        const skip = parameters.at(this.skip);
        kernels.gemm(rows, to, inputs, this.inputs, inputs, skip, to, 0, out, to, 1, this.panel);
        kernels.addBias(out, rows, to, parameters.at(bias), 0);
        kernels.softmax(out, rows, this.shape.classes, to);
      }
      x = out;
    });
  }

  /**
   * Adds to the gradient of the mean cross-entropy, its targets smoothed, and leaves the slopes by the inputs in
   * `inputSlopes`. After `forward` with the same rows; probabilities become slopes.
   */
  backward(rows: number, labels: Address, smoothing: number, dropping?: Dropping): void {
    const { kernels, parameters } = this.net;
    const { inputs, classes } = this.shape;
    const { factor } = dropoutOf(dropping?.hidden ?? 0);
    const last = this.layers.length - 1;
    const slopes = this.layers[last].out;
    kernels.crossEntropySlopes(slopes, rows, classes, this.width, labels, smoothing);
    for (let i = last; i >= 0; i--) {
      const { weights, bias, from, to } = this.layers[i];
      const x = i === 0 ? this.inputs : this.layers[i - 1].out;
      const own = i === last ? slopes : this.layers[i].slopes;
      const below = i === 0 ? this.inputSlopes : this.layers[i - 1].slopes;
      kernels.gemmTransposed(rows, to, from, x, from, own, to, parameters.gradientAt(weights), to);
      kernels.addRows(own, rows, to, parameters.gradientAt(bias));
      kernels.gemm(rows, from, to, own, to, parameters.at(weights), to, 1, below, from, 0, this.panel);
      if (i > 0) kernels.rectifySlopes(below, x, rows * from, factor);
    }
    const skip = parameters.gradientAt(this.skip);
    kernels.gemmTransposed(rows, this.width, inputs, this.inputs, inputs, slopes, this.width, skip, this.width);
    const at = parameters.at(this.skip);
    kernels.gemm(
      rows,
      inputs,
      this.width,
      slopes,
      this.width,
      at,
      this.width,
      1,
      this.inputSlopes,
      inputs,
      1,
      this.panel,
    );
    if (dropping) this.dropInputs(this.inputSlopes, rows, dropping);
  }

  private dropInputs(x: Address, rows: number, { inputs, seed }: Dropping): void {
    const { threshold, factor } = dropoutOf(inputs);
    if (threshold > 0) this.net.kernels.dropout(x, rows * this.shape.inputs, seed, threshold, factor);
  }

  /** Divides all log-odds by the temperature. */
  temper(temperature: number): void {
    const { weights, bias } = this.layers[this.layers.length - 1];
    for (const block of [weights, bias, this.skip]) {
      const view = this.net.parameters.view(block);
      for (let i = 0; i < view.length; i++) view[i] /= temperature;
    }
  }

  read(): HeadWeights {
    const { parameters } = this.net;
    const { classes } = this.shape;
    const last = this.layers.length - 1;
    return {
      ...this.shape,
      layers: this.layers.map(({ weights, bias }, i) => ({
        weights: narrow(parameters.view(weights), i === last ? this.width : 0, classes),
        bias: narrow(parameters.view(bias), i === last ? this.width : 0, classes),
      })),
      skip: narrow(parameters.view(this.skip), this.width, classes),
    };
  }

  write(head: HeadWeights): void {
    const { parameters } = this.net;
    const { classes } = this.shape;
    const last = this.layers.length - 1;
    this.layers.forEach(({ weights, bias }, i) => {
      widen(parameters.view(weights), head.layers[i].weights, i === last ? this.width : 0, classes);
      widen(parameters.view(bias), head.layers[i].bias, i === last ? this.width : 0, classes);
    });
    widen(parameters.view(this.skip), head.skip, this.width, classes);
  }
}

/** So far apart are the seeds of layers that drop numbers in one step. */
export const SEEDS_APART = 0x3c6ef372;

/** Rows of `width` numbers without what is past `classes`; as they are where `width` is 0. */
function narrow(values: Float32Array, width: number, classes: number): Float32Array {
  if (width === 0 || width === classes) return values.slice();
  return values.filter((_, i) => i % width < classes);
}

function widen(to: Float32Array, values: Float32Array, width: number, classes: number): void {
  if (width === 0 || width === classes) to.set(values);
  else for (let i = 0; i < values.length; i++) to[Math.floor(i / classes) * width + (i % classes)] = values[i];
}
