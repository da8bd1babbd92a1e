import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { runToEnd } from "../steps";
import { cosine, fitWhitening, type Vectors, whitener } from "./whitening";

/** Two directions of variance 16 and 1, turned by 45 degrees in the first two of three dimensions; the third is flat. */
function cloud(): Float32Array[] {
  const random = createRandom(3);
  const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value - 0.5, 0);
  return Array.from({ length: 400 }, () => {
    const [u, v] = [4 * normal(), normal()];
    return Float32Array.of(5 + (u + v) * Math.SQRT1_2, (u - v) * Math.SQRT1_2, 7);
  });
}

const vectorsOf = (vectors: Float32Array[]): Vectors => ({
  count: vectors.length,
  length: vectors[0].length,
  read: (i, out) => out.set(vectors[i]),
});

describe("whitening", () => {
  const vectors = cloud();
  const fitted = runToEnd(fitWhitening(vectorsOf(vectors), 3));
  const whiten = whitener(fitted);
  const places = vectors.map((vector) => {
    const out = new Float32Array(fitted.axes.length);
    whiten(vector, out);
    return out;
  });

  it("finds the axes that there are, by falling variance, and none where nothing varies", () => {
    expect(fitted.axes).toHaveLength(2);
    const [x, y, z] = fitted.axes[0];
    expect(x / y).toBeCloseTo(1, 1);
    expect(z).toBeCloseTo(0, 6);
  });

  it("leaves the vectors with variance 1 along each axis, and the axes without correlation", () => {
    const moment = (i: number, j: number) => places.reduce((sum, p) => sum + p[i] * p[j], 0) / places.length;
    expect(moment(0, 0)).toBeCloseTo(1, 2);
    expect(moment(1, 1)).toBeCloseTo(1, 1);
    expect(moment(0, 1)).toBeCloseTo(0, 2);
  });

  it("has no axes for few or equal vectors", () => {
    expect(runToEnd(fitWhitening(vectorsOf(vectors.slice(0, 3)), 3)).axes).toEqual([]);
    expect(runToEnd(fitWhitening(vectorsOf(Array(20).fill(vectors[0])), 3)).axes).toEqual([]);
  });
});

it("a cosine is 1 for one direction, 0 for an empty vector, and counts the first numbers alone", () => {
  expect(cosine(Float32Array.of(1, 2), Float32Array.of(2, 4), 2)).toBeCloseTo(1, 6);
  expect(cosine(Float32Array.of(0, 0), Float32Array.of(2, 4), 2)).toBe(0);
  expect(cosine(Float32Array.of(1, 9), Float32Array.of(1, -9), 1)).toBe(1);
});
