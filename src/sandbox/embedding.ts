import { Fault, suggest } from "../base";
import type { SandboxTask } from "./protocol";

/** Under which a row, or a record of a pair, holds the vectors of its columns by their names. */
export const VECTORS = Symbol("embeddings");

type Vector = Float32Array | null;

/** What can be embedded has words or a picture. */
export function isEmbeddable({ modality }: SandboxTask["columns"][number]): boolean {
  return modality !== "numeric";
}

export interface Embeddings {
  /** The toolbox's `embedding`. */
  embedding(record: unknown, column: unknown): Vector;
  /** What the cell asked for and was not sent: it has to run again with it. It may have caught what was thrown at it. */
  needed(): string[];
}

/** `sent` are the columns whose vectors came with the rows. */
export function createEmbeddings(task: SandboxTask, sent: readonly string[]): Embeddings {
  const needed = new Set<string>();
  const fault = (message: string, hint: string | undefined) => new Fault("code-embedding", message, { hint });
  return {
    embedding(record, column) {
      const vectors = (record as { [VECTORS]?: Record<string, Vector> } | null | undefined)?.[VECTORS];
      const name = String(column);
      if (vectors && Object.hasOwn(vectors, name)) return vectors[name];
      const known = task.columns.find((each) => each.name === name);
      if (!known) {
        const names = task.columns.filter(isEmbeddable).map((each) => each.name);
        throw fault(`There is no column "${name}" to embed`, suggest(name, names));
      }
      if (!isEmbeddable(known))
        throw fault(
          `"${name}" cannot be embedded: it is numeric`,
          "Texts, categories and pictures can. Use the number.",
        );
      if (sent.includes(name)) {
        const example = task.track === "matching" ? "embedding(row.left," : "embedding(row,";
        throw fault(
          `embedding was given something else than a ${task.track === "matching" ? "record of a pair" : "row"}`,
          `Write ${example} ${JSON.stringify(name)}) in \`features\` or \`fit\`; rows of other tables have no embeddings.`,
        );
      }
      needed.add(name);
      throw fault(`"${name}" is not embedded yet`, undefined);
    },
    needed: () => [...needed],
  };
}
