import { Fault, suggest } from "../base";
import type { SandboxTask } from "./protocol";

/** Under which a row, or a record of a pair, holds the vectors of its columns by their names. */
export const VECTORS = Symbol("embeddings");

type Vector = Float32Array | null;

/** What a row has there whose vectors were not sent. */
export const NO_VECTORS: Record<string, Vector> = Object.freeze(Object.create(null));

/** What can be embedded has words or a picture, and is not the label. */
export function embeddableColumns({ columns, label, track }: SandboxTask): string[] {
  return columns
    .filter(({ name, modality }) => modality !== "numeric" && (track === "matching" || name !== label))
    .map(({ name }) => name);
}

export interface Embeddings {
  /** The toolbox's `embedding`. */
  embedding(record: unknown, column: unknown): Vector;
  /** What the cell asked for and was not sent: it has to run again with it. It may have caught what was thrown at it. */
  needed(): string[];
}

export function createEmbeddings(task: SandboxTask): Embeddings {
  const needed = new Set<string>();
  const fault = (message: string, hint: string | undefined) => new Fault("code-embedding", message, { hint });
  return {
    embedding(record, column) {
      const vectors = (record as { [VECTORS]?: Record<string, Vector> } | null | undefined)?.[VECTORS];
      const name = String(column);
      if (vectors && Object.hasOwn(vectors, name)) return vectors[name];
      const names = embeddableColumns(task);
      if (!names.includes(name)) {
        const isThere = task.columns.some((each) => each.name === name && each.modality === "numeric");
        if (!isThere) throw fault(`There is no column "${name}" to embed`, suggest(name, names));
        throw fault(
          `"${name}" cannot be embedded: it is numeric`,
          "Texts, categories and pictures can. Use the number.",
        );
      }
      if (!vectors) {
        // Said before anything is embedded in vain.
        const isMatching = task.track === "matching";
        throw fault(
          `embedding was given something else than a ${isMatching ? "record of a pair" : "row"}`,
          `Write embedding(${isMatching ? "row.left" : "row"}, ${JSON.stringify(name)}) in \`features\` or \`fit\`; copies, and rows of other tables, have no embeddings.`,
        );
      }
      needed.add(name);
      throw fault(`"${name}" is not embedded yet`, undefined);
    },
    needed: () => [...needed],
  };
}
