import type { Feature } from "../feature-table";
import type { KernelMemory } from "../kernels/memory";
import { type GbdtKernel, GROUP, upTo } from "./kernel";
import type { BinnedFeature } from "./model";

/** Binned rows in a kernel's memory, for growing: row by row in groups of up to 64 features, each `width` bytes a row. */
export interface BinnedRows {
  rows: number;
  groups: { at: number; width: number }[];
}

/** Room for the bins of so many features. Unused places of a row hold 0. */
export function roomForBins(memory: KernelMemory, rows: number, features: number): BinnedRows {
  const groups = Array.from({ length: Math.ceil(features / GROUP) }, (_, index) => {
    const width = upTo(Math.min(GROUP, features - index * GROUP), 8);
    return { at: memory.room(Uint8Array, rows * width), width };
  });
  return { rows, groups };
}

/** Where a feature's bin of row 0 is, and how far the next row's. */
export function columnOf({ groups }: BinnedRows, feature: number): { at: number; width: number } {
  const { at, width } = groups[Math.floor(feature / GROUP)];
  return { at: at + (feature % GROUP), width };
}

/** Where a column's bins go: 2^shift of them side by side, and the next so many `stride` bytes further. */
export interface BinPlaces {
  at: number;
  stride: number;
  shift: number;
}

/** Writes the bins of columns, by way of room for `rows` values and 256 edges. */
export class BinWriter {
  private readonly values: number;
  private readonly edges: number;

  constructor(
    private readonly memory: KernelMemory,
    private readonly kernel: GbdtKernel,
    rows: number,
  ) {
    this.values = memory.room(Float32Array, rows);
    this.edges = memory.room(Float32Array, 256);
  }

  /** The bins of rows `from` to `from + count`. The feature must be of the kind that was fitted. */
  write(feature: Feature, fitted: BinnedFeature, from: number, count: number, places: BinPlaces): void {
    if (feature.kind === "category" && fitted.kind === "category") {
      this.writeCodes(feature.codes.subarray(from, from + count), fitted.bins, places);
    } else if (feature.kind === "number" && fitted.kind === "number") {
      this.writeNumbers(feature.values.subarray(from, from + count), fitted.edges, places);
    } else throw new Error(`"${feature.name}" is a ${feature.kind} and was a ${fitted.kind}`);
  }

  private writeNumbers(values: Float32Array, edges: Float32Array, { at, stride, shift }: BinPlaces): void {
    this.memory.view(Float32Array, this.values, values.length).set(values);
    this.memory.view(Float32Array, this.edges, 256).fill(Infinity).set(edges);
    this.kernel.bin(this.values, values.length, this.edges, firstJump(edges.length), at, stride, shift);
  }

  private writeCodes(codes: Int32Array, bins: Uint8Array, { at, stride, shift }: BinPlaces): void {
    const lanes = 1 << shift;
    const bytes = this.memory.view(Uint8Array, at, Math.ceil(codes.length / lanes) * stride);
    // A code that the fit did not know is outside of `bins`.
    for (let i = 0; i < codes.length; i++) bytes[(i >> shift) * stride + (i & (lanes - 1))] = bins[codes[i]] ?? 0;
  }
}

/** The first jump of a bisection among `count` edges: the largest power of two that is at most the count. */
function firstJump(count: number): number {
  let jump = 1;
  while (jump * 2 <= count) jump *= 2;
  return count === 0 ? 0 : jump;
}
