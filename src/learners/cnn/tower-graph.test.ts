import * as ort from "onnxruntime-web";
import { expect, it } from "vitest";
import { createRandom } from "../../base";
import { addTower, Graph, quantisedFilter } from "../../onnx";
import { runToEnd } from "../steps";
import { embedCnn, fitCnn } from "./cnn";

ort.env.wasm.numThreads = 1;

const size = 16;
const random = createRandom(5);
const rows = 40;
const pixels = Uint8Array.from({ length: rows * size * size * 4 }, () => Math.floor(random() * 256));
pixels.fill(0, 3 * size * size * 4, 4 * size * size * 4); // one is missing
const pictures = { rows, size, pixels, index: Int32Array.from({ length: rows }, (_, row) => row), columns: 1 };
const options = { epochs: 2, channels: [8, 12], rate: 0.01, batch: 8, augment: false, seed: 1 };
const labels = Int32Array.from({ length: rows }, (_, row) => row % 3);

async function embedded(model: ReturnType<typeof fitted>, quantised: boolean): Promise<Float32Array> {
  const graph = new Graph("pictures");
  const input = graph.input("pixels", "uint8", ["N", size, size, 4]);
  graph.node("Identity", [addTower(graph, { ...model, quantised }, input).features], {}, "embedding");
  graph.output("embedding", "float32", ["N", 12]);
  const session = await ort.InferenceSession.create(graph.build());
  const output = await session.run({ pixels: new ort.Tensor("uint8", pixels, [rows, size, size, 4]) });
  expect(output.embedding.dims).toEqual([rows, 12]);
  return output.embedding.data as Float32Array;
}

const fitted = () => runToEnd(fitCnn(pictures, labels, 3, options));

it("a tower in ONNX gives what the network's own gives, quantised or not, and nothing for no picture", async () => {
  const model = fitted();
  const rounded = { ...model, stages: model.stages.map((stage) => ({ ...stage, filter: quantisedFilter(stage) })) };
  for (const [quantised, expected] of [
    [false, model],
    [true, rounded],
  ] as const) {
    const own = runToEnd(embedCnn(expected, pictures));
    const onnx = await embedded(model, quantised);
    const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeGreaterThan(0.1);
    own.forEach((value, i) => {
      expect(Math.abs(value - onnx[i])).toBeLessThan(1e-5 * largest);
    });
    expect(onnx.slice(3 * 12, 4 * 12)).toEqual(new Float32Array(12));
  }
});
