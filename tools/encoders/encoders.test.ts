import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ort from "onnxruntime-web";
import { beforeAll, describe, expect, it } from "vitest";
import { createTokeniser, type Tokenise } from "../../src/inference/embedding/pieces";
import { readVocabulary } from "./make";
import { LONGEST, sentenceEncoder, WIDTH } from "./use-lite";

/** Pieces, and the first 64 numbers of the vectors, by the original in TensorFlow.js (@energetic-ai/core 0.2.0). */
const original: { text: string; ids: number[]; vector: number[] }[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures/original.json"), "utf8"),
);

const texts = original.filter(({ text }) => !text.includes(":"));

describe("the sentence encoder", () => {
  let tokenise: Tokenise;
  beforeAll(() => {
    ort.env.wasm.numThreads = 1;
    tokenise = createTokeniser({ pieces: readVocabulary(), reserved: 6, longest: LONGEST });
  });

  const vectorsOf = async (session: ort.InferenceSession, ids: number[][]): Promise<Float32Array[]> => {
    const feeds = { ids: new ort.Tensor("int32", Int32Array.from(ids.flat()), [ids.length, ids[0].length]) };
    const { vectors } = await session.run(feeds);
    return ids.map((_, row) => (vectors.data as Float32Array).slice(row * WIDTH, (row + 1) * WIDTH));
  };

  it.each(texts.map(({ text, ids }) => [text, ids] as const))(
    "cuts %j into pieces as the original does",
    (text, ids) => {
      expect(tokenise(text)).toEqual(ids);
    },
  );

  it("reads a colon, whose score the package has lost, as a piece", () => {
    expect(tokenise("a: b").length).toBeLessThanOrEqual(4);
    expect(tokenise("a: b")).not.toContain(0);
  });

  it("gives the original's vectors, to 1e-6, and with weights of a byte each to a cosine of 0.999", async () => {
    const whole = await ort.InferenceSession.create(sentenceEncoder({ quantised: false }));
    const small = await ort.InferenceSession.create(sentenceEncoder({ quantised: true }));
    for (const { ids, vector } of original) {
      const [exact] = await vectorsOf(whole, [ids]);
      vector.forEach((value, i) => {
        expect(Math.abs(exact[i] - value)).toBeLessThan(2e-6);
      });
      const [rough] = await vectorsOf(small, [ids]);
      expect(exact.reduce((sum, value, i) => sum + value * rough[i], 0)).toBeGreaterThan(0.999);
    }
  }, 120_000); // 28 MB of weights, opened twice: 5 s alone, 40 s beside three other builds
});
