import * as ort from "onnxruntime-web";
import {
  encodeForModel,
  type ModelEntry,
  type ModelInputs,
  prepareColumns,
  runToEnd,
  type Sidecar,
} from "../../src/learners";
import type { Rows } from "./data";

/** The inputs of the model for rows, as the tab would make them. */
export async function inputsFor(sidecar: Sidecar, rows: Rows): Promise<ModelInputs> {
  const own = rows.columns.filter(({ name }) => sidecar.inputs.some((input) => input.name === name));
  return runToEnd(encodeForModel(sidecar, await prepareColumns(own, async () => {})));
}

/** So many rows at a time, as in the tab: a padded batch of all rows might not fit into memory. */
const BATCH = 1024;

/** Runs the very file in ONNX Runtime: rows x classes. */
export async function runOnnx(onnx: Uint8Array, sidecar: Sidecar, rows: Rows): Promise<Float64Array> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(onnx);
  const inputs = Object.entries(await inputsFor(sidecar, rows));
  const parts: number[] = [];
  for (let from = 0; from < rows.ids.length; from += BATCH) {
    const to = Math.min(rows.ids.length, from + BATCH);
    const feeds = inputs.map(([name, { type, data, dims }]) => {
      const size = data.length / dims[0];
      return [name, new ort.Tensor(type, data.slice(from * size, to * size), [to - from, ...dims.slice(1)])];
    });
    const output = await session.run(Object.fromEntries(feeds));
    for (const value of output[sidecar.output].data as Float32Array) parts.push(value);
  }
  await session.release();
  return Float64Array.from(parts);
}

/** What the model reads, told by the inputs that one row becomes. */
export async function describeInputs(sidecar: Sidecar, { columns, ids, labels }: Rows): Promise<ModelEntry["inputs"]> {
  const first = {
    ids: ids.slice(0, 1),
    labels: labels.slice(0, 1),
    columns: columns.map((input) => ({
      ...input,
      column: { ...input.column, values: input.column.values.slice(0, 1) },
    })),
  };
  const inputs = await inputsFor(sidecar, first as Rows);
  return Object.entries(inputs).map(([name, { type, dims }]) => {
    const padded = /(ids|weights)$/.test(name);
    return {
      name,
      type,
      shape: ["N", ...(padded ? ["L"] : dims.slice(1))].join(" x "),
      meaning: padded ? "features of texts and categories, padded with 0" : "numbers",
    };
  });
}
