import { Fault, suggest } from "../base";
import { checkTensor, type ModelInfo, padRows, type Slot, sliceRows, type Tensors } from "./tensors";

/** How the rows of a run are cut. A model of a fixed number of rows gets exactly that many, the last batch padded. */
export interface Plan {
  rows: number;
  batches: { from: number; to: number }[];
  /** Rows that each batch is padded to. */
  padTo: number;
  /** Inputs that are the same for every batch. */
  constant: string[];
}

/**
 * Rows a batch unless said: few large batches are up to twice as fast as batches of 256 in WASM, but what a batch is given,
 * and the far larger values between its nodes, have to fit, and a stop is heard between two batches.
 */
const MOST_ROWS = 1024;
const LEAST_ROWS = 64;
const MOST_VALUES = 500_000;

/**
 * Checks the feeds against the model and plans the batches.
 * @throws Fault `model-input`: an input is missing, unknown, of another type or shape, or rows do not agree
 */
export function planRun(info: ModelInfo, feeds: Tensors, asked?: number): Plan {
  const names = info.inputs.map((slot) => slot.name);
  for (const name of Object.keys(feeds))
    if (!names.includes(name))
      throw new Fault("model-input", `The model has no input "${name}"`, { hint: suggest(name, names) });
  for (const slot of info.inputs) checkSlot(slot, feeds);

  const varying = info.inputs.filter((slot) => typeof slot.shape[0] === "string");
  const fixed = info.inputs.filter((slot) => typeof slot.shape[0] === "number");
  const constant = info.inputs.filter((slot) => slot.shape.length === 0).map((slot) => slot.name);
  if (varying.length > 0) {
    // Beside inputs whose rows vary, one of a fixed size is a setting, the same for every row.
    const rows = commonRows(varying, feeds);
    const size = asked ?? batchOf(varying, feeds, rows);
    return { rows, batches: cut(rows, size), padTo: 0, constant: [...constant, ...fixed.map((slot) => slot.name)] };
  }
  if (fixed.length === 0) return { rows: 1, batches: [{ from: 0, to: 1 }], padTo: 0, constant };
  const size = Number(fixed[0].shape[0]);
  const agrees = fixed.every((slot) => slot.shape[0] === size);
  if (!agrees) return { rows: 1, batches: [{ from: 0, to: 1 }], padTo: 0, constant: names };
  const rows = commonRows(fixed, feeds);
  return { rows, batches: cut(rows, size), padTo: size, constant };
}

/** The feeds of one batch, as copies that can be moved. */
export function batchFeeds(plan: Plan, feeds: Tensors, { from, to }: { from: number; to: number }): Tensors {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => {
      if (plan.constant.includes(name)) return [name, { ...tensor, data: tensor.data.slice() }];
      return [name, padRows(sliceRows(tensor, from, to), plan.padTo)];
    }),
  );
}

/** The outputs of a batch without the rows that padding made. */
export function batchOutputs(plan: Plan, outputs: Tensors, { from, to }: { from: number; to: number }): Tensors {
  const rows = to - from;
  const many = plan.batches.length > 1;
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => {
      if (plan.padTo > rows && tensor.dims[0] === plan.padTo) return [name, sliceRows(tensor, 0, rows)];
      if (many && tensor.dims[0] !== rows)
        throw new Fault("model-unsupported", `Output "${name}" does not give one row for each row of the input`, {
          hint: `It has the shape ${tensor.dims.join(" x ") || "of a single value"} for ${rows} rows.`,
        });
      return [name, tensor];
    }),
  );
}

function checkSlot(slot: Slot, feeds: Tensors): void {
  const { name, shape } = slot;
  const tensor = feeds[name];
  if (!tensor)
    throw new Fault("model-input", `The model needs the input "${name}" (${wanted(slot)})`, {
      hint: Object.keys(feeds).length > 0 ? `It was given ${Object.keys(feeds).join(", ")}.` : "It was given nothing.",
    });
  checkTensor(name, tensor);
  if (tensor.type !== slot.type)
    throw new Fault("model-input", `Input "${name}" takes ${wanted(slot)}, and was given ${tensor.type}`);
  const fits =
    tensor.dims.length === shape.length &&
    shape.every((size, axis) => axis === 0 || typeof size === "string" || size === tensor.dims[axis]);
  if (!fits)
    throw new Fault(
      "model-input",
      `Input "${name}" takes ${wanted(slot)}, and was given ${tensor.dims.join(" x ") || "a single value"}`,
    );
}

function wanted({ type, shape }: Slot): string {
  return shape.length === 0 ? `one ${type}` : `${type} ${shape.join(" x ")}`;
}

function batchOf(slots: readonly Slot[], feeds: Tensors, rows: number): number {
  const values = slots.reduce((sum, { name }) => sum + feeds[name].data.length, 0);
  const fitting = Math.floor((MOST_VALUES * rows) / Math.max(1, values));
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, fitting));
}

function commonRows(slots: readonly Slot[], feeds: Tensors): number {
  const [first] = slots;
  const rows = feeds[first.name].dims[0];
  for (const { name } of slots)
    if (feeds[name].dims[0] !== rows)
      throw new Fault(
        "model-input",
        `Inputs disagree about the rows: "${first.name}" has ${rows}, "${name}" has ${feeds[name].dims[0]}`,
      );
  return rows;
}

function cut(rows: number, size: number): Plan["batches"] {
  const step = Math.max(1, Math.floor(size));
  return Array.from({ length: Math.ceil(rows / step) }, (_, i) => ({
    from: i * step,
    to: Math.min(rows, (i + 1) * step),
  }));
}
