import { encode } from "./encoder";
import { expand } from "./expand";
import { featuresOf } from "./features";
import { IMAGE_SIZE } from "./image";
import { type Breathe, input, type PictureColumn, type PreparedColumn, rowsOfColumn } from "./inputs";
import type { Matrix } from "./matrix";
import type { Sidecar, SidecarPart } from "./model-manifest";
import { PIXELS } from "./pictures";
import { predictRates } from "./rates";
import { scaled } from "./steps";

/** A model's input: row-major values of this shape; the first dimension is the rows. */
export type ModelInput =
  | { type: "int32"; data: Int32Array; dims: number[] }
  | { type: "float32"; data: Float32Array; dims: number[] }
  | { type: "uint8"; data: Uint8Array; dims: number[] };

export type ModelInputs = Record<string, ModelInput>;

type Parts = Pick<Sidecar, "expansion" | "parts">;

/**
 * Rows as the inputs of a model that `exportPlan` wrote, by its sidecar, but for its pictures: see `picturesForModel`.
 * Yields the share done.
 * @throws Fault `learner-input` for a column that is missing or of another kind
 */
export function* encodeForModel(
  { expansion, parts, others = [] }: Parts & Pick<Sidecar, "others">,
  columns: readonly PreparedColumn[],
): Generator<number, ModelInputs> {
  const groups = [{ expansion, parts }, ...others];
  const inputs: ModelInputs = {};
  for (const [index, group] of groups.entries()) {
    const from = index / groups.length;
    Object.assign(inputs, yield* scaled(from, from + 1 / groups.length, inputsOfGroup(group, columns)));
  }
  return inputs;
}

/**
 * The model's pictures, decoded: the inputs that `encodeForModel` leaves out.
 * @throws Fault `learner-input` for a column that is missing or holds no pictures
 */
export async function picturesForModel(
  { parts, others = [] }: Pick<Sidecar, "parts" | "others">,
  columns: readonly PreparedColumn[],
  breathe: Breathe,
): Promise<ModelInputs> {
  const inputs: ModelInputs = {};
  for (const part of [...parts, ...others.flatMap((group) => group.parts)]) {
    if (part.kind !== "pictures") continue;
    const shown = part.columns.map((name): PictureColumn => {
      const column = columns.find((one) => one.name === name);
      if (column?.as === "picture") return column;
      throw input(
        `Cannot encode: the model reads pictures of "${name}", which ${column ? `is ${column.as} here` : "is not there"}`,
      );
    });
    inputs[part.input] = await pixelsOf(shown, breathe);
  }
  return inputs;
}

async function pixelsOf(shown: readonly PictureColumn[], breathe: Breathe): Promise<ModelInput> {
  const rows = rowsOfColumn(shown[0]);
  const data = new Uint8Array(rows * shown.length * PIXELS);
  for (const [c, { index, store }] of shown.entries()) {
    const numbers = [...new Set(index)].filter((number) => number >= 0);
    const pixels = await store.pixels(Int32Array.from(numbers), (done) => breathe((c + done) / shown.length));
    const places = new Map(numbers.map((number, place) => [number, place * PIXELS]));
    index.forEach((number, row) => {
      const from = places.get(number);
      if (from !== undefined) data.set(pixels.subarray(from, from + PIXELS), (row * shown.length + c) * PIXELS);
    });
  }
  return { type: "uint8", data, dims: [rows, shown.length, IMAGE_SIZE, IMAGE_SIZE, 4] };
}

function* inputsOfGroup(
  { expansion, parts }: Parts,
  columns: readonly PreparedColumn[],
): Generator<number, ModelInputs> {
  const expanded = yield* scaled(0, 0.3, expand(expansion, columns));
  const inputs: ModelInputs = {};
  for (const [index, part] of parts.entries()) {
    const from = 0.3 + (0.7 * index) / parts.length;
    Object.assign(inputs, yield* scaled(from, from + 0.7 / parts.length, inputsOf(part, expanded)));
  }
  return inputs;
}

function* inputsOf(part: SidecarPart, expanded: readonly PreparedColumn[]): Generator<number, ModelInputs> {
  const columns = part.kind === "rows" ? expanded : expanded.filter((column) => part.columns.includes(column.name));
  switch (part.kind) {
    case "matrix":
      return padded(yield* encode(part.encoder, columns), part.prefix);
    case "table": {
      const { rows, features } = yield* featuresOf(part.features, columns);
      const width = features.length;
      const data = new Float32Array(rows * width);
      for (const [index, feature] of features.entries()) {
        const bins = part.bins[feature.name] ?? [];
        for (let row = 0, at = index; row < rows; row++, at += width)
          data[at] = feature.kind === "number" ? feature.values[row] : (bins[feature.codes[row]] ?? 0);
      }
      return width === 0 ? {} : { [part.input]: { type: "float32", data, dims: [rows, width] } };
    }
    case "rates": {
      const [column] = columns;
      if (column?.as !== "categorical") throw input(`Cannot encode "${part.columns[0]}": it holds no categories`);
      const model = {
        ...part,
        shares: new Map(Object.entries(part.shares).map(([k, v]) => [k, Float32Array.from(v)])),
      };
      const data = Float32Array.from(
        predictRates({ ...model, classes: part.prior.length, prior: Float32Array.from(part.prior) }, column.values),
      );
      return { [part.input]: { type: "float32", data, dims: [rowsOfColumn(column), part.prior.length] } };
    }
    case "rows": {
      const rows = columns.length === 0 ? 0 : rowsOfColumn(columns[0]);
      return { [part.input]: { type: "float32", data: new Float32Array(rows), dims: [rows, 1] } };
    }
    case "pictures":
      return {}; // decoded by `picturesForModel`
  }
}

/**
 * The sparse part padded to the longest row (id 0 with weight 0), the dense part as it is. A part of width 0 is left out,
 * as it is in the model.
 */
function padded(matrix: Matrix, prefix: string): ModelInputs {
  const inputs: ModelInputs = {};
  const { rows, ids, weights, offsets } = matrix;
  if (matrix.sparseWidth > 0) {
    let length = 1;
    for (let row = 0; row < rows; row++) length = Math.max(length, offsets[row + 1] - offsets[row]);
    const wide = { ids: new Int32Array(rows * length), weights: new Float32Array(rows * length) };
    for (let row = 0; row < rows; row++) {
      wide.ids.set(ids.subarray(offsets[row], offsets[row + 1]), row * length);
      wide.weights.set(weights.subarray(offsets[row], offsets[row + 1]), row * length);
    }
    inputs[`${prefix}ids`] = { type: "int32", data: wide.ids, dims: [rows, length] };
    inputs[`${prefix}weights`] = { type: "float32", data: wide.weights, dims: [rows, length] };
  }
  if (matrix.denseWidth > 0)
    inputs[`${prefix}dense`] = { type: "float32", data: matrix.dense, dims: [rows, matrix.denseWidth] };
  return inputs;
}
