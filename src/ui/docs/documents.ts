/** A document of `docs/`, as the page shows it. */
export interface Document {
  /** Its file's name without `.md`, and its address: `#/docs/<name>`. */
  name: string;
  title: string;
  about: string;
  /** It is a notebook: it can be opened and run. */
  notebook?: boolean;
}

/** The documents in the order in which one would read them. Their texts are files of their own, loaded when they are opened. */
export const DOCUMENTS: readonly { title: string; documents: readonly Document[] }[] = [
  {
    title: "Begin",
    documents: [
      {
        name: "tutorial-classification",
        title: "Which class is it? Ten minutes",
        about: "A notebook that runs: rows, a first score, a feature of your own, what went wrong.",
        notebook: true,
      },
      {
        name: "tutorial-matching",
        title: "Are these two the same? Ten minutes",
        about: "A notebook that runs: pairs of records, likeness, and a threshold that is honest.",
        notebook: true,
      },
    ],
  },
  {
    title: "Look up",
    documents: [
      { name: "toolbox", title: "The toolbox", about: "What feature code can call, with examples." },
      { name: "notebook-format", title: "The notebook format", about: "Cells, settings, names, front matter." },
      {
        name: "learners",
        title: "Learners",
        about: "What a model cell fits, how columns become numbers, auto's plan.",
      },
      {
        name: "portable-notebooks",
        title: "One notebook on every task of its track",
        about: "Features, models and SQL that name no column.",
      },
      {
        name: "challenge",
        title: "The challenge page",
        about: "Cards, prediction files, test labels, challenge.json.",
      },
      { name: "metrics", title: "Metrics", about: "Definitions, intervals, thresholds, comparisons." },
      { name: "task-format", title: "The task format", about: "Files, manifest, pictures, pairs; bringing your own." },
      {
        name: "analysis",
        title: "From a score to what is behind it",
        about: "The rows behind a score, slices, what matters, more data.",
      },
      { name: "automation", title: "The automation API", about: "window.polytab, for pages that embed this one." },
    ],
  },
  {
    title: "Behind it",
    documents: [
      { name: "architecture", title: "The data's way through the house", about: "Architecture, room by room." },
      { name: "security", title: "Security model", about: "What a stranger's notebook can do, and cannot." },
      { name: "browsers", title: "Browsers", about: "Where browsers differ, and what is tested in which." },
      { name: "deployment", title: "Putting Polytab on a host", about: "Headers, sub-path, size, offline." },
    ],
  },
];

const texts = import.meta.glob<string>("../../../docs/*.md", { query: "?raw", import: "default" });

export function documentNamed(name: string): Document | undefined {
  return DOCUMENTS.flatMap(({ documents }) => documents).find((each) => each.name === name);
}

/** The document's Markdown, as it is in `docs/`. */
export async function textOf({ name }: Document): Promise<string> {
  const load = texts[`../../../docs/${name}.md`];
  if (!load) throw new Error(`docs/${name}.md is listed and not there`);
  return load();
}
