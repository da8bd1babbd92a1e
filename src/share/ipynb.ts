import { Fault, hashOf, readAs, z } from "../base";
import { isCode, type Notebook } from "../notebook";

/**
 * A notebook as nbformat 4.5. Jupyter's own code runs in a kernel, which these cells do not have: each is a code cell with
 * its fence's kind and name as its first line, so that it reads well, and the text itself is in the metadata, from which it
 * comes back to the byte. One whose cells were edited in Jupyter comes back by what they now say.
 */
export function writeIpynb(notebook: Notebook, markdown: string): string {
  const cells = notebook.cells.map((cell, i) => {
    const id = `c${i}-${hashOf(cell.source).slice(0, 8)}`;
    const source = linesOf(isCode(cell) ? `${headOf(cell.kind, cell.name)}\n${cell.source}` : cell.source);
    return isCode(cell)
      ? {
          cell_type: "code",
          id,
          metadata: { polytab: { kind: cell.kind, name: cell.name }, vscode: { languageId: LANGUAGES[cell.kind] } },
          execution_count: null,
          outputs: [],
          source,
        }
      : { cell_type: "markdown", id, metadata: {}, source };
  });
  const { title, task } = notebook.front;
  const document = {
    cells,
    metadata: {
      language_info: { name: "typescript" },
      polytab: { markdown, title, ...(task !== undefined && { task }), cells: digestOf(cells) },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

const LANGUAGES = {
  sql: "sql",
  ts: "typescript",
  chart: "yaml",
  model: "yaml",
  score: "yaml",
  explain: "yaml",
} as const;
const KINDS = Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[];

function headOf(kind: keyof typeof LANGUAGES, name: string): string {
  return `${kind === "sql" ? "--" : kind === "ts" ? "//" : "#"} polytab ${kind} ${name}`.trimEnd();
}

/** nbformat's multi-line strings: a list of lines that keep their line breaks. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

const sourceSchema = z.union([z.string(), z.array(z.string())]).transform((lines) => [lines].flat().join(""));

const cellSchema = z.object({ cell_type: z.string(), source: sourceSchema });

const schema = z.object({
  nbformat: z.literal(4),
  cells: z.array(cellSchema).max(100_000),
  metadata: z
    .object({
      title: z.string().optional(),
      kernelspec: z.object({ language: z.string().optional() }).optional(),
      polytab: z
        .object({
          markdown: z.string(),
          title: z.string().optional(),
          task: z.string().optional(),
          cells: z.string().optional(),
        })
        .optional(),
    })
    .default({}),
});

/**
 * The Markdown of a Jupyter notebook. A foreign one comes as prose: its code is shown in fences, and nothing of it runs.
 * @throws Fault `not-a-notebook` naming the file
 */
export function readIpynb(json: string, file: string): string {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (cause) {
    throw new Fault("not-a-notebook", `"${file}" is no Jupyter notebook: it is not JSON`, { where: { file }, cause });
  }
  const { cells, metadata } = readAs(schema, given, `"${file}"`);
  const kept = metadata.polytab;
  if (kept && kept.cells === digestOf(cells)) return kept.markdown;
  const title = kept?.title ?? metadata.title ?? file.replace(/\.ipynb$/i, "");
  const front = `---\npolytab: 1\ntitle: ${JSON.stringify(title)}\n${kept?.task === undefined ? "" : `task: ${JSON.stringify(kept.task)}\n`}---\n`;
  const language = metadata.kernelspec?.language ?? "python";
  const parts = cells.map(({ cell_type, source }) => {
    if (cell_type === "markdown") return source.trimEnd();
    const [head, ...rest] = source.split("\n");
    const [, kind, name = ""] = /^(?:--|\/\/|#) polytab (\w+) ?(.*)$/.exec(head) ?? [];
    const known = KINDS.find((each) => each === kind);
    return known
      ? fenced(`${known} ${name}`.trimEnd(), rest.join("\n"))
      : fenced(cell_type === "code" ? language : "text", source);
  });
  return `${front}\n${parts.join("\n\n")}\n`;
}

function fenced(info: string, source: string): string {
  const longest = Math.max(2, ...(source.match(/`{3,}/g) ?? []).map((run) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${info}\n${source.trimEnd()}\n${marks}`;
}

/** Over what the cells say, so that an edit in Jupyter is seen. */
function digestOf(cells: readonly { cell_type: string; source: string | string[] }[]): string {
  return hashOf(JSON.stringify(cells.map(({ cell_type, source }) => [cell_type, [source].flat().join("")]))).slice(
    0,
    16,
  );
}
