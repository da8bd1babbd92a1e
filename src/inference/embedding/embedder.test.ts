import { describe, expect, it } from "vitest";
import { Fault } from "../../base";
import type { Inference } from "../client";
import type { Tensor } from "../tensors";
import { createEmbedder } from "./embedder";
import { createTokeniser } from "./pieces";

const pieces = [
  ["?", 0],
  ["▁", -3],
  ["a", -2],
  ["b", -2],
  ["ab", -2.5],
  ["▁a", -2.2],
] as const;

/** An encoder whose vector is the text's length in pieces and their sum; it notes the batches that it runs. */
function encoder() {
  const batches: number[][] = [];
  let stopAfter = Number.POSITIVE_INFINITY;
  const tokenise = createTokeniser({ pieces, reserved: 1, longest: 8 });
  const inference: Pick<Inference, "load" | "prepare" | "run" | "release"> = {
    load: async () => ({ inputs: [], outputs: [], operators: [], metadata: {}, loadMs: 1 }),
    release: async () => {},
    prepare: async (_, values) => {
      if (typeof values[0] !== "string")
        return { kind: "unreadable", at: 1, fault: { code: "picture-unreadable", message: "Cannot read a PNG" } };
      const texts = values.map((value) => tokenise(String(value)));
      return { kind: "text", ids: Int32Array.from(texts.flat()), lengths: Int32Array.from(texts, (ids) => ids.length) };
    },
    run: async (_, feeds, { signal }) => {
      if (batches.length >= stopAfter) throw new Fault("stopped", "stopped");
      signal?.throwIfAborted();
      const [rows, length] = feeds.ids.dims;
      batches.push([rows, length]);
      const data = Float32Array.from({ length: rows * 2 }, (_, i) => {
        const own = (feeds.ids.data as Int32Array).subarray((i >> 1) * length, ((i >> 1) + 1) * length);
        return i % 2 === 0 ? length : own.reduce((sum, value) => sum + value, 0);
      });
      const vectors: Tensor = { type: "float32", dims: [rows, 2], data };
      return { outputs: { vectors }, provider: "wasm", reason: "asked for", loadMs: 1, runMs: 2 };
    },
  };
  const embedder = createEmbedder({
    inference: () => inference as Inference,
    load: async (modality) => ({
      id: "tiny",
      sha256: "0".repeat(64),
      bytes: new Uint8Array(1),
      recipe: modality === "text" ? { kind: "text", pieces, reserved: 1, longest: 8 } : { kind: "image", size: 4 },
      input: "ids",
      output: "vectors",
    }),
  });
  return {
    embedder,
    batches,
    stopAfter: (count: number) => {
      stopAfter = count;
    },
  };
}

describe("cutting a text into pieces", () => {
  const tokenise = createTokeniser({ pieces, reserved: 1, longest: 4 });

  it("takes the likeliest sequence, an unknown letter once however often it is repeated", () => {
    expect(tokenise("ab")).toEqual([5, 3]); // ▁a b is likelier than ▁ ab
    expect(tokenise("aéé")).toEqual([5, 0]);
    expect(tokenise("  ")).toEqual([]);
  });

  it("reads a text's beginning only, however long it is", () => {
    expect(tokenise("a".repeat(1e6))).toHaveLength(4);
  });
});

describe("embedding", () => {
  it("computes equal texts once, texts of one length together, and nothing for missing ones", async () => {
    const { embedder, batches } = encoder();
    const { vectors, computed } = await embedder.embed("text", ["a", null, "ab", "b b", "", "a", "  "]);
    expect(vectors.map((vector) => vector && [...vector])).toEqual([[1, 5], null, [2, 8], [4, 8], null, [1, 5], null]);
    expect(computed?.values).toBe(3);
    expect(batches).toEqual([
      [2, 1], // a row alone is run beside itself
      [2, 2],
      [2, 4],
    ]);
  });

  it("computes nothing again, and only what is new", async () => {
    const { embedder, batches } = encoder();
    await embedder.embed("text", ["a", "ab"]);
    const ran = batches.length;
    expect((await embedder.embed("text", ["ab", "a"])).computed).toBeUndefined();
    expect(batches).toHaveLength(ran);
    expect((await embedder.embed("text", ["ab", "b"])).computed?.values).toBe(1);
    embedder.clear();
    expect((await embedder.embed("text", ["ab"])).computed?.values).toBe(1);
  });

  it("keeps what was computed before it was stopped", async () => {
    const { embedder, stopAfter } = encoder();
    stopAfter(1);
    await expect(embedder.embed("text", ["a", "ab"])).rejects.toThrow("stopped");
    stopAfter(10);
    expect((await embedder.embed("text", ["a", "ab"])).computed?.values).toBe(1);
  });

  it("computes nothing twice for two that ask side by side", async () => {
    const { embedder, batches } = encoder();
    const [first, second] = await Promise.all([
      embedder.embed("text", ["a", "ab"]),
      embedder.embed("text", ["ab", "b b", "a"]),
    ]);
    expect([first.computed?.values, second.computed?.values]).toEqual([2, 1]);
    expect(batches).toHaveLength(3);
    expect(second.vectors.map((vector) => vector?.[0])).toEqual([2, 4, 1]);
  });

  it("does not let one that was stopped or failed hold up the next", async () => {
    const { embedder, stopAfter } = encoder();
    const stop = new AbortController();
    stopAfter(0);
    const failing = embedder.embed("text", ["a"]);
    const waiting = embedder.embed("text", ["ab"], { signal: stop.signal });
    stop.abort();
    const ends = await Promise.allSettled([failing, waiting]);
    expect(ends.map((end) => end.status === "rejected" && end.reason)).toEqual([
      expect.objectContaining({ code: "stopped" }),
      expect.objectContaining({ name: "AbortError" }),
    ]);
    stopAfter(10);
    expect((await embedder.embed("text", ["a", "ab"])).computed?.values).toBe(2);
  });

  it("tells how far it is", async () => {
    const { embedder } = encoder();
    const told: string[] = [];
    await embedder.embed("text", ["a", "ab"], { onProgress: ({ done, note }) => told.push(`${done} ${note}`) });
    expect(told).toEqual(["0.5 encoder: 1 of 2", "1 encoder: 2 of 2"]);
  });

  it("names the picture that cannot be read", async () => {
    const { embedder } = encoder();
    const describe = (index: number): string => `row ${index + 1} of "photo"`;
    const pictures = [Uint8Array.of(1), Uint8Array.of(1), Uint8Array.of(2)];
    await expect(embedder.embed("image", pictures, { describe })).rejects.toThrow(
      'Cannot read a PNG (row 3 of "photo")',
    );
  });
});
