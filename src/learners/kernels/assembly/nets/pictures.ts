/*
 * What stands between the convolutions: channels last, multiples of four. "Bordered" pictures have a line of zeros around
 * them, (size + 2)² pixels. The border is written once, as the memory's first zeros, and never after.
 */

/**
 * One picture of straight RGBA bytes to a bordered picture of four channels: how far red, green and blue are from white
 * once it lies on white, and the alpha, all in [0, 1]: empty is 0, as the border is. Moved by (dx, dy) pixels: what comes
 * in is empty.
 */
export function paint(pixels: usize, size: i32, dx: i32, dy: i32, out: usize): void {
  const line = (size + 2) << 4;
  let to = out + <usize>line + 16;
  const scale = f32x4(-1.0 / 65025, -1.0 / 65025, -1.0 / 65025, 1.0 / 255);
  for (let y = 0; y < size; y++) {
    const from = y - dy;
    for (let x = 0; x < size; x++) {
      const column = x - dx;
      const at = to + (<usize>x << 4);
      if (from < 0 || from >= size || column < 0 || column >= size) {
        v128.store(at, f32x4.splat(0));
        continue;
      }
      const bytes = v128.load32_zero(pixels + (<usize>(from * size + column) << 2));
      const values = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
      const alpha = f32x4.extract_lane(values, 3);
      const away = f32x4.sub(values, f32x4(255, 255, 255, 0));
      v128.store(at, f32x4.mul(f32x4.mul(away, f32x4(alpha, alpha, alpha, 1)), scale));
    }
    to += <usize>line;
  }
}

/** The largest of every 2 x 2 pixels; half the size. */
export function pool(x: usize, count: i32, size: i32, channels: i32, out: usize): void {
  const pixel = <usize>channels << 2;
  const line = <usize>size * pixel;
  for (let rows = count * (size >> 1); rows > 0; rows--) {
    for (let column = 0; column < size; column += 2) {
      for (let c: usize = 0; c < pixel; c += 16) {
        const top = f32x4.max(v128.load(x + c), v128.load(x + pixel + c));
        const bottom = f32x4.max(v128.load(x + line + c), v128.load(x + line + pixel + c));
        v128.store(out + c, f32x4.max(top, bottom));
      }
      x += pixel << 1;
      out += pixel;
    }
    x += line;
  }
}

/** Slopes by the pooled pixels to slopes by the pixels, bordered: the first of the largest gets all. `size` is the larger one. */
export function unpool(slopes: usize, pooled: usize, x: usize, count: i32, size: i32, channels: i32, out: usize): void {
  const pixel = <usize>channels << 2;
  const line = <usize>size * pixel;
  const outLine = line + (pixel << 1);
  for (let picture = 0; picture < count; picture++) {
    out += outLine + pixel;
    for (let row = 0; row < size; row += 2) {
      for (let column = 0; column < size; column += 2) {
        for (let c: usize = 0; c < pixel; c += 16) {
          const most = v128.load(pooled + c);
          const slope = v128.load(slopes + c);
          let hit = f32x4.eq(v128.load(x + c), most);
          let taken = hit;
          v128.store(out + c, v128.and(slope, hit));
          hit = v128.andnot(f32x4.eq(v128.load(x + pixel + c), most), taken);
          taken = v128.or(taken, hit);
          v128.store(out + pixel + c, v128.and(slope, hit));
          hit = v128.andnot(f32x4.eq(v128.load(x + line + c), most), taken);
          taken = v128.or(taken, hit);
          v128.store(out + outLine + c, v128.and(slope, hit));
          hit = v128.andnot(f32x4.eq(v128.load(x + line + pixel + c), most), taken);
          v128.store(out + outLine + pixel + c, v128.and(slope, hit));
        }
        x += pixel << 1;
        slopes += pixel;
        pooled += pixel;
        out += pixel << 1;
      }
      x += line;
      out += (pixel << 1) + outLine;
    }
    out += outLine - pixel;
  }
}

/** The mean of `pixels` pixels of every picture; count x channels. */
export function averagePixels(x: usize, count: i32, pixels: i32, channels: i32, out: usize): void {
  const bytes = <usize>channels << 2;
  const share = f32x4.splat(1 / <f32>pixels);
  for (let picture = 0; picture < count; picture++) {
    for (let c: usize = 0; c < bytes; c += 16) {
      let sum = f32x4.splat(0);
      let at = x + c;
      for (let i = 0; i < pixels; i++, at += bytes) sum = f32x4.add(sum, v128.load(at));
      v128.store(out + c, f32x4.mul(sum, share));
    }
    x += bytes * <usize>pixels;
    out += bytes;
  }
}

/** The slopes by the mean to the slopes by the pixels. */
export function spreadPixels(slopes: usize, count: i32, pixels: i32, channels: i32, out: usize): void {
  const bytes = <usize>channels << 2;
  const share = f32x4.splat(1 / <f32>pixels);
  for (let picture = 0; picture < count; picture++) {
    for (let i = 0; i < pixels; i++) {
      for (let c: usize = 0; c < bytes; c += 16) v128.store(out + c, f32x4.mul(v128.load(slopes + c), share));
      out += bytes;
    }
    slopes += bytes;
  }
}
