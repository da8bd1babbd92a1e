import { describe, expect, it } from "vitest";
import { Fault } from "../../base";
import { readModelFile } from "./model-file";

/** A message of fields: a number, or the bytes or the text of what is nested. */
type Part = [field: number, value: number | readonly number[] | string];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

function message(...parts: Part[]): number[] {
  return parts.flatMap(([field, value]) => {
    if (typeof value === "number") return [...varint(field * 8), ...varint(value)];
    const bytes = typeof value === "string" ? [...new TextEncoder().encode(value)] : value;
    return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
  });
}

const FLOAT = 1;
const weights = (dims: number[], ...rest: Part[]): number[] =>
  message(...dims.map((size): Part => [1, size]), [2, FLOAT], [8, "w"], ...rest);
const raw = (values: number): Part => [9, new Array<number>(values * 4).fill(0)];
const node = (operator: string, ...rest: Part[]): Part => [1, message([4, operator], ...rest)];
const model = (...graph: Part[]): Uint8Array => Uint8Array.from(message([1, 8], [7, message(...graph)]));
const good = model(node("Relu"), node("MatMul"), [5, weights([2, 3], raw(6))]);

const faultOf = (bytes: Uint8Array): Pick<Fault, "code" | "message"> => {
  try {
    readModelFile("m.onnx", bytes);
  } catch (error) {
    if (error instanceof Fault) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: "none", message: "" };
};

describe("the file of a model", () => {
  it("tells its operators and what its maker wrote", () => {
    const bytes = Uint8Array.from([
      ...good,
      ...message([14, message([1, "classes"], [2, '["a","b"]'])], [14, message([1, "__proto__"], [2, "x"])]),
    ]);
    const { operators, metadata } = readModelFile("m.onnx", bytes);
    expect(operators).toEqual(["MatMul", "Relu"]);
    expect(Object.entries(metadata)).toEqual([
      ["classes", '["a","b"]'],
      ["__proto__", "x"],
    ]);
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
  });

  it("names operators of other domains with them", () => {
    expect(readModelFile("m.onnx", model(node("Tokenizer", [7, "com.microsoft"]))).operators).toEqual([
      "com.microsoft:Tokenizer",
    ]);
  });

  it("is refused wherever it is cut off, and where a cut leaves a smaller file whole it reads that", () => {
    for (let length = 0; length < good.length; length++) {
      const { code } = faultOf(good.slice(0, length));
      if (code !== "none") expect(code).toBe("model-damaged");
      else expect(length).toBeGreaterThan(good.length - 1);
    }
    expect(faultOf(good).code).toBe("none");
  });

  it("is refused when it is text, a picture, noise, or empty", () => {
    const texts = ["id,label\n1,cat\n2,dog\n", "<!doctype html><title>404</title>", "\u0089PNG\r\n\u001a\n"];
    for (const text of texts) expect(faultOf(new TextEncoder().encode(text)).code).toBe("model-damaged");
    expect(faultOf(new Uint8Array(0)).message).toContain("empty");
    let seed = 7;
    const next = (): number => {
      seed = (seed * 48271) % 2147483647;
      return seed & 255;
    };
    for (let round = 0; round < 200; round++) {
      const noise = Uint8Array.from({ length: 1 + (round % 60) }, next);
      expect(["model-damaged", "none"]).toContain(faultOf(noise).code);
    }
  });

  it("survives any one byte of it being another", () => {
    for (let at = 0; at < good.length; at++)
      for (const value of [0, 1, 127, 128, 255]) {
        const bytes = good.slice();
        bytes[at] = value;
        expect(["none", "model-damaged", "model-unsupported", "model-memory"]).toContain(faultOf(bytes).code);
      }
  });

  it("is refused when a tensor claims more than it holds", () => {
    const claims = [
      weights([1e6, 1e6], raw(1)),
      weights([1e9, 1e9, 1e9], [4, [0, 0, 0, 0]]),
      weights([2 ** 40]),
      weights([2, 3], raw(7)),
      weights([-1, 3], raw(3)),
    ];
    for (const claim of claims) {
      const { code, message: said } = faultOf(model([5, claim]));
      expect(code).toBe("model-damaged");
      expect(said).toMatch(/"w" (claims|has)|the tensor ""/);
    }
    expect(faultOf(model(node("Constant", [5, message([5, claims[0]])]))).code).toBe("model-damaged");
    expect(faultOf(model([15, message([1, weights([1], raw(1))], [3, 1e9])])).code).toBe("model-memory");
  });

  it("takes values that are not raw, a field each or packed", () => {
    expect(faultOf(model([5, weights([2], [4, [0, 0, 0, 0, 0, 0, 0, 0]])])).code).toBe("none");
    const counts = message([1, 2], [2, 7], [7, 1], [7, 2]);
    expect(faultOf(model([5, counts])).code).toBe("none");
    const words = message([1, 2], [2, 8], [6, "a"], [6, "b"]);
    expect(faultOf(model([5, words])).code).toBe("none");
  });

  it("is refused when its weights are in another file", () => {
    for (const part of [[14, 1] as Part, [13, message([1, "location"], [2, "/etc/passwd"])] as Part])
      expect(faultOf(model([5, weights([2, 3], part)]))).toMatchObject({
        code: "model-unsupported",
        message: expect.stringContaining("second file"),
      });
  });

  it("is refused when it nests graphs without end, or has fields without end", () => {
    let nested = message(node("Relu"));
    for (let depth = 0; depth < 40; depth++) nested = message(node("If", [5, message([6, nested])]));
    expect(faultOf(model(...[[7, nested] as Part], node("If", [5, message([6, nested])]))).code).toBe("model-damaged");
    const flood = new Uint8Array(12_000_000);
    for (let at = 0; at < flood.length; at += 2) flood[at] = 8;
    expect(faultOf(flood)).toMatchObject({ code: "model-damaged", message: expect.stringContaining("fields") });
  });

  it("is refused when it is too large, before it is read", () => {
    const vast = Object.defineProperty(new Uint8Array(1), "length", { value: 2e9 });
    expect(faultOf(vast)).toMatchObject({ code: "model-memory", message: expect.stringContaining("2,000 MB") });
  });
});
