import { Fault, type Progress, suggest } from "../base";
import type { Embedded } from "../inference";
import type { InputColumn } from "../learners";
import { columnOf } from "../table";
import { featureColumns, SPLIT_NAMES, type SplitName, type TaskColumn, type TaskManifest } from "../tasks";
import type { CellContext } from "./context";
import type { ModelInput } from "./settings";

type EmbedInput = Extract<ModelInput, { kind: "embed" }>;

/** What a text and a picture encoder can read. */
const READS: Record<EmbedInput["modality"], readonly TaskColumn["modality"][]> = {
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
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
): Promise<{ columns: Record<SplitName, InputColumn[]>; note: string }> {
  const { task, engines } = context;
  const names = embeddedNames(cell, input, task.manifest);
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
      parts.push({ name, split, values: column.values });
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
    input.modality,
    parts.flatMap((part) => part.values),
    { ...options, describe },
  );
  const columns: Record<SplitName, InputColumn[]> = { train: [], validation: [], test: [] };
  let from = 0;
  for (const { name, split, values } of parts) {
    const vectors = embedded.vectors.slice(from, from + values.length);
    from += values.length;
    const own = `${name}.embedding`;
    columns[split].push({ name: own, as: "vector", column: { kind: "vector", name: own, values: vectors } });
  }
  return { columns, note: noteOf(names, embedded) };
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
