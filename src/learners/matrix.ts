/**
 * Encoded rows. The sparse part is in rows (CSR): row `r` holds `ids` and `weights` from `offsets[r]` to `offsets[r + 1]`,
 * ids below `sparseWidth`. The dense part is rows x `denseWidth`, row-major.
 */
export interface Matrix {
  rows: number;
  sparseWidth: number;
  ids: Int32Array;
  weights: Float32Array;
  offsets: Uint32Array;
  denseWidth: number;
  dense: Float32Array;
}

/** Takes an encoder's output row by row; ids and dense positions are the column's own, from 0. */
export interface Sink {
  sparse(id: number, weight: number): void;
  dense(position: number, value: number): void;
}

/** Builds a Matrix of known widths. Rows come in order: all columns of a row, then `endRow`. */
export class MatrixBuilder implements Sink {
  private ids = new Int32Array(1024);
  private weights = new Float32Array(1024);
  private readonly offsets: Uint32Array;
  private readonly cells: Float32Array;
  private count = 0;
  private row = 0;
  private sparseBase = 0;
  private denseBase = 0;

  constructor(
    private readonly rows: number,
    private readonly sparseWidth: number,
    private readonly denseWidth: number,
  ) {
    this.offsets = new Uint32Array(rows + 1);
    this.cells = new Float32Array(rows * denseWidth);
  }

  /** Where the next column's own ids and positions begin. */
  startColumn(sparseBase: number, denseBase: number): void {
    this.sparseBase = sparseBase;
    this.denseBase = this.row * this.denseWidth + denseBase;
  }

  sparse(id: number, weight: number): void {
    if (this.count === this.ids.length) this.grow();
    this.ids[this.count] = this.sparseBase + id;
    this.weights[this.count++] = weight;
  }

  dense(position: number, value: number): void {
    this.cells[this.denseBase + position] = value;
  }

  endRow(): void {
    this.row++;
    this.offsets[this.row] = this.count;
  }

  build(): Matrix {
    return {
      rows: this.rows,
      sparseWidth: this.sparseWidth,
      ids: this.ids.slice(0, this.count),
      weights: this.weights.slice(0, this.count),
      offsets: this.offsets,
      denseWidth: this.denseWidth,
      dense: this.cells,
    };
  }

  private grow(): void {
    const ids = new Int32Array(this.ids.length * 2);
    const weights = new Float32Array(this.ids.length * 2);
    ids.set(this.ids);
    weights.set(this.weights);
    this.ids = ids;
    this.weights = weights;
  }
}

/** The mean squared Euclidean norm of the rows: what a step size must be measured against. */
export function meanSquaredNorm(matrix: Matrix): number {
  let total = 0;
  for (const weight of matrix.weights) total += weight * weight;
  for (const value of matrix.dense) total += value * value;
  return matrix.rows === 0 ? 0 : total / matrix.rows;
}

/** The rows with these numbers. */
export function pickMatrix(matrix: Matrix, rows: Int32Array): Matrix {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i] + matrix.offsets[row + 1] - matrix.offsets[row];
  });
  const ids = new Int32Array(offsets[rows.length]);
  const weights = new Float32Array(offsets[rows.length]);
  const { denseWidth } = matrix;
  const dense = new Float32Array(rows.length * denseWidth);
  rows.forEach((row, i) => {
    ids.set(matrix.ids.subarray(matrix.offsets[row], matrix.offsets[row + 1]), offsets[i]);
    weights.set(matrix.weights.subarray(matrix.offsets[row], matrix.offsets[row + 1]), offsets[i]);
    dense.set(matrix.dense.subarray(row * denseWidth, (row + 1) * denseWidth), i * denseWidth);
  });
  return { rows: rows.length, sparseWidth: matrix.sparseWidth, ids, weights, offsets, denseWidth, dense };
}
