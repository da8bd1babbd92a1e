import type { KernelMemory } from "../kernels/memory";
import { type Address, type NetKernels, padded } from "../kernels/nets";

/** A block of parameters inside a `Parameters`, in numbers from its start. */
export interface Block {
  offset: number;
  length: number;
}

const BETA1 = 0.9;
const BETA2 = 0.99;
const EPSILON = 1e-8;

/**
 * All parameters of a network in one array, with their gradient and Adam's two moments of the same layout beside it, so
 * that the weights are kept and restored by one copy. Blocks are declared first, then `place` takes the memory.
 */
export class Parameters {
  private length = 0;
  private readonly blocks: (Block & { decays: boolean })[] = [];
  private weights: Address = 0;
  private gradient: Address = 0;
  private first: Address = 0;
  private second: Address = 0;
  private power1 = 1;
  private power2 = 1;

  constructor(
    private readonly memory: KernelMemory,
    private readonly kernels: NetKernels,
  ) {}

  /** `decays`: whether weight decay applies, as it does to weights but not to biases. All start at 0. */
  declare(length: number, decays: boolean): Block {
    const block = { offset: this.length, length, decays };
    this.length += padded(length);
    this.blocks.push(block);
    return block;
  }

  /** `trains`: with room for the gradient and the moments. */
  place(trains: boolean): void {
    const room = () => this.memory.room(Float32Array, this.length);
    this.weights = room();
    if (trains) [this.gradient, this.first, this.second] = [room(), room(), room()];
  }

  at(block: Block): Address {
    return this.weights + block.offset * 4;
  }

  gradientAt(block: Block): Address {
    return this.gradient + block.offset * 4;
  }

  /** The block's numbers, as they lie in memory until it grows. */
  view(block: Block): Float32Array {
    return this.memory.view(Float32Array, this.at(block), block.length);
  }

  /** Every number from -bound to bound alike. */
  randomise(block: Block, bound: number, random: () => number): void {
    const view = this.view(block);
    for (let i = 0; i < view.length; i++) view[i] = (random() * 2 - 1) * bound;
  }

  read(): Float32Array {
    return this.memory.view(Float32Array, this.weights, this.length).slice();
  }

  readGradient(): Float32Array {
    return this.memory.view(Float32Array, this.gradient, this.length).slice();
  }

  write(values: Float32Array): void {
    this.memory.view(Float32Array, this.weights, this.length).set(values);
  }

  /** One step of Adam; `decay` is the share of a decaying weight that a step of rate 1 would take off. Clears the gradient. */
  step(rate: number, decay: number): void {
    this.power1 *= BETA1;
    this.power2 *= BETA2;
    const corrected = (rate * Math.sqrt(1 - this.power2)) / (1 - this.power1);
    for (const { offset, length, decays } of this.blocks) {
      const [weights, gradient, first, second] = [this.weights, this.gradient, this.first, this.second].map(
        (start) => start + offset * 4,
      );
      const shrink = decays ? rate * decay : 0;
      this.kernels.adam(weights, gradient, first, second, padded(length), corrected, BETA1, BETA2, EPSILON, shrink);
    }
  }
}
