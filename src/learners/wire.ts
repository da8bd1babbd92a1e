import { type PackedColumn, packColumn, unpackColumn } from "../table";
import type { DatasetRequest } from "./dataset";
import type { InputColumn } from "./inputs";

/** An input as it crosses to a worker. */
export type PackedInput = Omit<InputColumn, "column"> & { column: PackedColumn };

/** The rows of a fit as they cross. */
export type PackedDataset = Omit<DatasetRequest, "train" | "predict"> & {
  train: PackedInput[];
  predict: Record<string, PackedInput[]>;
};

/** In memory of its own, each buffer of which is added to `transfer`. */
export function packInputs(inputs: readonly InputColumn[], transfer: Transferable[]): PackedInput[] {
  return inputs.map((input) => ({ ...input, column: packColumn(input.column, transfer) }));
}

export function unpackInputs(inputs: readonly PackedInput[]): InputColumn[] {
  return inputs.map((input) => ({ ...input, column: unpackColumn(input.column) }));
}

export function packDataset(request: DatasetRequest, transfer: Transferable[]): PackedDataset {
  const predict = bySplit(request.predict, (inputs) => packInputs(inputs, transfer));
  return { ...request, train: packInputs(request.train, transfer), predict };
}

export function unpackDataset(request: PackedDataset): DatasetRequest {
  return { ...request, train: unpackInputs(request.train), predict: bySplit(request.predict, unpackInputs) };
}

function bySplit<From, To>(splits: Record<string, From>, change: (inputs: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(splits).map(([split, inputs]) => [split, change(inputs)]));
}
