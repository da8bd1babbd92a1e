/** What any value of an exported file may be off from the tab's own: single against double precision comes to 7e-7. */
export const EXACT = 1e-5;

/**
 * Trees that stack compare another member's probability with their thresholds. Where it lies within a rounding error of one
 * (of 7,812 validation rows of emoji-languages six do, the nearest by one step of single precision), the file may take the
 * other branch: one such row was off by 2.4e-5. So that many rows may be off by more, and by no more than that.
 */
export const CROSSING = { share: 1 / 1000, most: 0.01 };

/** The mean, over rows, of what a row's values are off in all where the weights were rounded to bytes. */
export const ROUNDED = 0.006;

/** A model that says something else than it was made of is never written. */
export function checkParity(
  id: string,
  file: Float64Array,
  own: Float64Array,
  { classes, stacks }: { classes: number; stacks: boolean },
): void {
  const rows = own.length / classes;
  const off = offBy(file, own, classes, (row) => Math.max(...row));
  const beyond = off.filter((value) => !(value <= EXACT));
  const largest = Math.max(0, ...beyond);
  const crossed = stacks && beyond.length <= Math.ceil(rows * CROSSING.share) && largest <= CROSSING.most;
  if (beyond.length === 0 || crossed) return;
  throw new Error(`${id}: the ONNX file is off by up to ${largest} in ${beyond.length} rows of ${rows}`);
}

/** A file of rounded weights is as good as that of the exact ones. */
export function checkRounding(id: string, file: Float64Array, own: Float64Array, classes: number): void {
  const off = offBy(file, own, classes, (row) => row.reduce((sum, value) => sum + value, 0));
  const mean = off.reduce((sum, value) => sum + value, 0) / off.length;
  if (mean <= ROUNDED) return;
  throw new Error(`${id}: rounded weights carry the answers of the ONNX file off by ${mean} a row`);
}

function offBy(file: Float64Array, own: Float64Array, classes: number, of: (row: number[]) => number): number[] {
  if (file.length !== own.length) return [Number.POSITIVE_INFINITY];
  const offs = Array.from(own, (value, i) => Math.abs(value - file[i]));
  return Array.from({ length: own.length / classes }, (_, row) => of(offs.slice(row * classes, (row + 1) * classes)));
}
