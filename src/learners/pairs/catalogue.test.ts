import { describe, expect, it } from "vitest";
import { runToEnd } from "../steps";
import { fitPairs, pairFeatures } from ".";
import { CLEAN, DIRTY, type Noise, syntheticPairs } from "./fixtures/catalogue";

/**
 * How well each feature alone puts pairs of the same product before pairs of neighbours: the area under the ROC curve, a
 * missing value between all others. 0.5 says nothing; below, small values speak for a match. Averaged over pairs with ties.
 */
function areas(noise: Partial<Noise>): Record<string, number> {
  const all = { ...CLEAN, ...noise };
  const train = syntheticPairs(11, 200, all);
  const rows = syntheticPairs(12, 200, all);
  const fitted = runToEnd(fitPairs(train.columns));
  if (!fitted) throw new Error("nothing to compare");
  const { features } = runToEnd(pairFeatures(fitted, rows.columns));
  return Object.fromEntries(features.map(({ name, values }) => [name, area(values, rows.labels)]));
}

function area(values: Float32Array, labels: Uint8Array): number {
  const present = [...values.keys()].filter((row) => !Number.isNaN(values[row]));
  const [same, other] = [1, 0].map((label) => present.filter((row) => labels[row] === label));
  let above = 0;
  for (const a of same) for (const b of other) above += values[a] > values[b] ? 1 : values[a] === values[b] ? 0.5 : 0;
  return above / (same.length * other.length);
}

const strength = (area: number): number => Math.abs(area - 0.5) * 2;

describe("in two catalogues of products, alone among the pairs that have it,", () => {
  it("a model code tells neighbours apart, however it is written, where words hardly do", () => {
    const own = areas({ otherCode: 0.6 });
    expect(strength(own["title.left_codes_found"])).toBeGreaterThan(0.9);
    expect(strength(own["title.code_edit_ratio"])).toBeGreaterThan(0.8);
    expect(strength(own["title.left_codes_found"])).toBeGreaterThan(strength(own["title.token_jaccard"]) + 0.05);
  });

  it("a size tells them apart in other units, where bare numbers no longer do", () => {
    const own = areas({ otherUnits: 1, hiddenCode: 1 });
    // Half of the neighbours have the same size, and are told apart by nothing of this kind.
    expect(strength(own["title.unit_difference"])).toBeGreaterThan(0.3);
    expect(strength(own["title.unit_difference"])).toBeGreaterThan(strength(own["title.number_jaccard"]) + 0.05);
  });

  it("brand and price are found where they have moved to", () => {
    const own = areas({ moved: 0.5, otherPrice: 0.05, hiddenCode: 1 });
    expect(strength(own["price.left_anywhere"])).toBeGreaterThan(0.8);
    expect(strength(own["price.right_anywhere"])).toBeGreaterThan(0.8);
  });

  it("rare words that one side lacks speak against a match under typing errors", () => {
    const own = areas({ typo: 0.6, dropped: 0.1, otherCode: 0.3 });
    expect(own["title.left_rarest_unmatched"]).toBeLessThan(0.25);
    expect(strength(own["title.soft_tfidf"])).toBeGreaterThan(strength(own["title.token_jaccard"]));
  });

  it("a price that is near speaks for a match", () => {
    expect(areas(DIRTY)["price.relative_difference"]).toBeLessThan(0.2);
  });
});
