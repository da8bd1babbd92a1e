/**
 * Matrix products in single precision. Matrices are row-major; strides are in numbers. A product's inner loop keeps a
 * block of 4 x 8 results in registers and reads the right-hand side from a panel of eight columns, packed line by line.
 */

/** Columns of a panel. */
const PANEL: usize = 8;

/** Copies B's columns from..from+8 (zero past `n`) to `panel`: k lines of 8. B is k x n. */
export function packPanel(b: usize, ldb: i32, k: i32, n: i32, from: i32, panel: usize): void {
  const stride = <usize>ldb << 2;
  let at = b + (<usize>from << 2);
  if (from + 8 <= n) {
    for (let i = 0; i < k; i++) {
      v128.store(panel, v128.load(at));
      v128.store(panel, v128.load(at, 16), 16);
      at += stride;
      panel += PANEL << 2;
    }
    return;
  }
  const width = n - from;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < 8; j++) {
      store<f32>(panel + (<usize>j << 2), j < width ? load<f32>(at + (<usize>j << 2)) : 0);
    }
    at += stride;
    panel += PANEL << 2;
  }
}

/** The same of a B that lies transposed, n x k. */
export function packPanelTransposed(b: usize, ldb: i32, k: i32, n: i32, from: i32, panel: usize): void {
  const stride = <usize>ldb << 2;
  for (let j = 0; j < 8; j++) {
    let to = panel + (<usize>j << 2);
    if (from + j >= n) {
      for (let i = 0; i < k; i++, to += PANEL << 2) store<f32>(to, 0);
      continue;
    }
    let at = b + <usize>(from + j) * stride;
    for (let i = 0; i < k; i++, at += 4, to += PANEL << 2) store<f32>(to, load<f32>(at));
  }
}

/**
 * `rows` lines of up to eight results: C (+)= A · panel. A line of A lies in `segments` pieces of `length` numbers that
 * are `apart` numbers from one another: one piece for a plain product, three (of neighbouring picture lines) for a 3 x 3
 * convolution, which so needs no copy of its patches. `columns` (4 or 8) results are written.
 */
export function multiplyPanel(
  a: usize, lda: i32, segments: i32, length: i32, apart: i32,
  panel: usize, c: usize, ldc: i32, rows: i32, columns: i32, add: bool,
): void {
  const strideA = <usize>lda << 2;
  const strideC = <usize>ldc << 2;
  const piece = <usize>length << 2;
  const hop = <usize>apart << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s10 = f32x4.splat(0), s11 = f32x4.splat(0);
    let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s30 = f32x4.splat(0), s31 = f32x4.splat(0);
    let b = panel;
    let start = a;
    for (let segment = 0; segment < segments; segment++) {
      let a0 = start;
      let a1 = start + strideA;
      let a2 = a1 + strideA;
      let a3 = a2 + strideA;
      const end = start + piece;
      while (a0 < end) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let x = v128.load32_splat(a0);
        s00 = f32x4.add(s00, f32x4.mul(x, b0));
        s01 = f32x4.add(s01, f32x4.mul(x, b1));
        x = v128.load32_splat(a1);
        s10 = f32x4.add(s10, f32x4.mul(x, b0));
        s11 = f32x4.add(s11, f32x4.mul(x, b1));
        x = v128.load32_splat(a2);
        s20 = f32x4.add(s20, f32x4.mul(x, b0));
        s21 = f32x4.add(s21, f32x4.mul(x, b1));
        x = v128.load32_splat(a3);
        s30 = f32x4.add(s30, f32x4.mul(x, b0));
        s31 = f32x4.add(s31, f32x4.mul(x, b1));
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
        b += 32;
      }
      start += hop;
    }
    put(c, s00, s01, columns, add);
    put(c + strideC, s10, s11, columns, add);
    put(c + 2 * strideC, s20, s21, columns, add);
    put(c + 3 * strideC, s30, s31, columns, add);
    a += 4 * strideA;
    c += 4 * strideC;
  }
  for (; row < rows; row++) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
    let b = panel;
    let start = a;
    for (let segment = 0; segment < segments; segment++) {
      let at = start;
      const end = start + piece;
      while (at < end) {
        const x = v128.load32_splat(at);
        s0 = f32x4.add(s0, f32x4.mul(x, v128.load(b)));
        s1 = f32x4.add(s1, f32x4.mul(x, v128.load(b, 16)));
        at += 4;
        b += 32;
      }
      start += hop;
    }
    put(c, s0, s1, columns, add);
    a += strideA;
    c += strideC;
  }
}

// @ts-ignore: decorators are AssemblyScript's
@inline
function put(c: usize, low: v128, high: v128, columns: i32, add: bool): void {
  if (add) {
    v128.store(c, f32x4.add(v128.load(c), low));
    if (columns == 8) v128.store(c, f32x4.add(v128.load(c, 16), high), 16);
  } else {
    v128.store(c, low);
    if (columns == 8) v128.store(c, high, 16);
  }
}

