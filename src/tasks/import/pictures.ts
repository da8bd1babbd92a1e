import { pictureProblem } from "../../table";
import { counted, holdsBytes, listed, type Note, placeOfRow, type SourceColumn, type SourceTable } from "./source";

type Read = { bytes: Uint8Array } | { problem: string };

/** A `data:` URI's picture, or why it is none that a page can show. */
export function readPictureUri(uri: string): Read {
  const comma = uri.indexOf(",");
  if (comma < 0 || !/^data:image\/[\w.+-]+(?:;[\w=-]+)*;base64$/i.test(uri.slice(0, comma)))
    return { problem: "no data: URI of a picture in base64" };
  let letters: string;
  try {
    letters = atob(uri.slice(comma + 1));
  } catch {
    return { problem: "damaged base64" };
  }
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const problem = pictureProblem(bytes);
  return problem === undefined ? { bytes } : { problem };
}

// Decoding is slow, and a plan is made anew for each correction.
const known = new WeakMap<SourceColumn, { row: number; problem: string }[]>();

function problemsOf(column: SourceColumn): { row: number; problem: string }[] {
  let problems = known.get(column);
  if (!problems) {
    problems = [];
    for (const [row, value] of column.values.entries()) {
      if (typeof value !== "string" || value.trim() === "") continue;
      const read = readPictureUri(value.trim());
      if ("problem" in read) problems.push({ row, problem: read.problem });
    }
    known.set(column, problems);
  }
  return problems;
}

/** Values of a column of pictures that are none: they count as missing, and are told. */
export function pictureNotes(column: SourceColumn, table: SourceTable): Note[] {
  if (holdsBytes(column) || column.kind !== "string") return [];
  const problems = problemsOf(column);
  if (problems.length === 0) return [];
  return [
    {
      kind: "warning",
      text: `${counted(problems.length, "picture")} of "${column.name}" in ${table.file} cannot be shown and ${
        problems.length === 1 ? "counts" : "count"
      } as missing: ${listed(
        problems.map(({ row, problem }) => `${placeOfRow(table, row)} (${problem})`),
        problems.length,
        3,
      )}`,
      file: table.file,
    },
  ];
}
