import { drive } from "../../learners";
import { loadWeakSlices, type SliceTable, type WeakSlices } from "../../scoring";
import type { Table } from "../../table";
import { featureColumns, type TaskManifest } from "../../tasks";
import { PAGE_TURNS } from "../turns";
import type { CellValue, ScoreEntry } from "../values";
import { predictionsFor } from "./picks";

export interface WeakAsked {
  value: Extract<CellValue, { kind: "score" }>;
  entry: ScoreEntry;
  manifest: TaskManifest;
  /** The scored split's rows. */
  table: Table;
  /** The feature cells that the model was made of: their columns are tried too. */
  features: readonly { name: string; value: Extract<CellValue, { kind: "features" }> }[];
}

/** Where the model is wrong most, by the task's columns and the features; in slices, so that the page stays awake. */
export async function findWeakSlices(asked: WeakAsked, signal: AbortSignal): Promise<WeakSlices> {
  const { value, entry, manifest, table, features } = asked;
  const predicted = predictionsFor(value, entry);
  const wrong = Uint8Array.from(value.labels, (label, row) => (label === predicted[row] ? 0 : 1));
  const columns = featureColumns(manifest);
  const known = columns.map(({ name }) => name);
  const sources: SliceTable[] = [
    {
      table,
      texts: columns.filter(({ modality }) => modality === "text").map(({ name }) => name),
      without: table.columns.map(({ name }) => name).filter((name) => !known.includes(name)),
    },
    ...features.map(({ name, value: { splits, columns: made } }) => ({
      cell: name,
      table: splits[value.split],
      texts: made.filter(({ type }) => type === "text").map((column) => column.name),
      without: [],
    })),
  ];
  const weakSlices = await loadWeakSlices();
  return drive(weakSlices(wrong, sources), PAGE_TURNS, { signal });
}
