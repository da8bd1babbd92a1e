/*
 * Batch normalisation (Ioffe and Szegedy 2015) with the rectifier behind it. The numbers are rows (all pixels of all
 * pictures) x channels.
 */

/** Sums are taken over so many rows first: single precision loses digits in long sums. */
const BLOCK = 64;

/** mean and variance (divided by the rows) of every channel. */
export function moments(x: usize, rows: i32, channels: i32, mean: usize, variance: usize): void {
  const bytes = <usize>channels << 2;
  const share = f32x4.splat(1 / <f32>rows);
  for (let c: usize = 0; c < bytes; c += 16) {
    let total = f32x4.splat(0);
    let at = x + c;
    for (let row = 0; row < rows; ) {
      let sum = f32x4.splat(0);
      for (const end = min(rows, row + BLOCK); row < end; row++, at += bytes) sum = f32x4.add(sum, v128.load(at));
      total = f32x4.add(total, sum);
    }
    const centre = f32x4.mul(total, share);
    v128.store(mean + c, centre);
    total = f32x4.splat(0);
    at = x + c;
    for (let row = 0; row < rows; ) {
      let sum = f32x4.splat(0);
      for (const end = min(rows, row + BLOCK); row < end; row++, at += bytes) {
        const away = f32x4.sub(v128.load(at), centre);
        sum = f32x4.add(sum, f32x4.mul(away, away));
      }
      total = f32x4.add(total, sum);
    }
    v128.store(variance + c, f32x4.mul(total, share));
  }
}

/** max(0, x · scale + shift) of pictures, written bordered or plain. */
export function scaleRectify(
  x: usize, count: i32, size: i32, channels: i32, scale: usize, shift: usize, out: usize, bordered: bool,
): void {
  const pixel = <usize>channels << 2;
  const zero = f32x4.splat(0);
  for (let picture = 0; picture < count; picture++) {
    if (bordered) out += <usize>(size + 3) * pixel;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        for (let c: usize = 0; c < pixel; c += 16) {
          const y = f32x4.add(f32x4.mul(v128.load(x + c), v128.load(scale + c)), v128.load(shift + c));
          v128.store(out + c, f32x4.max(y, zero));
        }
        x += pixel;
        out += pixel;
      }
      if (bordered) out += pixel << 1;
    }
    if (bordered) out += <usize>(size + 1) * pixel;
  }
}

/**
 * In place: slopes by the rectified output to slopes by x. Adds to the gradients of the factor (gamma) and of the offset
 * (beta); scale = gamma · inverse deviation and shift = beta - mean · scale are those of the way forward.
 */
export function normaliseSlopes(
  slopes: usize, x: usize, rows: i32, channels: i32, mean: usize, inverse: usize, scale: usize, shift: usize,
  gammaGradient: usize, betaGradient: usize,
): void {
  const bytes = <usize>channels << 2;
  const share = f32x4.splat(1 / <f32>rows);
  const zero = f32x4.splat(0);
  for (let c: usize = 0; c < bytes; c += 16) {
    const centre = v128.load(mean + c), inv = v128.load(inverse + c);
    const factor = v128.load(scale + c), offset = v128.load(shift + c);
    let total = f32x4.splat(0), along = f32x4.splat(0);
    let at = c;
    for (let row = 0; row < rows; ) {
      let sum = f32x4.splat(0), product = f32x4.splat(0);
      for (const end = min(rows, row + BLOCK); row < end; row++, at += bytes) {
        const value = v128.load(x + at);
        const passes = f32x4.gt(f32x4.add(f32x4.mul(value, factor), offset), zero);
        const slope = v128.and(v128.load(slopes + at), passes);
        v128.store(slopes + at, slope);
        sum = f32x4.add(sum, slope);
        product = f32x4.add(product, f32x4.mul(slope, f32x4.mul(f32x4.sub(value, centre), inv)));
      }
      total = f32x4.add(total, sum);
      along = f32x4.add(along, product);
    }
    v128.store(betaGradient + c, f32x4.add(v128.load(betaGradient + c), total));
    v128.store(gammaGradient + c, f32x4.add(v128.load(gammaGradient + c), along));
    const level = f32x4.mul(total, share), tilt = f32x4.mul(f32x4.mul(along, share), inv);
    at = c;
    for (let row = 0; row < rows; row++, at += bytes) {
      const away = f32x4.mul(f32x4.sub(v128.load(x + at), centre), tilt);
      v128.store(slopes + at, f32x4.mul(factor, f32x4.sub(f32x4.sub(v128.load(slopes + at), level), away)));
    }
  }
}
