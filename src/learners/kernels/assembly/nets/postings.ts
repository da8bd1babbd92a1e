/**
 * Inverted lists: feature f is held by the rows `holders` with `values` from starts[f] to starts[f + 1]. scores[row] += the
 * product of a query's sparse features with the row's, for all rows.
 */
export function addPostings(
  count: i32, ids: usize, weights: usize, starts: usize, holders: usize, values: usize, scores: usize,
): void {
  for (let i = 0; i < count; i++) {
    const id = <usize>load<i32>(ids + (<usize>i << 2)) << 2;
    const weight = load<f32>(weights + (<usize>i << 2));
    const to = <usize>load<u32>(starts + id, 4) << 2;
    for (let at = <usize>load<u32>(starts + id) << 2; at < to; at += 4) {
      const score = scores + (<usize>load<i32>(holders + at) << 2);
      store<f32>(score, load<f32>(score) + weight * load<f32>(values + at));
    }
  }
}
