import { KernelMemory } from "../kernels/memory";
import { type Address, netKernels, padded } from "../kernels/nets";
import type { Matrix } from "../matrix";
import { longestRow } from "../nets/matrix-rows";

/** Rows scaled to Euclidean norm 1 over the sparse and the dense part together; a row of zeros stays one. */
export function unitRows(matrix: Matrix): Matrix {
  const { rows, offsets, denseWidth } = matrix;
  const weights = matrix.weights.slice();
  const dense = matrix.dense.slice();
  for (let row = 0; row < rows; row++) {
    let square = 0;
    for (let i = offsets[row]; i < offsets[row + 1]; i++) square += weights[i] * weights[i];
    for (let i = row * denseWidth; i < (row + 1) * denseWidth; i++) square += dense[i] * dense[i];
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = offsets[row]; i < offsets[row + 1]; i++) weights[i] *= scale;
    for (let i = row * denseWidth; i < (row + 1) * denseWidth; i++) dense[i] *= scale;
  }
  return { ...matrix, weights, dense };
}

/** So many similarities are computed at once: 8 MB, and some ten milliseconds of work. */
const SIMILARITIES_A_BLOCK = 2_000_000;
const MOST_ROWS_A_BLOCK = 32;

/**
 * Cosines of query rows with all stored rows, a block of queries at a time: inverted lists for the sparse part, a matrix
 * product for the dense one. Memory grows with the stored rows, not with their square.
 */
export function createSimilarity(stored: Matrix, queries: Matrix) {
  const memory = new KernelMemory();
  const kernels = netKernels(memory);
  const block = Math.max(1, Math.min(MOST_ROWS_A_BLOCK, Math.floor(SIMILARITIES_A_BLOCK / Math.max(1, stored.rows))));
  const width = padded(stored.rows);
  const { denseWidth } = stored;
  const scores: Address = memory.room(Float32Array, block * width);
  const lists = stored.sparseWidth > 0 ? invertedLists(stored) : undefined;
  const starts = lists ? memory.put(lists.starts) : 0;
  const holders = lists ? memory.put(lists.holders) : 0;
  const values = lists ? memory.put(lists.values) : 0;
  const longest = longestRow(queries);
  const ids = memory.room(Int32Array, longest);
  const weights = memory.room(Float32Array, longest);
  const cells = memory.put(stored.dense);
  const asked = memory.room(Float32Array, block * denseWidth);
  const panel = memory.room(Float32Array, 8 * denseWidth);

  const addSparse = (row: number, to: Address) => {
    const [first, last] = [queries.offsets[row], queries.offsets[row + 1]];
    memory.view(Int32Array, ids, longest).set(queries.ids.subarray(first, last));
    memory.view(Float32Array, weights, longest).set(queries.weights.subarray(first, last));
    kernels.addPostings(last - first, ids, weights, starts, holders, values, to);
  };

  return {
    /** Queries a block. */
    block,
    /** The cosines of the queries from..to, at most `block` of them: one array a query, valid until the next call. */
    between(from: number, to: number): Float32Array[] {
      memory.view(Float32Array, scores, block * width).fill(0);
      if (denseWidth > 0) {
        const own = queries.dense.subarray(from * denseWidth, to * denseWidth);
        memory.view(Float32Array, asked, own.length).set(own);
        const rows = to - from;
        kernels.gemm(rows, width, denseWidth, asked, denseWidth, cells, denseWidth, 1, scores, width, 0, panel);
      }
      return Array.from({ length: to - from }, (_, i) => {
        const own = scores + i * width * 4;
        if (lists) addSparse(from + i, own);
        return memory.view(Float32Array, own, stored.rows);
      });
    },
  };
}

/** By feature: the rows that hold it and their weights, in the order of the rows. */
function invertedLists({ rows, ids, weights, offsets, sparseWidth }: Matrix) {
  const starts = new Uint32Array(sparseWidth + 1);
  for (const id of ids) starts[id + 1]++;
  for (let id = 0; id < sparseWidth; id++) starts[id + 1] += starts[id];
  const next = starts.slice();
  const holders = new Int32Array(ids.length);
  const values = new Float32Array(ids.length);
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      const at = next[ids[i]]++;
      holders[at] = row;
      values[at] = weights[i];
    }
  }
  return { starts, holders, values };
}
