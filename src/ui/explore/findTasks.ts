import type { CatalogueEntry, Modality, Track } from "../../tasks";

/** What the reader looks for in the gallery. */
export interface TaskSearch {
  /** Words that all have to stand in a task's title, description, columns or kinds; case and order aside. */
  words: string;
  track: Track | "all";
  /** Kinds of columns that a task has to have, all of them. */
  modalities: readonly Modality[];
}

export function findTasks(
  tasks: readonly CatalogueEntry[],
  { words, track, modalities }: TaskSearch,
): CatalogueEntry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return tasks.filter((task) => {
    if (track !== "all" && task.track !== track) return false;
    if (!modalities.every((modality) => task.modalities.includes(modality))) return false;
    const text = textOf(task);
    return wanted.every((word) => text.includes(word));
  });
}

function textOf(task: CatalogueEntry): string {
  const { id, title, track, kind = "", modalities, description = "", columns = [] } = task;
  return [id, title, track, kind, ...modalities, plain(description), ...columns].join("\n").toLowerCase();
}

/** The first paragraph of a description, without its Markdown: what a task is, in a sentence or two. */
export function summaryOf(description: string): string {
  return plain(description.trim().split(/\n\s*\n/)[0] ?? "");
}

/** Emphasis, code and links as the words that they stand for; lines flow. */
function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
