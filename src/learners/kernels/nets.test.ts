import { beforeEach, describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { KernelMemory } from "./memory";
import { type NetKernels, netKernels, padded } from "./nets";

let memory: KernelMemory;
let kernels: NetKernels;
let random: () => number;

beforeEach(() => {
  memory = new KernelMemory();
  kernels = netKernels(memory);
  random = createRandom(5);
});

const noise = (length: number) => Float32Array.from({ length }, () => random() * 2 - 1);
const view = (at: number, length: number) => memory.view(Float32Array, at, length);
const room = (length: number) => memory.room(Float32Array, length);

function expectNear(found: Float32Array, wanted: ArrayLike<number>, by = 1e-5): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, i) => {
    if (!(Math.abs(value - wanted[i]) <= by)) throw new Error(`at ${i}: ${value}, not ${wanted[i]}`);
  });
}

describe("matrix products", () => {
  // Fewer rows than a block of four, rows left over, columns that fill half a panel, one column of k.
  const sizes = [
    [1, 4, 1],
    [3, 8, 5],
    [4, 12, 7],
    [9, 20, 16],
    [33, 64, 37],
  ];

  it.each(sizes)("of %i x %i over %i agree with the sums of their definition", (m, n, k) => {
    const [a, b] = [noise(m * k), noise(k * n)];
    const wanted = Float64Array.from({ length: m * n }, (_, at) => {
      let sum = 0;
      for (let i = 0; i < k; i++) sum += a[Math.floor(at / n) * k + i] * b[i * n + (at % n)];
      return sum;
    });
    const [A, B, C, panel] = [memory.put(a), memory.put(b), room(m * n), room(8 * k)];
    kernels.gemm(m, n, k, A, k, B, n, 0, C, n, 0, panel);
    expectNear(view(C, m * n), wanted);
    kernels.gemm(m, n, k, A, k, B, n, 0, C, n, 1, panel);
    expectNear(
      view(C, m * n),
      wanted.map((value) => 2 * value),
    );
    const turned = memory.put(Float32Array.from({ length: n * k }, (_, at) => b[(at % k) * n + Math.floor(at / k)]));
    kernels.gemm(m, n, k, A, k, turned, k, 1, C, n, 0, panel);
    expectNear(view(C, m * n), wanted);
  });

  it.each([
    [1, 4, 4],
    [5, 8, 4],
    [31, 20, 12],
  ])("of a transposed %i x %i by %i add to what was there", (m, n, k) => {
    const [a, b, c] = [noise(m * k), noise(m * n), noise(k * n)];
    const wanted = Float64Array.from(c, (start, at) => {
      let sum = start;
      for (let i = 0; i < m; i++) sum += a[i * k + Math.floor(at / n)] * b[i * n + (at % n)];
      return sum;
    });
    const C = memory.put(c);
    kernels.gemmTransposed(m, n, k, memory.put(a), k, memory.put(b), n, C, n);
    expectNear(view(C, k * n), wanted);
  });
});

/** Pictures count x size x size x channels with a border of zeros. */
function bordered(values: Float32Array, count: number, size: number, channels: number): Float32Array {
  const side = size + 2;
  const out = new Float32Array(count * side * side * channels);
  values.forEach((value, at) => {
    const c = at % channels;
    const x = Math.floor(at / channels) % size;
    const y = Math.floor(at / channels / size) % size;
    const picture = Math.floor(at / channels / size / size);
    out[((picture * side + y + 1) * side + x + 1) * channels + c] = value;
  });
  return out;
}

