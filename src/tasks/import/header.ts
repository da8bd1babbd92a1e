import { Fault } from "../../base";
import type { CsvRow } from "./csv-rows";
import { isPlainNumber } from "./numbers";
import { counted, listed, type Note, shown } from "./source";

export interface Header {
  names: string[];
  /** How many of the rows are the header: 1, or 0 where the first line is data already. */
  rows: 0 | 1;
  notes: Note[];
}

/**
 * The names of a file's columns from its first rows. The first line is a header unless it holds numbers over numbers and
 * not the label's name.
 * @throws Fault `csv-header` for names that stand twice
 */
export function headerOf(rows: readonly CsvRow[], { file, label }: { file: string; label?: string }): Header {
  const [first, ...below] = rows;
  if (first.problem !== undefined)
    throw new Fault("csv-header", `Cannot read ${file}: its first line ${first.problem}`, {
      hint: "The first line names the columns.",
      where: { file, line: first.line },
    });
  const notes: Note[] = [];
  const names = first.fields;
  const hasLabel = label !== undefined && names.some((name) => isSame(name, label));
  if (!hasLabel && isData(names, below)) {
    const made = names.map((_, c) => `column_${c + 1}`);
    notes.push({
      kind: "warning",
      text: `The first line of ${file} is data: the columns are named ${listed(made)}`,
      file,
    });
    return { names: made, rows: 0, notes };
  }
  const wider = below.length > 0 && below.every(({ fields }) => fields.length === names.length + 1);
  if (wider && below.every(({ fields }) => fields[fields.length - 1] === "")) {
    return { ...clean([...names, ""], file), rows: 1 };
  }
  if (wider) {
    const cleaned = clean(["row_name", ...names], file);
    const text = `The header of ${file} has one name less than the rows have fields: the first fields are the rows' names`;
    return { names: cleaned.names, rows: 1, notes: [{ kind: "note", text, file }, ...cleaned.notes] };
  }
  return { ...clean(names, file), rows: 1 };
}

export function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function isData(names: readonly string[], below: readonly CsvRow[]): boolean {
  return names.some(
    (name, c) => isPlainNumber(name.trim()) && below.every(({ fields }) => isPlainNumber(fields[c]?.trim() ?? "")),
  );
}

/**
 * Names that SQL can tell apart: trimmed, none empty, none the same but for capitals.
 * @throws Fault `csv-header` for a name that stands twice
 */
export function clean(given: readonly string[], file: string): { names: string[]; notes: Note[] } {
  const notes: Note[] = [];
  const trimmed = given.map((name) => name.replace(/\s+/g, " ").trim());
  const places = new Map<string, number>();
  for (const [c, name] of trimmed.entries()) {
    const earlier = places.get(name);
    if (name !== "" && earlier !== undefined)
      throw new Fault(
        "csv-header",
        `Cannot read ${file}: two columns are named ${shown(name)} (columns ${earlier + 1} and ${c + 1})`,
        { hint: "Give one of them another name.", where: { file, line: 1 } },
      );
    places.set(name, c);
  }
  const taken = new Set<string>();
  const names = trimmed.map((name, c) => {
    const fresh = freeColumn(name === "" ? `column_${c + 1}` : name, taken);
    taken.add(fresh.toLowerCase());
    if (name !== "" && fresh !== name)
      notes.push({
        kind: "note",
        text: `The column ${shown(name)} is called ${shown(fresh)} here: SQL does not tell capitals apart`,
        file,
      });
    return fresh;
  });
  const nameless = trimmed.filter((name) => name === "").length;
  if (nameless > 0)
    notes.push({
      kind: "note",
      text: `${counted(nameless, "column")} of ${file} without a name, called by ${nameless === 1 ? "its place" : "their places"}: column_1 is the first`,
      file,
    });
  return { names, notes };
}

/** A name that is not taken yet: `price`, else `price_2`, `price_3`. `taken` holds lower-case names. */
export function freeColumn(name: string, taken: ReadonlySet<string>): string {
  let fresh = name;
  for (let n = 2; taken.has(fresh.toLowerCase()); n++) fresh = `${name}_${n}`;
  return fresh;
}
