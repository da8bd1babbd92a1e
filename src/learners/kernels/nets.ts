import type { KernelMemory } from "./memory";
import { NETS_WASM } from "./nets.wasm";

/** An address in the kernel's memory. */
export type Address = number;

/**
 * The functions of assembly/nets, which say what each does. Strides count numbers; widths and channels are multiples of
 * four.
 */
export interface NetKernels {
  gemm(
    m: number,
    n: number,
    k: number,
    a: Address,
    lda: number,
    b: Address,
    ldb: number,
    transposed: 0 | 1,
    c: Address,
    ldc: number,
    add: 0 | 1,
    panel: Address,
  ): void;
  gemmTransposed(
    m: number,
    n: number,
    k: number,
    a: Address,
    lda: number,
    b: Address,
    ldb: number,
    c: Address,
    ldc: number,
  ): void;

  packFilter(filter: Address, inputs: number, outputs: number, panels: Address): void;
  turnFilter(filter: Address, inputs: number, outputs: number, turned: Address): void;
  convolve(
    pictures: Address,
    count: number,
    size: number,
    inputs: number,
    panels: Address,
    outputs: number,
    out: Address,
  ): void;
  filterGradient(
    pictures: Address,
    slopes: Address,
    count: number,
    size: number,
    inputs: number,
    outputs: number,
    gradient: Address,
  ): void;

  addBias(x: Address, rows: number, width: number, bias: Address, rectify: 0 | 1): void;
  addRows(x: Address, rows: number, width: number, sums: Address): void;
  rectifySlopes(slopes: Address, outputs: Address, count: number, factor: number): void;
  dropout(x: Address, count: number, seed: number, threshold: number, factor: number): void;
  softmax(x: Address, rows: number, classes: number, width: number): void;
  crossEntropySlopes(
    p: Address,
    rows: number,
    classes: number,
    width: number,
    labels: Address,
    smoothing: number,
  ): void;

  moments(x: Address, rows: number, channels: number, mean: Address, variance: Address): void;
  scaleRectify(
    x: Address,
    count: number,
    size: number,
    channels: number,
    scale: Address,
    shift: Address,
    out: Address,
    bordered: 0 | 1,
  ): void;
  normaliseSlopes(
    slopes: Address,
    x: Address,
    rows: number,
    channels: number,
    mean: Address,
    inverse: Address,
    scale: Address,
    shift: Address,
    gammaGradient: Address,
    betaGradient: Address,
  ): void;

  paint(pixels: Address, size: number, dx: number, dy: number, out: Address): void;
  pool(x: Address, count: number, size: number, channels: number, out: Address): void;
  unpool(
    slopes: Address,
    pooled: Address,
    x: Address,
    count: number,
    size: number,
    channels: number,
    out: Address,
  ): void;
  averagePixels(x: Address, count: number, pixels: number, channels: number, out: Address): void;
  spreadPixels(slopes: Address, count: number, pixels: number, channels: number, out: Address): void;

  adam(
    weights: Address,
    gradient: Address,
    first: Address,
    second: Address,
    count: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
  ): void;

  bag(
    rows: number,
    ids: Address,
    weights: Address,
    offsets: Address,
    table: Address,
    width: number,
    out: Address,
    stride: number,
    seed: number,
    threshold: number,
    factor: number,
  ): void;
  bagDescend(
    rows: number,
    ids: Address,
    weights: Address,
    offsets: Address,
    table: Address,
    width: number,
    slopes: Address,
    stride: number,
    rate: number,
    seed: number,
    threshold: number,
    factor: number,
  ): void;

  addPostings(
    count: number,
    ids: Address,
    weights: Address,
    starts: Address,
    holders: Address,
    values: Address,
    scores: Address,
  ): void;
}

export const netKernels = (memory: KernelMemory): NetKernels => memory.kernel<NetKernels>(NETS_WASM);

/** A width as the kernels want it. */
export const padded = (width: number): number => Math.ceil(width / 4) * 4;
