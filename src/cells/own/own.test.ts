import { describe, expect, it } from "vitest";
import type { Fault } from "../../base";
import type { Slot, Tensor } from "../../inference";
import type { InputColumn } from "../../learners";
import { fed, picturesFed, planFeed } from "./feeds";
import { classOrder, outputOf, probabilitiesOf } from "./scores";
import { ownModelOf, ownModelSchema, ownModelText } from "./settings";

const slot = (shape: Slot["shape"], type = "float32"): Slot => ({ name: "x", type, shape });
const numbers = (name: string, ...values: number[]): InputColumn => ({
  name,
  as: "numeric",
  column: { kind: "number", name, values: Float64Array.from(values) },
});
const texts = (name: string, ...values: (string | null)[]): InputColumn => ({
  name,
  as: "text",
  column: { kind: "string", name, values },
});
const vectors = (name: string, ...values: (number[] | null)[]): InputColumn => ({
  name,
  as: "vector",
  column: { kind: "vector", name, values: values.map((value) => value && Float32Array.from(value)) },
});
const pictures: InputColumn = { name: "photo", as: "image", column: { kind: "bytes", name: "photo", values: [] } };
const filled = (own: Slot, columns: InputColumn[], from: number, to: number, missing?: number): Tensor => {
  const feed = planFeed(own, columns);
  if (feed.kind === "picture") throw new Error("a picture");
  return fed(feed, columns, from, to, { missing, pixels: "0..1" });
};
const why = (own: Slot, ...columns: InputColumn[]): string => {
  try {
    planFeed(own, columns);
  } catch (error) {
    return (error as Fault).message;
  }
  return "fine";
};

describe("the name of a brought model", () => {
  it("is its file and the first digits of its content's hash", () => {
    const name = { file: "my net (2).onnx", hash: "3f2ab9c1d0e4f567" };
    expect(ownModelText(name)).toBe("my net _2_.onnx@3f2ab9c1d0e4f567");
    expect(ownModelOf("a@b.onnx@3f2ab9c1d0e4f567")).toEqual({ file: "a@b.onnx", hash: "3f2ab9c1d0e4f567" });
    for (const other of ["emoji-aisle-fusion", "net.onnx@3f2a", 7, undefined])
      expect(ownModelOf(other)).toBeUndefined();
  });

  it("has inputs by name, or one list", () => {
    const read = (inputs: unknown) => ownModelSchema.parse({ model: "m", inputs }).inputs;
    expect(read(["a", "columns(b", "c)"])).toEqual({ "": ["a", "columns(b, c)"] });
    expect(read({ x: "a", y: ["b"] })).toEqual({ x: ["a"], y: ["b"] });
    expect(ownModelSchema.parse({ model: "m", classes: [0, 1] }).classes).toEqual(["0", "1"]);
  });
});

describe("an input of a model", () => {
  it("takes numbers, yes and no, and vectors side by side, in their order", () => {
    const yes: InputColumn = { name: "b", as: "numeric", column: { kind: "boolean", name: "b", values: [true, null] } };
    const x = filled(slot(["n", 4]), [numbers("a", 1, 2), vectors("v", [3, 4], [5, 6]), yes], 0, 2);
    expect(x.dims).toEqual([2, 4]);
    expect([...x.data]).toEqual([1, 3, 4, 1, 2, 5, 6, Number.NaN]);
    expect([...filled(slot(["n", "k"]), [numbers("a", 1, 2, 3)], 1, 3).data]).toEqual([2, 3]);
    expect(filled(slot(["n"]), [numbers("a", 1)], 0, 1).dims).toEqual([1]);
    expect(filled(slot(["n", 2, 2]), [vectors("v", [1, 2, 3, 4])], 0, 1).dims).toEqual([1, 2, 2]);
  });

  it("takes a missing number as it is said, and whole ones as they are", () => {
    expect([...filled(slot(["n", 1]), [numbers("a", Number.NaN)], 0, 1, -1).data]).toEqual([-1]);
    expect(filled(slot(["n", 1], "int64"), [numbers("a", 3)], 0, 1).data).toEqual(BigInt64Array.of(3n));
    expect(() => filled(slot(["n", 1], "int64"), [numbers("a", 1, 0.5)], 0, 2)).toThrow("row 2 has 0.5");
    expect(() => filled(slot(["n", 1], "int32"), [numbers("a", Number.NaN)], 0, 1)).toThrow("a missing number");
  });

  it("takes texts", () => {
    const x = filled(slot(["n", 2], "string"), [texts("a", "x", null), texts("b", "y", "z")], 0, 2);
    expect(x).toEqual({ type: "string", dims: [2, 2], data: ["x", "y", "", "z"] });
  });

  it("says what does not fit before anything runs", () => {
    expect(why(slot(["n", 3]), numbers("a", 1), numbers("b", 1))).toBe(
      'The input "x" (float32 n x 3) cannot be filled: it takes 3 values a row, and a, b give 2',
    );
    expect(why(slot(["n", 1]), texts("title", "a"))).toContain('"title" holds texts');
    expect(why(slot(["n"], "string"), numbers("a", 1))).toContain("numeric values");
    expect(why(slot(["n", 1]))).toContain("nothing is given");
    expect(why(slot([]), numbers("a", 1))).toContain("no table of rows");
    expect(why(slot(["n", 1], "float64"), numbers("a", 1))).toContain("float64");
    expect(why(slot(["n", "a", "b"]), numbers("a", 1))).toContain("left open");
    expect(why(slot(["n", 3, "h", "w"]), pictures)).toContain("fixed square size");
    expect(why(slot(["n", 3, 8, 8]), numbers("a", 1))).toContain("it takes pictures");
    expect(why(slot(["n", 8]), pictures)).toContain("holds pictures");
  });

  it("takes pictures in either layout, white where they are transparent", () => {
    const pixels = Uint8Array.from([255, 0, 51, 255, 10, 20, 30, 0, 0, 0, 0, 255, 255, 255, 255, 255]);
    const shown = (shape: Slot["shape"], scale: "0..1" | "0..255" | "-1..1" | "imagenet", type = "float32") => {
      const feed = planFeed(slot(shape, type), [pictures]);
      if (feed.kind !== "picture") throw new Error("no picture");
      const { dims, data } = picturesFed(feed, pixels, { pixels: scale, missing: undefined });
      return { dims, data: [...data].map((value) => Math.round(Number(value) * 1000) / 1000) };
    };
    expect(shown(["n", 3, 2, 2], "0..1")).toEqual({ dims: [1, 3, 2, 2], data: [1, 1, 0, 1, 0, 1, 0, 1, 0.2, 1, 0, 1] });
    expect(shown(["n", 2, 2, 3], "0..255").data.slice(0, 6)).toEqual([255, 0, 51, 255, 255, 255]);
    expect(shown(["n", 2, 2, 4], "0..255", "uint8").data).toEqual([...pixels]);
    expect(shown([1, 1, 2, 2], "-1..1").data).toEqual([-0.356, 1, -1, 1]);
    expect(shown(["n", 3, 2, 2], "imagenet").data[2]).toBe(-2.118);
  });
});

