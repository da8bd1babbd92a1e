import type { Feature } from "../feature-table";
import type { KernelMemory } from "../kernels/memory";
import { type GbdtKernel, GROUP, upTo } from "./kernel";
import type { BinnedFeature } from "./model";

/** Binned rows in a kernel's memory: row by row in groups of up to 64 features, each `width` bytes a row. */
export interface BinnedRows {
  rows: number;
  groups: { at: number; width: number }[];
}

/** Room for the bins of `features` features, in groups of `group`. Unused places of a row hold 0. */
export function roomForBins(memory: KernelMemory, rows: number, features: number, group = GROUP): BinnedRows {
  const groups = Array.from({ length: Math.ceil(features / group) }, (_, index) => {
    const width = upTo(Math.min(group, features - index * group), 8);
    return { at: memory.room(Uint8Array, rows * width), width };
  });
  return { rows, groups };
}

/** Where a feature's bin of row 0 is, and how far the next row's. */
export function columnOf({ groups }: BinnedRows, feature: number, group = GROUP): { at: number; width: number } {
  const { at, width } = groups[Math.floor(feature / group)];
  return { at: at + (feature % group), width };
}

/** Writes bins of columns, by way of room for `rows` values and 256 edges. */
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

  /** The bins of rows `from` to `from + count`, at `at` and every `width` bytes from there. */
  write(feature: Feature, { kind, ...binned }: BinnedFeature, from: number, count: number, at: number, width: number) {
    if (feature.kind === "category" && "bins" in binned) {
      const bytes = this.memory.view(Uint8Array, at, count * width);
      const { bins } = binned;
      for (let i = 0; i < count; i++) bytes[i * width] = bins[feature.codes[from + i]] ?? 0;
    } else if (feature.kind === "number" && "edges" in binned) {
      const { edges } = binned;
      this.memory.view(Float32Array, this.values, count).set(feature.values.subarray(from, from + count));
      const padded = this.memory.view(Float32Array, this.edges, 256).fill(Infinity);
      padded.set(edges);
      this.kernel.bin(this.values, count, this.edges, stepOf(edges.length), at, width);
    } else throw new Error(`"${feature.name}" is a ${feature.kind} and was a ${kind}`);
  }
}

/** The first jump of a bisection among `count` edges: the largest power of two that is at most the count. */
function stepOf(count: number): number {
  let step = 0;
  while (1 << step <= count) step++;
  return step === 0 ? 0 : 1 << (step - 1);
}
