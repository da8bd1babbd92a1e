import type { Draft, OnnxInfo, Slot } from "../../cells";
import type { TaskColumn } from "../../tasks";
import type { ConfigField } from "../notebook/ConfigForm";

export interface Offered {
  cells: readonly string[];
  columns: readonly TaskColumn[];
  pixels: readonly string[];
  scores: readonly string[];
}

/** The form of a brought model: a field an input, and what its numbers are. */
export function draftFields(
  info: OnnxInfo,
  draft: Draft,
  { cells, columns, pixels, scores }: Offered,
): { fields: ConfigField[]; value: Record<string, unknown> } {
  const shown = info.inputs.some(({ shape }) => shape.length === 4);
  const fields: ConfigField[] = [
    ...info.inputs.map(
      (slot): ConfigField => ({
        key: `input ${slot.name}`,
        label: slot.name,
        type: "multi",
        options: optionsFor(slot, cells, columns),
        hint: `takes ${shapeWords(slot)}`,
      }),
    ),
    {
      key: "output",
      label: "Output",
      type: "select",
      options: info.outputs.filter(({ type }) => type !== "other").map(({ name }) => name),
    },
    { key: "scores", label: "It gives", type: "select", options: scores },
    { key: "missing", label: "Missing is", type: "number", optional: true, placeholder: "NaN" },
    ...(shown ? [{ key: "pixels", label: "Pixels are", type: "select" as const, options: pixels }] : []),
  ];
  const { inputs, output, missing } = draft;
  const named = Object.fromEntries(Object.entries(inputs).map(([name, list]) => [`input ${name}`, list]));
  return { fields, value: { ...named, output, missing, scores: draft.scores, pixels: draft.pixels } };
}

/** Cells and columns that could fit. */
function optionsFor({ type, shape }: Slot, cells: readonly string[], columns: readonly TaskColumn[]): string[] {
  const wanted = shape.length === 4 ? ["image"] : type === "string" ? ["text", "categorical"] : ["numeric"];
  const fitting = columns.filter(({ modality }) => wanted.includes(modality));
  const alone = fitting.map(({ name }) => `columns(${name})`);
  if (shape.length === 4) return alone;
  const all = fitting.length > 1 ? [`columns(${fitting.map(({ name }) => name).join(", ")})`] : [];
  return type === "string" ? [...all, ...alone] : [...cells, ...all, ...alone];
}

/** `float32, rows x 3`: a size that varies in the first place is the rows. */
export function shapeWords({ type, shape }: Slot): string {
  if (type === "other") return "a sequence or map, which cannot be read here";
  const sizes = shape.map((size, axis) => (axis === 0 && typeof size === "string" ? "rows" : String(size)));
  return sizes.length === 0 ? `one ${type}` : `${type}, ${sizes.join(" x ")}`;
}
