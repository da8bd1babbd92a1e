import { Fault } from "../base";

/** Larger ones are no notebooks; data comes by another way. */
const MOST_BYTES = 50_000_000;
const MOST_MARKDOWN = 2_000_000;

/** Whether a file may hold a notebook, by its name; its content decides. */
export function isNotebookFile(name: string): boolean {
  return /\.(md|markdown|html?|ipynb)$/i.test(name);
}

/**
 * The notebook's text of a file that holds one: `.md` as it is, `.html` and `.ipynb` as Polytab writes them.
 * @throws Fault `not-a-notebook` naming the file, `file-large`
 */
export async function textOfFile(file: File): Promise<string> {
  if (file.size > MOST_BYTES)
    throw new Fault("file-large", `"${file.name}" has ${Math.round(file.size / 1e6)} MB; a notebook has less than 50`, {
      where: { file: file.name },
    });
  const bytes = await file.arrayBuffer();
  const markdown = await read(file.name, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  if (markdown.length > MOST_MARKDOWN)
    throw new Fault("file-large", `The notebook in "${file.name}" has more than 2 MB of text`, {
      where: { file: file.name },
    });
  return markdown;
}

async function read(name: string, text: string): Promise<string> {
  if (!/\.(html?|ipynb)$/i.test(name)) return text;
  const { readHtml, readIpynb } = await import("../share");
  return /\.ipynb$/i.test(name) ? readIpynb(text, name) : readHtml(text, name);
}