describe.each([
  [2, 4, 4, 4],
  [3, 2, 8, 12],
  [1, 6, 4, 16],
])("a convolution of %i pictures of %i pixels from %i to %i channels", (count, size, inputs, outputs) => {
  const side = size + 2;

  /** Calls `visit` for every term: output, input (bordered) and weight. */
  function terms(visit: (out: number, x: number, weight: number, outBordered: number) => void): void {
    for (let picture = 0; picture < count; picture++)
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++)
          for (let o = 0; o < outputs; o++)
            for (let tap = 0; tap < 9; tap++)
              for (let i = 0; i < inputs; i++) {
                const [dy, dx] = [Math.floor(tap / 3), tap % 3];
                visit(
                  ((picture * size + y) * size + x) * outputs + o,
                  ((picture * side + y + dy) * side + x + dx) * inputs + i,
                  (tap * inputs + i) * outputs + o,
                  ((picture * side + y + 1) * side + x + 1) * outputs + o,
                );
              }
  }

  it("agrees with its definition, and so do both of its gradients", () => {
    const pictures = bordered(noise(count * size * size * inputs), count, size, inputs);
    const filter = noise(9 * inputs * outputs);
    const slopes = noise(count * size * size * outputs);
    const wanted = new Float64Array(slopes.length);
    const filterSlopes = new Float64Array(filter.length);
    const inputSlopes = new Float64Array(pictures.length);
    terms((out, x, weight) => {
      wanted[out] += pictures[x] * filter[weight];
      filterSlopes[weight] += slopes[out] * pictures[x];
      inputSlopes[x] += slopes[out] * filter[weight];
    });
    const [X, F, dY] = [memory.put(pictures), memory.put(filter), memory.put(bordered(slopes, count, size, outputs))];
    const [panels, Y] = [room(9 * inputs * (outputs + 8)), room(wanted.length)];
    kernels.packFilter(F, inputs, outputs, panels);
    kernels.convolve(X, count, size, inputs, panels, outputs, Y);
    expectNear(view(Y, wanted.length), wanted, 1e-4);

    const dF = room(filter.length);
    kernels.filterGradient(X, dY, count, size, inputs, outputs, dF);
    expectNear(view(dF, filter.length), filterSlopes, 1e-4);

    const [turned, turnedPanels, dX] = [
      room(filter.length),
      room(9 * outputs * (inputs + 8)),
      room(count * size * size * inputs),
    ];
    kernels.turnFilter(F, inputs, outputs, turned);
    kernels.packFilter(turned, outputs, inputs, turnedPanels);
    kernels.convolve(dY, count, size, outputs, turnedPanels, inputs, dX);
    const found = bordered(view(dX, count * size * size * inputs).slice(), count, size, inputs);
    const inside = bordered(new Float32Array(count * size * size * inputs).fill(1), count, size, inputs);
    const inner = inputSlopes.map((value, at) => inside[at] * value);
    expectNear(found, inner, 1e-4);
  });
});

