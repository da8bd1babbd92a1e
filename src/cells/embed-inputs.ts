import { type CallOptions, Fault, suggest } from "../base";
import type { Embeddable, Embedded } from "../inference";
import type { InputColumn } from "../learners";
import { type Column, columnOf } from "../table";
import { featureColumns, SPLIT_NAMES, type SplitName, type TaskColumn, type TaskManifest } from "../tasks";
import type { CellContext } from "./context";
import type { ModelInput } from "./settings";

type EmbedInput = Extract<ModelInput, { kind: "embed" }>;

/** What a text and a picture encoder can read. */
const READS: Record<Embeddable, readonly TaskColumn["modality"][]> = {
  text: ["text", "categorical"],
  image: ["image"],
};

/**
 * Columns of vectors for `embed:text(title)`: one a column, named `title.embedding`. In a matching task a name without its
 * side means both, and their vectors are compared like any attribute.
 * @throws Fault `column-missing`, `column-kind`, and those of the encoders
 */
export async function embedColumns(
  cell: string,
  input: EmbedInput,
  context: CellContext,
  options: CallOptions,
): Promise<{ columns: Record<SplitName, InputColumn[]>; note: string }> {
  const names = embeddedNames(cell, input, context.task.manifest);
  const { columns, embedded } = await vectorsOf(cell, { modality: input.modality, names }, context, options);
  const inputs = {} as Record<SplitName, InputColumn[]>;
  for (const split of SPLIT_NAMES)
    inputs[split] = columns[split].map((column) => {
      const name = `${column.name}.embedding`;
      return { name, as: "vector", column: { ...column, name } };
    });
  return { columns: inputs, note: noteOf(names, embedded) };
}

/**
 * Vectors of a column of the task by its modality, for feature code: in a matching task of both sides. Of each split the
 * first so many `rows`, none where it is not named.
 * @throws Fault `column-kind`, and those of the encoders
 */
export async function embeddedColumn(
  cell: string,
  name: string,
  rows: Partial<Record<SplitName, number>>,
  context: CellContext,
  options: CallOptions,
): Promise<Record<SplitName, Column[]>> {
  const { manifest } = context.task;
  const modality = manifest.columns.find((column) => column.name === name)?.modality === "image" ? "image" : "text";
  const names = manifest.track === "matching" ? [`left_${name}`, `right_${name}`] : [name];
  return (await vectorsOf(cell, { modality, names, rows }, context, options)).columns;
}

/** The vectors of these columns of every split, asked for at once; named as the columns are. */
async function vectorsOf(
  cell: string,
  { modality, names, rows }: { modality: Embeddable; names: string[]; rows?: Partial<Record<SplitName, number>> },
  { task, engines }: CellContext,
  options: CallOptions,
): Promise<{ columns: Record<SplitName, Column[]>; embedded: Embedded }> {
  const parts: { name: string; split: SplitName; values: (string | Uint8Array | null)[] }[] = [];
  for (const name of names)
    for (const split of SPLIT_NAMES) {
      const column = columnOf(await task.split(split, options.signal), name);
      if (column?.kind !== "string" && column?.kind !== "bytes")
        throw new Fault(
          "column-kind",
          `Cannot embed "${name}": its rows of ${split} hold ${column?.kind ?? "nothing"}`,
          {
            where: { cell },
          },
        );
      parts.push({ name, split, values: rows ? column.values.slice(0, rows[split] ?? 0) : column.values });
    }
  const describe = (index: number): string => {
    let from = 0;
    for (const { name, split, values } of parts) {
      if (index < from + values.length) return `row ${index - from + 1} of "${name}" in ${split}`;
      from += values.length;
    }
    return "";
  };
  const embedded = await engines.embeddings().embed(
    modality,
    parts.flatMap((part) => part.values),
    { ...options, describe },
  );
  const columns: Record<SplitName, Column[]> = { train: [], validation: [], test: [] };
  let from = 0;
  for (const { name, split, values } of parts) {
    columns[split].push({ kind: "vector", name, values: embedded.vectors.slice(from, from + values.length) });
    from += values.length;
  }
  return { columns, embedded };
}

/** The task's columns that an input means. */
export function embeddedNames(cell: string, { modality, names }: EmbedInput, manifest: TaskManifest): string[] {
  const columns = featureColumns(manifest);
  const readable = columns.filter((column) => READS[modality].includes(column.modality));
  const what = modality === "text" ? "text" : "pictures";
  if (!names) {
    const found = columns.filter((column) => column.modality === modality).map((column) => column.name);
    if (found.length > 0) return found;
    throw new Fault("column-missing", `"${cell}" cannot embed: the task has no column of ${what}`, { where: { cell } });
  }
  return names.flatMap((name) => {
    const own = columns.filter((column) => [name, `left_${name}`, `right_${name}`].includes(column.name));
    const other = own.find((column) => !readable.includes(column));
    if (other)
      throw new Fault(
        "column-kind",
        `"${cell}" cannot embed "${name}" as ${modality}: the column is ${other.modality}`,
        {
          hint: other.modality === "image" ? `Write \`embed:image(${name})\`.` : "Name it in `columns(…)` as it is.",
          where: { cell },
        },
      );
    if (own.length > 0) return own.map((column) => column.name);
    const known = readable.map((column) => column.name);
    throw new Fault(
      "column-missing",
      `"${cell}" cannot embed "${name}": the task has ${known.length > 0 ? known.join(", ") : `no column of ${what}`}`,
      { hint: suggest(name, known), where: { cell } },
    );
  });
}

function noteOf(names: readonly string[], { vectors, encoder, computed }: Embedded): string {
  const count = vectors.filter((vector) => vector !== null).length.toLocaleString("en");
  const all = `${count} values of ${names.join(", ")} embedded by ${encoder}`;
  if (!computed) return `${all}, all of them known already.`;
  const on = computed.provider === "webgpu" ? "WebGPU" : "WASM";
  const seconds = (computed.runMs / 1000).toFixed(1);
  return `${all}: ${computed.values.toLocaleString("en")} computed on ${on} in ${seconds} s (${computed.reason}).`;
}
