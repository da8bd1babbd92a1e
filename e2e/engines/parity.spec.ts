import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tensors } from "../../src/inference";
import { readModelManifest, readSidecar } from "../../src/learners";
import { readTaskRows } from "../../tools/baselines/data";
import { inputsFor } from "../../tools/baselines/onnx";
import type {} from "../../tools/harness/main";
import { encoded, expect, onSoftwareGpu, root, test } from "./harness";

onSoftwareGpu();

const TASK = "emoji-aisle";
const folder = join(root, "public/models");
const read = (file: string) => new Uint8Array(readFileSync(join(folder, file)));
const json = (file: string): unknown => JSON.parse(new TextDecoder().decode(read(file)));

test("shipped models say on the GPU what they say in WASM, and trees do not ask for one", async ({ open }) => {
  const manifest = readModelManifest(json("models.json"), "models.json");
  const { validation } = await readTaskRows(join(root, "public/samples"), TASK);
  const feeds: Record<string, { file: string; feeds: Tensors }> = {};
  for (const { id, task, file, sidecar } of manifest.models)
    if (task === TASK) feeds[id] = { file, feeds: await inputsFor(readSidecar(json(sidecar), sidecar), validation) };
  const [{ id, file, preprocessing }] = manifest.encoders;
  const { size, input } = preprocessing;
  const pixels = Uint8Array.from({ length: 16 * size * size * 4 }, (_, i) => (i * 31) & 255);
  feeds[id] = { file, feeds: { [input]: { type: "uint8", dims: [16, size, size, 4], data: pixels } } };

  const page = await open("plain");
  const found: Record<string, string> = {};
  let largest = 0;
  for (const [id, work] of Object.entries(feeds)) {
    const plain = Object.entries(work.feeds).map(([name, { type, dims, data }]) => {
      const { buffer, byteOffset, byteLength } = data as Float32Array<ArrayBuffer>;
      return { name, type, dims, base64: encoded(new Uint8Array(buffer, byteOffset, byteLength)) };
    });
    const ran = await page.evaluate(
      async ({ model, plain }) => {
        const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const arrays = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array };
        const tensors = Object.fromEntries(
          plain.map(({ name, type, dims, base64 }) => {
            const kind = type as keyof typeof arrays;
            return [name, { type: kind, dims, data: new arrays[kind](bytes(base64).buffer) }];
          }),
        );
        const inference = window.harness.createInference();
        await inference.load({ id: "model", bytes: bytes(model) });
        const wasm = await inference.run("model", tensors, { provider: "wasm" });
        const gpu = await inference.run("model", tensors, { provider: "webgpu" });
        inference.dispose();
        const differences = Object.entries(wasm.outputs).flatMap(([name, { data }]) =>
          Array.from(data as Float32Array, (value, i) => Math.abs(value - Number(gpu.outputs[name].data[i]))),
        );
        return { provider: gpu.provider, reason: gpu.reason, largest: differences.reduce((a, b) => Math.max(a, b), 0) };
      },
      { model: encoded(read(work.file)), plain },
    );
    found[id] = ran.provider === "webgpu" ? "webgpu" : ran.reason;
    largest = Math.max(largest, ran.largest);
  }
  expect(found).toEqual({
    "emoji-aisle-text": "webgpu",
    "emoji-aisle-table": "the GPU's runtime has no TreeEnsembleRegressor",
    "emoji-aisle-image": "webgpu",
    "emoji-aisle-fusion": "webgpu",
    "image-encoder": "webgpu",
  });
  console.log("largest difference", largest);
  expect(largest).toBeLessThan(1e-5);
});
