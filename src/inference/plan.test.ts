import { describe, expect, it } from "vitest";
import { faultDataOf } from "../base";
import { batchFeeds, batchOutputs, planRun } from "./plan";
import type { ModelInfo, Slot, Tensor } from "./tensors";

const floats = (...dims: number[]): Tensor => {
  const length = dims.reduce((product, size) => product * size, 1);
  return { type: "float32", dims, data: Float32Array.from({ length }, (_, i) => i) };
};
const model = (...inputs: Slot[]): ModelInfo => ({ inputs, outputs: [], operators: [], metadata: {}, loadMs: 0 });
const slot = (name: string, ...shape: (number | string)[]): Slot => ({ name, type: "float32", shape });
const faultOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return faultDataOf(error);
  }
  return undefined;
};

describe("the plan of a run", () => {
  it("cuts rows into batches", () => {
    const plan = planRun(model(slot("x", "n", 3)), { x: floats(7, 3) }, 3);
    expect(plan).toEqual({
      rows: 7,
      batches: [
        { from: 0, to: 3 },
        { from: 3, to: 6 },
        { from: 6, to: 7 },
      ],
      padTo: 0,
      constant: [],
    });
    expect(batchFeeds(plan, { x: floats(7, 3) }, plan.batches[2]).x).toEqual({
      type: "float32",
      dims: [1, 3],
      data: Float32Array.of(18, 19, 20),
    });
    expect(planRun(model(slot("x", "n", 3)), { x: floats(0, 3) }).batches).toEqual([]);
  });

  it("cuts wide rows into smaller batches than narrow ones, unless it is said how many", () => {
    const sizes = (width: number): number[] => {
      const plan = planRun(model(slot("x", "n", width)), { x: floats(3000, width) });
      return plan.batches.map(({ from, to }) => to - from);
    };
    expect(sizes(3)).toEqual([1024, 1024, 952]);
    expect(sizes(1000).slice(0, 2)).toEqual([500, 500]);
    expect(sizes(20_000)[0]).toBe(64);
  });

  it("gives a model of a fixed number of rows exactly that many, and drops what was padded", () => {
    const plan = planRun(model(slot("x", 4, 1)), { x: floats(6, 1) }, 100);
    expect(plan).toMatchObject({ rows: 6, padTo: 4 });
    const { x } = batchFeeds(plan, { x: floats(6, 1) }, plan.batches[1]);
    expect(x).toEqual({ type: "float32", dims: [4, 1], data: Float32Array.of(4, 5, 5, 5) });
    expect(batchOutputs(plan, { y: x }, plan.batches[1]).y).toEqual({
      type: "float32",
      dims: [2, 1],
      data: Float32Array.of(4, 5),
    });
  });

  it("gives settings whole to every batch", () => {
    const info = model(slot("x", "n"), slot("scale"), slot("bins", 2));
    const feeds = { x: floats(4), scale: floats(), bins: floats(2) };
    const plan = planRun(info, feeds, 2);
    expect(plan.constant).toEqual(["scale", "bins"]);
    expect(batchFeeds(plan, feeds, plan.batches[1])).toEqual({
      x: { type: "float32", dims: [2], data: Float32Array.of(2, 3) },
      scale: floats(),
      bins: floats(2),
    });
  });

  it("cuts texts too", () => {
    const words: Tensor = { type: "string", dims: [3], data: ["a", "b", "c"] };
    const plan = planRun(model({ name: "w", type: "string", shape: ["n"] }), { w: words }, 2);
    expect(batchFeeds(plan, { w: words }, plan.batches[1]).w).toEqual({ type: "string", dims: [1], data: ["c"] });
  });

  it("refuses to cut what does not come by rows", () => {
    const plan = planRun(model(slot("x", "n")), { x: floats(4) }, 2);
    expect(faultOf(() => batchOutputs(plan, { total: floats() }, plan.batches[0]))).toMatchObject({
      code: "model-unsupported",
    });
    const one = planRun(model(slot("x", "n")), { x: floats(4) }, 4);
    expect(batchOutputs(one, { total: floats() }, one.batches[0])).toEqual({ total: floats() });
  });

  it.each([
    ["a missing input", { x: floats(2, 3) }, /needs the input "y"/, /given x/],
    ["an unknown input", { x: floats(2, 3), yy: floats(2), y: floats(2) }, /no input "yy"/, /Did you mean "y"/],
    ["another rank", { x: floats(6), y: floats(2) }, /takes float32 n x 3, and was given 6/, /./],
    ["another size", { x: floats(2, 4), y: floats(2) }, /takes float32 n x 3, and was given 2 x 4/, /./],
    ["rows that disagree", { x: floats(2, 3), y: floats(5) }, /"x" has 2, "y" has 5/, /./],
    [
      "another type",
      { x: floats(2, 3), y: { ...floats(2), type: "int32", data: new Int32Array(2) } },
      /was given int32/,
      /./,
    ],
    [
      "values of another type",
      { x: floats(2, 3), y: { ...floats(2), data: new Int32Array(2) } },
      /of another type/,
      /./,
    ],
    ["too few values", { x: { ...floats(2, 3), dims: [3, 3] }, y: floats(3) }, /9 values, and has 6/, /./],
  ] as [string, Record<string, Tensor>, RegExp, RegExp][])("names %s", (_, feeds, message, hint) => {
    const fault = faultOf(() => planRun(model(slot("x", "n", 3), slot("y", "n")), feeds));
    expect(fault).toMatchObject({ code: "model-input" });
    expect(fault?.message).toMatch(message);
    if (fault?.hint !== undefined) expect(fault.hint).toMatch(hint);
  });
});
