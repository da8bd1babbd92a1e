import { describe, expect, it } from "vitest";
import { suggestConfig } from "./configWords";

const names = {
  keys: [
    { key: "learner", label: "Learner", options: ["linear", "gbdt"] },
    { key: "inputs", label: "Inputs", options: ["features", "columns", "embed:text(title)"] },
    { key: "seed", label: "Seed" },
  ],
};
const at = (before: string, text = before) => {
  const { taken, suggestions } = suggestConfig(names, before, text);
  return { taken, inserts: suggestions.map(({ insert }) => insert) };
};

describe("what a configuration cell offers", () => {
  it("settings that the text does not have yet", () => {
    expect(at("", "learner: linear\n")).toEqual({ taken: 0, inserts: ["inputs: ", "seed: "] });
    expect(at("se")).toMatchObject({ taken: 2 });
  });

  it("values of the setting on this line", () => {
    expect(at("learner: ")).toEqual({ taken: 0, inserts: ["linear", "gbdt"] });
  });

  it("names in a list, whose colons and brackets belong to them", () => {
    expect(at("inputs: [features, embed:te")).toMatchObject({ taken: 8 });
    expect(at("inputs: [features, embed:te").inserts).toContain("embed:text(title)");
  });

  it("nothing where nothing is known", () => {
    expect(at("seed: ").inserts).toEqual([]);
    expect(at("inputs: [features]").inserts).toEqual([]);
    expect(at("  - ").inserts).toEqual([]);
  });
});
