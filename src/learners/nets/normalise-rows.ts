/** Single precision leaves the sums some 1e-7 off one. */
export function normaliseRows(probabilities: Float64Array, classes: number): Float64Array {
  for (let from = 0; from < probabilities.length; from += classes) {
    let total = 0;
    for (let k = 0; k < classes; k++) total += probabilities[from + k];
    for (let k = 0; k < classes; k++) probabilities[from + k] /= total;
  }
  return probabilities;
}
