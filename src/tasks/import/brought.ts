import { readManifest, SPLIT_NAMES, type SplitName, type TaskManifest } from "../manifest";
import type { ImportDraft } from "./draft";
import type { MadeTask } from "./make";
import { counted, listed } from "./source";

export const parquetOf = (split: SplitName): string => `${split}.parquet`;
/** What is known of test's labels lies beside the task, and is opened by nothing that runs cells. */
export const TEST_LABELS = "test-labels.parquet";
/** How the description of a brought task begins, and what its licence says: neither is for readers elsewhere. */
export const BROUGHT_LEAD = "Your own data, kept in this browser.";
export const BROUGHT_LICENCE = "Not stated: these are your own files";
export const STARTER = "notebook.md";

/**
 * The manifest of a task that the reader brought. `sha256` is of each split's Parquet file.
 * @throws Fault `invalid` should it not be one
 */
export function broughtManifest(
  id: string,
  draft: ImportDraft,
  made: Pick<MadeTask, "columns">,
  classes: readonly string[],
  sha256: Record<SplitName, string>,
): TaskManifest {
  const { about, metric, track, files, splits, label } = draft;
  return readManifest(
    {
      format: "polytab-task/1",
      id,
      title: about.title.trim() || id,
      track,
      description: description(draft),
      licence: BROUGHT_LICENCE,
      attribution: [],
      source: `Brought to this browser from ${listed(
        files.map((file) => `${file.file} (${counted(file.rows, "row")}, ${file.how})`),
        files.length,
        6,
      )}.`,
      columns: made.columns,
      label: { column: label.column, ...(track === "classification" && { classes }) },
      metric,
      splits: Object.fromEntries(
        SPLIT_NAMES.map((split) => [
          split,
          { rows: splits[split].rows, parquet: parquetOf(split), sha256: { parquet: sha256[split] } },
        ]),
      ),
      baselines: [],
      notebook: STARTER,
    },
    id,
  );
}

/** Markdown: what was decided about the files, and what the reader should know of them. */
function description({ id, label, columns, splits, notes }: ImportDraft): string {
  const ignored = columns.filter((column) => column.modality === "ignored");
  const line = (text: string): string => `* ${text.replace(/([\\`*_[\]<>#|])/g, "\\$1")}`;
  const facts = [
    `Label: ${label.column}, ${label.rule}.`,
    `Ids: ${id}.`,
    ...SPLIT_NAMES.map((split) => `${split}: ${counted(splits[split].rows, "row")}, ${splits[split].how}.`),
    ...(ignored.length > 0
      ? [
          `Not read by models: ${listed(
            ignored.map((column) => `${column.name} (${column.rule})`),
            ignored.length,
            12,
          )}.`,
        ]
      : []),
  ];
  const told = (kind: "note" | "warning"): string[] =>
    notes.filter((note) => note.kind === kind).map((note) => line(`${note.text}.`));
  const warnings = told("warning");
  return [
    `${BROUGHT_LEAD} What was inferred from the files:`,
    [...facts.map(line), ...told("note")].join("\n"),
    ...(warnings.length > 0 ? ["**Worth knowing**", warnings.join("\n")] : []),
  ].join("\n\n");
}
