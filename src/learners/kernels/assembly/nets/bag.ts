/*
 * The embedding bag: a row's sparse features as the weighted sum of the features' own vectors. Rows are sparse (CSR): row r
 * holds `ids` and `weights` from offsets[r] to offsets[r + 1]. `table` is features x width, width a multiple of four.
 *
 * Dropout leaves out a share `threshold` / 2^31 of the entries and multiplies the others by `factor`. Which ones follows
 * from `seed` and the entry's place, so that the way back leaves out the same.
 */

/** murmur3's finaliser of seed and place. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function stays(seed: u32, place: u32, threshold: u32): bool {
  let x = seed + place;
  x ^= x >> 16;
  x *= 0x85ebca6b;
  x ^= x >> 13;
  x *= 0xc2b2ae35;
  x ^= x >> 16;
  return (x >> 1) >= threshold;
}

/** out (rows x width, `stride` numbers apart) = the rows' bags. */
export function bag(
  rows: i32, ids: usize, weights: usize, offsets: usize, table: usize, width: i32, out: usize, stride: i32,
  seed: u32, threshold: u32, factor: f32,
): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++, out += <usize>stride << 2) {
    const from = load<u32>(offsets + (<usize>row << 2));
    const to = load<u32>(offsets + (<usize>row << 2), 4);
    memory.fill(out, 0, bytes);
    for (let j = from; j < to; j++) {
      if (threshold > 0 && !stays(seed, j, threshold)) continue;
      const weight = f32x4.splat(factor * load<f32>(weights + (<usize>j << 2)));
      const own = table + <usize>load<i32>(ids + (<usize>j << 2)) * bytes;
      for (let k: usize = 0; k < bytes; k += 16) {
        v128.store(out + k, f32x4.add(v128.load(out + k), f32x4.mul(weight, v128.load(own + k))));
      }
    }
  }
}

/** table -= rate · gradient, given the slopes by the bags: the plain step, which needs no sum over the rows first. */
export function bagDescend(
  rows: i32, ids: usize, weights: usize, offsets: usize, table: usize, width: i32, slopes: usize, stride: i32,
  rate: f32, seed: u32, threshold: u32, factor: f32,
): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++, slopes += <usize>stride << 2) {
    const from = load<u32>(offsets + (<usize>row << 2));
    const to = load<u32>(offsets + (<usize>row << 2), 4);
    for (let j = from; j < to; j++) {
      if (threshold > 0 && !stays(seed, j, threshold)) continue;
      const weight = f32x4.splat(rate * factor * load<f32>(weights + (<usize>j << 2)));
      const own = table + <usize>load<i32>(ids + (<usize>j << 2)) * bytes;
      for (let k: usize = 0; k < bytes; k += 16) {
        v128.store(own + k, f32x4.sub(v128.load(own + k), f32x4.mul(weight, v128.load(slopes + k))));
      }
    }
  }
}