describe("between the products", () => {
  it("pooling takes the largest of four, and hands its slope to the first of them alone", () => {
    const [count, size, channels] = [2, 4, 4];
    const x = noise(count * size * size * channels);
    x[0] = x[channels] = 2; // the same largest in two pixels
    const [X, pooled] = [memory.put(x), room(x.length / 4)];
    kernels.pool(X, count, size, channels, pooled);
    const at = (picture: number, y: number, column: number, c: number) =>
      ((picture * size + y) * size + column) * channels + c;
    const slopes = noise(x.length / 4);
    const wanted = new Float32Array(x.length);
    for (let picture = 0, to = 0; picture < count; picture++)
      for (let y = 0; y < size; y += 2)
        for (let column = 0; column < size; column += 2)
          for (let c = 0; c < channels; c++, to++) {
            const four = [at(picture, y, column, c), at(picture, y, column + 1, c)];
            four.push(at(picture, y + 1, column, c), at(picture, y + 1, column + 1, c));
            const first = four.reduce((best, one) => (x[one] > x[best] ? one : best));
            expect(view(pooled, x.length / 4)[to]).toBe(x[first]);
            wanted[first] = slopes[to];
          }
    const out = room(count * (size + 2) ** 2 * channels);
    kernels.unpool(memory.put(slopes), pooled, X, count, size, channels, out);
    expectNear(view(out, count * (size + 2) ** 2 * channels), bordered(wanted, count, size, channels), 0);
  });

  it("softmax agrees with the engine's to single precision, whatever is in the padding", () => {
    for (const classes of [2, 3, 4, 7]) {
      const width = padded(classes);
      const logits = noise(5 * width).map((value) => value * 40);
      const x = memory.put(logits);
      kernels.softmax(x, 5, classes, width);
      for (let row = 0; row < 5; row++) {
        const own = Array.from(logits.subarray(row * width, row * width + classes));
        const exps = own.map((value) => Math.exp(value - Math.max(...own)));
        const total = exps.reduce((sum, value) => sum + value, 0);
        const wanted = Array.from({ length: width }, (_, k) => (k < classes ? exps[k] / total : 0));
        expectNear(view(x + row * width * 4, width), wanted, 2e-7);
      }
    }
  });

  it("dropout leaves out its share, keeps the mean, and the same again for the same seed", () => {
    const ones = new Float32Array(40_000).fill(1);
    const [a, b, c] = [memory.put(ones), memory.put(ones), memory.put(ones)];
    const threshold = Math.floor(0.3 * 2 ** 31);
    kernels.dropout(a, ones.length, 7, threshold, 1 / 0.7);
    kernels.dropout(b, ones.length, 7, threshold, 1 / 0.7);
    kernels.dropout(c, ones.length, 8_000_008, threshold, 1 / 0.7);
    const dropped = view(a, ones.length).filter((value) => value === 0).length / ones.length;
    expect(Math.abs(dropped - 0.3)).toBeLessThan(0.01);
    expect(view(a, ones.length)).toEqual(view(b, ones.length));
    expect(view(a, ones.length)).not.toEqual(view(c, ones.length));
    expect(Math.max(...view(a, ones.length))).toBeCloseTo(1 / 0.7, 6);
  });

  it("a painted picture lies on white, empty is zero, and a moved one leaves zeros behind", () => {
    const size = 4;
    const pixels = Uint8Array.from({ length: size * size * 4 }, () => Math.floor(random() * 256));
    pixels.fill(0, 0, 4); // a wholly transparent pixel
    const [from, out] = [memory.put(pixels), room((size + 2) ** 2 * 4)];
    const wanted = (x: number, y: number, c: number) => {
      if (x < 0 || y < 0 || x >= size || y >= size) return 0;
      const alpha = pixels[(y * size + x) * 4 + 3] / 255;
      return c === 3 ? alpha : (1 - pixels[(y * size + x) * 4 + c] / 255) * alpha;
    };
    for (const [dx, dy] of [
      [0, 0],
      [1, -2],
      [0, 1],
    ]) {
      kernels.paint(from, size, dx, dy, out);
      const found = view(out, (size + 2) ** 2 * 4);
      for (let y = -1; y <= size; y++)
        for (let x = -1; x <= size; x++)
          for (let c = 0; c < 4; c++) {
            const inside = x >= 0 && y >= 0 && x < size && y < size;
            const value = found[((y + 1) * (size + 2) + x + 1) * 4 + c];
            expect(value).toBeCloseTo(inside ? wanted(x - dx, y - dy, c) : 0, 6);
          }
    }
  });

  it("moments are those of the textbook, also far from zero", () => {
    const [rows, channels] = [1000, 4];
    const x = noise(rows * channels).map((value, at) => value + 1000 * (at % channels));
    const [mean, variance] = [room(channels), room(channels)];
    kernels.moments(memory.put(x), rows, channels, mean, variance);
    for (let c = 0; c < channels; c++) {
      const own = Array.from(x).filter((_, at) => at % channels === c);
      const wanted = own.reduce((sum, value) => sum + value, 0) / rows;
      expect(Math.abs(view(mean, channels)[c] - wanted)).toBeLessThan(1e-3);
      const spread = own.reduce((sum, value) => sum + (value - wanted) ** 2, 0) / rows;
      expect(Math.abs(view(variance, channels)[c] - spread)).toBeLessThan(1e-3);
    }
  });

  it("Adam's first step is the rate against the sign of the gradient, which it clears; decay shrinks the weight", () => {
    const weights = memory.put(Float32Array.from([1, 1, 1, 1]));
    const gradient = memory.put(Float32Array.from([0.5, -3, 0, 1e-3]));
    const rate = (0.1 * Math.sqrt(1 - 0.99)) / (1 - 0.9);
    kernels.adam(weights, gradient, room(4), room(4), 4, rate, 0.9, 0.99, 1e-12, 0.25);
    expectNear(view(weights, 4), [0.65, 0.85, 0.75, 0.65], 1e-5);
    expect(Array.from(view(gradient, 4))).toEqual([0, 0, 0, 0]);
  });
});
