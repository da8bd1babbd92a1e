import { Fault } from "../../base";
import { fieldsOf, type Patience, textOf } from "./wire";

/** ONNX's element types (TensorProto.DataType) to bytes a value in `raw_data`; 0 for texts. */
const BYTES: Record<number, number> = {
  ...{ 1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 8: 0, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8, 14: 8, 15: 16, 16: 2 },
  ...{ 17: 1, 18: 1, 19: 1, 20: 1, 21: 0.5, 22: 0.5, 23: 0.5, 24: 1 },
};

/** Values of a sparse tensor when it is spread out. */
const MOST_SPREAD = 100_000_000;

/**
 * Checks that a tensor holds what its shape claims: a few bytes must not ask a runtime for gigabytes.
 * @throws Fault `model-damaged`, `model-unsupported` for weights that lie in another file
 */
export function checkTensor(id: string, message: Uint8Array, patience: Patience): void {
  let values = 1;
  let type = 0;
  let name = "";
  let raw: number | undefined;
  let stored = 0;
  const claim = (size: number): void => {
    values *= size;
    if (size < 0) throw wrong(id, name, "has a dimension below zero");
  };
  for (const field of fieldsOf(message, patience)) {
    if (field.kind === "number") {
      if (field.number === 1) claim(field.value);
      else if (field.number === 2) type = field.value;
      else if (field.number === 14 && field.value === 1) throw elsewhere(id);
      // Values that are not packed come a field each.
      else if ([5, 7, 11].includes(field.number)) stored++;
      continue;
    }
    const { number, bytes } = field;
    if (number === 1) for (const size of packed(bytes)) claim(size);
    else if (number === 8) name = textOf(bytes);
    else if (number === 9) raw = bytes.length;
    else if (number === 13) throw elsewhere(id);
    else if (number === 6) stored++;
    else if (number === 4) stored += bytes.length / 4;
    else if (number === 10) stored += bytes.length / 8;
    else if ([5, 7, 11].includes(number)) stored += bytes.length; // a byte a value at the least
  }
  const size = BYTES[type];
  if (size === undefined) throw wrong(id, name, `is of a type that ONNX does not have (${type})`);
  if (raw !== undefined ? Math.ceil(values * size) !== raw : !holds(values, stored, type))
    throw wrong(
      id,
      name,
      `claims ${values.toLocaleString("en", { maximumSignificantDigits: 4 })} values and holds ${raw === undefined ? Math.floor(stored).toLocaleString("en") : `${raw.toLocaleString("en")} bytes`}`,
    );
}

/** Complex numbers are two values; those of half a byte may lie two in one. */
function holds(values: number, stored: number, type: number): boolean {
  if (type >= 21 && type <= 23) return values <= 2 * stored;
  return values * (type === 14 || type === 15 ? 2 : 1) <= stored;
}

/** @throws Fault `model-memory` where it would be spread out to more than a tab holds */
export function checkSparse(id: string, message: Uint8Array, patience: Patience): void {
  let values = 1;
  for (const field of fieldsOf(message, patience)) {
    if (field.kind === "number") values *= field.number === 3 ? field.value : 1;
    else if (field.number === 3) for (const size of packed(field.bytes)) values *= size;
    else checkTensor(id, field.bytes, patience);
  }
  if (values <= MOST_SPREAD) return;
  throw new Fault("model-memory", `Cannot open "${id}": a sparse tensor of it has ${values.toExponential(1)} values`);
}

function* packed(bytes: Uint8Array): Generator<number> {
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    yield value >= 2 ** 63 ? value - 2 ** 64 : value;
    value = 0;
    scale = 1;
  }
}

function elsewhere(id: string): Fault {
  return new Fault("model-unsupported", `Cannot run "${id}": its weights are in a second file`, {
    hint: "Save the model as one file, with its weights inside (in PyTorch: `external_data=False`).",
  });
}

function wrong(id: string, name: string, what: string): Fault {
  return new Fault("model-damaged", `Cannot open "${id}": the tensor "${name}" ${what}`, {
    hint: "The file is damaged, or was made to harm. Export the model again.",
  });
}
