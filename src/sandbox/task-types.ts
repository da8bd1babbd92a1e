import type { SandboxTask } from "./protocol";

export type SandboxModality = SandboxTask["columns"][number]["modality"];
export const MODALITIES = ["text", "numeric", "categorical", "image"] as const satisfies readonly SandboxModality[];

/** What a value of a modality is in a row, and the words for it. */
export const TYPE_OF_MODALITY: Record<SandboxModality, [type: string, doc: string]> = {
  text: ["string | null", "text; null where missing"],
  categorical: ["string | null", "category; null where missing"],
  numeric: ["number", "number; NaN where missing"],
  image: ["Picture | null", "picture; null where missing"],
};

/**
 * The types of `task`. Names are the task's own, so that `row[name]` has its modality's type. Of a modality that this task
 * lacks the names are of a made-up form that a record answers to as well: code written for other tasks has to pass here.
 */
export function taskTypes(task: SandboxTask): string {
  const lists = MODALITIES.map(
    (
      modality,
    ) => `    /** The columns of ${modality === "image" ? "pictures" : `${modality} values`}, in the task's order. */
    readonly ${modality}: readonly (${namesOf(task, modality)})[];`,
  );
  return `/** The open task, for code that is generic over the schema: it runs on every task of the track. */
export const task: {
  readonly track: ${JSON.stringify(task.track)};
  /** The classes of the label, in order. */
  readonly classes: readonly string[];
  /** The records of a row: \`row[side]\`. Empty where a row is one record. */
  readonly sides: readonly (${task.track === "matching" ? '"left" | "right"' : "never"})[];
  /**
   * The names of the columns by modality: \`for (const name of task.columns.text) …row[name]…\`; in a pair they are those of
   * either record: \`row.left[name]\`. A modality that the task lacks has none.
   */
  readonly columns: {
${lists.join("\n")}
    /** All columns with their modalities. */
    readonly all: readonly { readonly name: string; readonly modality: ${MODALITIES.map((name) => `"${name}"`).join(" | ")} }[];
  };
};`;
}

/** The type of `embedding`: what it may be given depends on the task, as names of columns do. */
export function embeddingTypes(task: SandboxTask): string {
  const names = MODALITIES.filter((modality) => modality !== "numeric").map((modality) => namesOf(task, modality));
  return `/**
 * The vector that the site's encoder makes of a text or category (English), or of a picture: what \`embed:text(…)\` and
 * \`embed:image(…)\` give a model. Null where the value is missing or empty. It is a feature as it is, or something to compare:
 * \`similarity.cosine(${task.track === "matching" ? "embedding(row.left, name), embedding(row.right, name)" : "embedding(row, name), embedding(row, other)"})\`.
 * A text takes about 10 ms, once for all cells.
 */
export function embedding(record: ${task.track === "matching" ? "PairRecord" : "Row"}, column: ${names.join(" | ")}): Float32Array | null;`;
}

/** The index signatures of a record by which \`taskTypes\`' made-up names are typed. */
export function lackingMembers(task: SandboxTask): string[] {
  return MODALITIES.filter((modality) => isLacking(task, modality)).map(
    (modality) => `  [name: ${lackingName(modality)}]: ${TYPE_OF_MODALITY[modality][0]};`,
  );
}

function namesOf(task: SandboxTask, modality: SandboxModality): string {
  if (isLacking(task, modality)) return lackingName(modality);
  return task.columns
    .filter((column) => column.modality === modality)
    .map(({ name }) => JSON.stringify(name))
    .join(" | ");
}

const isLacking = ({ columns }: SandboxTask, modality: SandboxModality): boolean =>
  columns.every((column) => column.modality !== modality);

const lackingName = (modality: SandboxModality): string => `\`no ${modality} column here: \${string}\``;
