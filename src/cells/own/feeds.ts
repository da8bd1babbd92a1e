import { Fault } from "../../base";
import type { Slot, Tensor } from "../../inference";
import type { InputColumn } from "../../learners";
import type { OwnModelSettings } from "./settings";

/** How one of the model's inputs is filled with rows. */
export type Feed =
  | { kind: "numbers"; slot: Slot; type: "float32" | "int32" | "int64"; sizes: number[]; widths: number[] }
  | { kind: "texts"; slot: Slot; sizes: number[] }
  | { kind: "picture"; slot: Slot; type: "float32" | "uint8"; size: number; channels: number; first: boolean };

export type FeedOptions = Pick<OwnModelSettings, "missing" | "pixels">;

/**
 * Checks what an input of a model is given against its type and shape, before anything runs.
 * @param columns of the training rows
 * @throws Fault `model-input`
 */
export function planFeed(slot: Slot, columns: readonly InputColumn[]): Feed {
  const { type, shape } = slot;
  if (shape.length === 0 || type === "other")
    throw refused(slot, "it is no table of rows", "Export a model whose inputs have a row for each row of the task.");
  if (columns.length === 0) throw refused(slot, "nothing is given to it", "Name columns or features for it.");
  const pictures = columns.filter((column) => column.as === "image");
  if (shape.length === 4 || pictures.length > 0) return pictureFeed(slot, columns);
  if (type === "string") {
    const other = columns.find(({ column }) => column.kind !== "string");
    if (other)
      throw refused(slot, `"${other.name}" holds ${other.as} values`, "Give it columns of text or categories.");
    return { kind: "texts", slot, sizes: sizesOf(slot, columns.length, columns) };
  }
  if (type !== "float32" && type !== "int32" && type !== "int64")
    throw refused(slot, `values of ${type} cannot be made here`, "Export it with inputs of float32, int64 or string.");
  const widths = columns.map((column) => widthOf(slot, column));
  const width = widths.reduce((sum, each) => sum + each, 0);
  return { kind: "numbers", slot, type, sizes: sizesOf(slot, width, columns), widths };
}

/** Rows `from` to `to` of an input's columns as the model takes them. Pictures go by `picturesFed`. */
export function fed(
  feed: Exclude<Feed, { kind: "picture" }>,
  columns: readonly InputColumn[],
  from: number,
  to: number,
  { missing }: FeedOptions,
): Tensor {
  const dims = [to - from, ...feed.sizes];
  if (feed.kind === "texts") {
    const data: string[] = [];
    for (let row = from; row < to; row++)
      for (const { column } of columns) data.push(column.kind === "string" ? (column.values[row] ?? "") : "");
    return { type: "string", dims, data };
  }
  const width = feed.widths.reduce((sum, each) => sum + each, 0);
  const values = new Float64Array((to - from) * width);
  let at = 0;
  for (const [index, input] of columns.entries()) {
    const own = feed.widths[index];
    for (let row = from; row < to; row++)
      for (let k = 0; k < own; k++) values[(row - from) * width + at + k] = numberAt(input, row, k, missing);
    at += own;
  }
  if (feed.type === "float32") return { type: "float32", dims, data: Float32Array.from(values) };
  const bad = values.findIndex((value) => !Number.isInteger(value));
  if (bad >= 0) {
    const value = values[bad];
    throw refused(
      feed.slot,
      `row ${from + Math.floor(bad / width) + 1} has ${Number.isNaN(value) ? "a missing number" : value}, which is no whole number`,
      Number.isNaN(value) ? "Say what a missing number is: `missing: -1`." : "Round it in a feature cell.",
    );
  }
  return feed.type === "int32"
    ? { type: "int32", dims, data: Int32Array.from(values) }
    : { type: "int64", dims, data: BigInt64Array.from(Array.from(values, BigInt)) };
}

/** Red, green and blue of ImageNet's pictures: mean and deviation (the values of torchvision). */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };
/** Rec. 601 luma. */
const LUMA = [0.299, 0.587, 0.114];