/**
 * C (+)= A · B, or A · Bᵀ where `transposed` (B is then n x k). A is m x k, C is m x n; n and the stride of C are
 * multiples of four. `panel` is scratch for 8 k numbers.
 */
export function gemm(
  m: i32, n: i32, k: i32, a: usize, lda: i32, b: usize, ldb: i32, transposed: bool, c: usize, ldc: i32, add: bool,
  panel: usize,
): void {
  for (let from = 0; from < n; from += 8) {
    if (transposed) packPanelTransposed(b, ldb, k, n, from, panel);
    else packPanel(b, ldb, k, n, from, panel);
    multiplyPanel(a, lda, 1, k, 0, panel, c + (<usize>from << 2), ldc, m, n - from >= 8 ? 8 : 4, add);
  }
}

/**
 * C += Aᵀ · B for four columns of A and `columns` (4 or 8) of B over `lines` times `length` rows, the lines `hopA` and
 * `hopB` numbers apart.
 */
// @ts-ignore: decorators are AssemblyScript's
@inline
export function addOuter(
  a: usize, lda: i32, hopA: i32, b: usize, ldb: i32, hopB: i32, lines: i32, length: i32, c: usize, ldc: i32, columns: i32,
): void {
  const strideA = <usize>lda << 2;
  const strideB = <usize>ldb << 2;
  const strideC = <usize>ldc << 2;
  let s00 = v128.load(c), s10 = v128.load(c + strideC);
  let s20 = v128.load(c + 2 * strideC), s30 = v128.load(c + 3 * strideC);
  if (columns == 4) {
    for (let line = 0; line < lines; line++) {
      let x = a;
      let y = b;
      for (let i = 0; i < length; i++) {
        const b0 = v128.load(y);
        s00 = f32x4.add(s00, f32x4.mul(v128.load32_splat(x), b0));
        s10 = f32x4.add(s10, f32x4.mul(v128.load32_splat(x, 4), b0));
        s20 = f32x4.add(s20, f32x4.mul(v128.load32_splat(x, 8), b0));
        s30 = f32x4.add(s30, f32x4.mul(v128.load32_splat(x, 12), b0));
        x += strideA;
        y += strideB;
      }
      a += <usize>hopA << 2;
      b += <usize>hopB << 2;
    }
  } else {
    let s01 = v128.load(c, 16), s11 = v128.load(c + strideC, 16);
    let s21 = v128.load(c + 2 * strideC, 16), s31 = v128.load(c + 3 * strideC, 16);
    for (let line = 0; line < lines; line++) {
      let at = a;
      let y = b;
      for (let i = 0; i < length; i++) {
        const b0 = v128.load(y);
        const b1 = v128.load(y, 16);
        let x = v128.load32_splat(at);
        s00 = f32x4.add(s00, f32x4.mul(x, b0));
        s01 = f32x4.add(s01, f32x4.mul(x, b1));
        x = v128.load32_splat(at, 4);
        s10 = f32x4.add(s10, f32x4.mul(x, b0));
        s11 = f32x4.add(s11, f32x4.mul(x, b1));
        x = v128.load32_splat(at, 8);
        s20 = f32x4.add(s20, f32x4.mul(x, b0));
        s21 = f32x4.add(s21, f32x4.mul(x, b1));
        x = v128.load32_splat(at, 12);
        s30 = f32x4.add(s30, f32x4.mul(x, b0));
        s31 = f32x4.add(s31, f32x4.mul(x, b1));
        at += strideA;
        y += strideB;
      }
      a += <usize>hopA << 2;
      b += <usize>hopB << 2;
    }
    v128.store(c, s01, 16);
    v128.store(c + strideC, s11, 16);
    v128.store(c + 2 * strideC, s21, 16);
    v128.store(c + 3 * strideC, s31, 16);
  }
  v128.store(c, s00);
  v128.store(c + strideC, s10);
  v128.store(c + 2 * strideC, s20);
  v128.store(c + 3 * strideC, s30);
}

/** C += Aᵀ · B: A is m x k, B is m x n, C is k x n; k, n and C's stride are multiples of four. */
export function gemmTransposed(
  m: i32, n: i32, k: i32, a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32,
): void {
  for (let i = 0; i < k; i += 4) {
    const own = c + ((<usize>i * <usize>ldc) << 2);
    for (let j = 0; j < n; j += 8) {
      const to = own + (<usize>j << 2);
      addOuter(a + (<usize>i << 2), lda, 0, b + (<usize>j << 2), ldb, 0, 1, m, to, ldc, n - j >= 8 ? 8 : 4);
    }
  }
}