describe("the classes of a model", () => {
  it("have to be said, and to be the task's in any order", () => {
    const code = (said: string[] | undefined): string => {
      try {
        classOrder(said, ["a", "b", "c"]);
      } catch (error) {
        return (error as Fault).message;
      }
      return "fine";
    };
    expect(code(["c", "a", "b"])).toBe("fine");
    expect(code(undefined)).toContain("not said");
    expect(code(["a", "b"])).toContain('no class "c"');
    expect(code(["a", "b", "d"])).toContain('class "d"');
    expect(code(["a", "b", "c", "a"])).toContain("twice");
  });

  it("are put into the task's order", () => {
    const order = classOrder(["c", "a", "b"], ["a", "b", "c"]);
    const output: Tensor = { type: "float32", dims: [1, 3], data: Float32Array.of(0.5, 0.25, 0.25) };
    const place = { split: "train", first: 0, rows: 1 };
    expect([...probabilitiesOf(output, "y", order, "probabilities", place)]).toEqual([0.25, 0.25, 0.5]);
    const logits: Tensor = { ...output, data: Float32Array.of(Math.log(2), 0, 0) };
    expect(probabilitiesOf(logits, "y", order, "logits", place)[2]).toBeCloseTo(0.5, 6);
  });

  it("of two are one number too: the probability of the second", () => {
    const order = classOrder(["yes", "no"], ["no", "yes"]);
    const output: Tensor = { type: "float32", dims: [2, 1], data: Float32Array.of(0.25, 1) };
    const place = { split: "train", first: 0, rows: 2 };
    expect([...probabilitiesOf(output, "y", order, "probabilities", place)]).toEqual([0.25, 0.75, 1, 0]);
  });

  it("are refused where they are no probabilities, naming the row", () => {
    const order = classOrder(["a", "b"], ["a", "b"]);
    const said = (data: number[], rows = 1) => {
      const output: Tensor = { type: "float32", dims: [rows, data.length / rows], data: Float32Array.from(data) };
      return () => probabilitiesOf(output, "y", order, "probabilities", { split: "test", first: 10, rows });
    };
    expect(said([3, -1])).toThrow("row 11 of test it says 3.00, -1.00");
    expect(said([Number.NaN, 1])).toThrow("no number for row 11 of test");
    expect(said([0.1, 0.2, 0.7])).toThrow("gives 3 numbers a row (1 x 3), and there are 2 classes");
  });

  it("are found among the outputs", () => {
    const info = (...outputs: [string, string, Slot["shape"]][]) => ({
      ...{ inputs: [], operators: [], metadata: {}, loadMs: 0 },
      outputs: outputs.map(([name, type, shape]) => ({ name, type, shape })),
    });
    expect(outputOf(info(["label", "int64", ["n"]], ["p", "float32", ["n", 3]]), undefined, 3)).toBe("p");
    expect(outputOf(info(["a", "float32", ["n", 3]], ["probs", "float32", ["n", 3]]), undefined, 3)).toBe("probs");
    expect(() => outputOf(info(["a", "float32", ["n", 3]], ["b", "float32", ["n", 3]]), undefined, 3)).toThrow(
      "several",
    );
    expect(() => outputOf(info(["l", "int64", ["n"]], ["z", "other", []]), undefined, 3)).toThrow('"z" (no tensor)');
    expect(() => outputOf(info(["a", "float32", ["n", 3]]), "b", 3)).toThrow('no output "b"');
  });
});