/** Decoded pictures, straight RGBA, as the model takes them: what is transparent is white but where it takes four channels. */
export function picturesFed(
  { type, size, channels, first }: Extract<Feed, { kind: "picture" }>,
  pixels: Uint8Array,
  { pixels: scale }: FeedOptions,
): Tensor {
  const area = size * size;
  const rows = pixels.length / (area * 4);
  const data = type === "float32" ? new Float32Array(rows * channels * area) : new Uint8Array(rows * channels * area);
  const color = new Float64Array(4);
  for (let row = 0; row < rows; row++)
    for (let place = 0; place < area; place++) {
      const at = (row * area + place) * 4;
      const alpha = pixels[at + 3];
      for (let c = 0; c < 3; c++)
        color[c] = channels === 4 ? pixels[at + c] : (pixels[at + c] * alpha) / 255 + 255 - alpha;
      color[3] = alpha;
      for (let c = 0; c < channels; c++) {
        const value = channels === 1 ? LUMA[0] * color[0] + LUMA[1] * color[1] + LUMA[2] * color[2] : color[c];
        const to = first ? (row * channels + c) * area + place : (row * area + place) * channels + c;
        data[to] = type === "uint8" ? Math.round(value) : scaled(value, scale, c);
      }
    }
  return { type, dims: first ? [rows, channels, size, size] : [rows, size, size, channels], data };
}

function scaled(value: number, scale: OwnModelSettings["pixels"], channel: number): number {
  switch (scale) {
    case "0..255":
      return value;
    case "0..1":
      return value / 255;
    case "-1..1":
      return value / 127.5 - 1;
    case "imagenet": {
      const c = Math.min(channel, 2);
      return (value / 255 - IMAGENET.mean[c]) / IMAGENET.deviation[c];
    }
  }
}

function pictureFeed(slot: Slot, columns: readonly InputColumn[]): Feed {
  const { type, shape } = slot;
  const [column] = columns;
  if (columns.length !== 1 || column.as !== "image")
    throw refused(slot, "it takes pictures", "Give it one column of pictures: `columns(image)`.");
  if (shape.length !== 4) throw refused(slot, `"${column.name}" holds pictures`, "Give it numbers or texts.");
  if (type !== "float32" && type !== "uint8")
    throw refused(slot, "pictures come as float32 or uint8", "Export it with an input of one of these.");
  const [, a, b, c] = shape;
  const isCount = (size: number | string): size is number => size === 1 || size === 3 || size === 4;
  const first = isCount(a) && !(isCount(c) && a !== 1 && b === c);
  const [channels, high, wide] = first ? [a, b, c] : [c, a, b];
  if (!isCount(channels))
    throw refused(slot, "its channels are not 1, 3 or 4", "Export it with a fixed number of channels.");
  if (typeof high !== "number" || typeof wide !== "number" || high !== wide || high > 1024)
    throw refused(slot, "its pictures are not of one fixed square size", "Export it for squares of up to 1024 pixels.");
  return { kind: "picture", slot, type, size: high, channels, first };
}

function widthOf(slot: Slot, { name, as, column }: InputColumn): number {
  if (column.kind === "number" || column.kind === "boolean") return 1;
  if (column.kind === "vector") return column.values.find((vector) => vector !== null)?.length ?? 0;
  throw refused(
    slot,
    `"${name}" holds ${as === "text" ? "texts" : `${as} values`}`,
    as === "categorical"
      ? "Number the categories in a feature cell."
      : "Make numbers of it: `embed:text(…)`, or a feature cell.",
  );
}

function numberAt({ column }: InputColumn, row: number, k: number, missing = Number.NaN): number {
  if (column.kind === "vector") return column.values[row]?.[k] ?? missing;
  const value = column.values[row];
  if (column.kind === "boolean") return value === null ? missing : Number(value);
  return Number.isNaN(value) ? missing : Number(value);
}

/** The sizes of a row: what the model fixes has to be what is given; one size that it leaves open is the rest. */
function sizesOf(slot: Slot, width: number, columns: readonly InputColumn[]): number[] {
  const own = slot.shape.slice(1);
  const fixed = own.reduce<number>((product, size) => product * (typeof size === "number" ? size : 1), 1);
  const open = own.filter((size) => typeof size === "string").length;
  const names = columns.map(({ name }) => name).join(", ");
  if (open > 1)
    throw refused(slot, "more than one size of a row is left open", "Export it with fixed sizes but for the rows.");
  if (open === 0 ? fixed !== width : width % fixed !== 0)
    throw refused(
      slot,
      `it takes ${fixed} ${fixed === 1 ? "value" : "values"} a row, and ${names.length > 80 ? `${names.slice(0, 80)}…` : names} ${columns.length === 1 ? "gives" : "give"} ${width}`,
      "Give it as many columns and features as it takes, in the order in which it was trained.",
    );
  return own.map((size) => (typeof size === "number" ? size : width / fixed));
}

function refused({ name, type, shape }: Slot, why: string, hint: string): Fault {
  const kind = shape.length === 0 ? type : `${type} ${shape.join(" x ")}`;
  return new Fault("model-input", `The input "${name}" (${kind}) cannot be filled: ${why}`, { hint });
}
