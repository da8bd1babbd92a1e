import { Fault, suggest } from "../../base";
import type { Modality } from "../manifest";
import { findColumn, type ImportAbout } from "./about";
import { type ColumnFacts, factsOf, mergeFacts } from "./facts";
import { freeColumn } from "./header";
import { type ColumnContext, type Decision, decideModality, readAsChosen } from "./modality";
import { type PairNames, pairNames, type Side } from "./pairs";
import { type FileRole, listed, type Note, type SourceColumn, type SourceTable, shown } from "./source";

/** Where a logical column stands in one file: once, or once for each side of a pair. */
export type Part = Partial<Record<"own" | Side, SourceColumn>>;

/**
 * A column of the task: over all files, and over both sides of a pair. `row`: of a classification task; `record`: of a
 * pair's records; `pair`: of the pair itself, which no model reads.
 */
export interface PlannedColumn {
  /** Its name in the task, without the mark of a side. */
  name: string;
  /** Its name in the files, where that differs. */
  source: string;
  level: "row" | "record" | "pair";
  parts: Map<FileRole, Part>;
  facts: ColumnFacts;
  decision: Decision;
  /** The reader chose the modality. */
  chosen: boolean;
}

/** Facts are looked at once for each column of each file, whatever is corrected later. */
export type FactsOf = (column: SourceColumn) => ColumnFacts;

export function createFactsCache(): FactsOf {
  const known = new WeakMap<SourceColumn, ColumnFacts>();
  return (column) => {
    const facts = known.get(column) ?? factsOf(column);
    known.set(column, facts);
    return facts;
  };
}

export interface ColumnsRequest {
  /** The files that hold rows, train first. */
  tables: readonly SourceTable[];
  about: ImportAbout;
  /** Columns that are no features, by lower-case name: the label, and what says the split. */
  taken: ReadonlySet<string>;
  factsOf: FactsOf;
}

export interface PlannedColumns {
  columns: PlannedColumn[];
  pairs?: PairNames;
  notes: Note[];
}

/**
 * Decides for every column of the files what it is.
 * @throws Fault `import-pairs`, `import-modality` for a choice that the values do not allow or a column that is not there
 */
export function planColumns({ tables, about, taken, factsOf }: ColumnsRequest): PlannedColumns {
  const notes: Note[] = [];
  const names = unionOfNames(tables).filter((name) => !taken.has(name.toLowerCase()));
  const matching = about.track === "matching";
  const pairs = matching ? pairNames(names, tables[0].file) : undefined;
  const logical = logicalColumns(names, tables, pairs);
  const used = new Set(["id", about.label.toLowerCase(), "label", ...(matching ? ["left", "right"] : [])]);
  const semicolons = tables.some((table) => table.how.includes("semicolons"));
  const merged = logical.map((column) => mergeFacts(partsOf(column).map(factsOf)));
  const records = Math.max(1, ...merged.filter((_, i) => logical[i].level === "record").map((facts) => facts.distinct));
  const columns = logical.map((column, i): PlannedColumn => {
    const facts = merged[i];
    const name = column.level === "record" ? column.name : freeColumn(column.name, used);
    used.add(name.toLowerCase());
    const context: ColumnContext = {
      name: column.name,
      track: about.track,
      population: matching ? records : facts.rows,
      lacking: lackingOf(column, tables),
      semicolons,
    };
    const inferred = column.level === "pair" ? pairLevel(facts) : decideModality(facts, context);
    return { ...column, source: column.name, name, facts, decision: inferred, chosen: false };
  });
  choose(columns, about, pairs, semicolons);
  for (const column of columns) if (column.level === "record") notes.push(...halfPairs(column));
  return { columns, pairs, notes };
}

function unionOfNames(tables: readonly SourceTable[]): string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  for (const { name } of tables.flatMap((table) => table.columns)) {
    if (seen.has(name.toLowerCase())) continue;
    seen.add(name.toLowerCase());
    names.push(name);
  }
  return names;
}

type Logical = Pick<PlannedColumn, "name" | "level" | "parts">;

function logicalColumns(
  names: readonly string[],
  tables: readonly SourceTable[],
  pairs: PairNames | undefined,
): Logical[] {
  const found = new Map<string, Logical>();
  for (const name of names) {
    const side = pairs?.sideOf.get(name);
    const key = side ? `record ${side.name.toLowerCase()}` : `own ${name.toLowerCase()}`;
    const logical: Logical = found.get(key) ?? {
      name: side?.name ?? name,
      level: side ? "record" : pairs ? "pair" : "row",
      parts: new Map(),
    };
    found.set(key, logical);
    for (const table of tables) {
      const column = table.columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!column) continue;
      const part = logical.parts.get(table.role) ?? {};
      part[side?.side ?? "own"] = column;
      logical.parts.set(table.role, part);
    }
  }
  return [...found.values()];
}

function partsOf({ parts }: Logical): SourceColumn[] {
  return [...parts.values()].flatMap((part) => Object.values(part));
}

function lackingOf({ parts }: Logical, tables: readonly SourceTable[]): string[] {
  return tables.filter((table) => !parts.has(table.role)).map((table) => table.file);
}

/** A column of the pair itself; the features of a matching task are its records' columns. */
function pairLevel(facts: ColumnFacts): Decision {
  return {
    modality: "ignored",
    rule: "it belongs to the pair, not to a record",
    reading: { kind: facts.kinds.has("picture") || facts.dataUris > 0 ? "picture" : "as it is" },
  };
}

function halfPairs(column: PlannedColumn): Note[] {
  const sides = new Set([...column.parts.values()].flatMap((part) => Object.keys(part)));
  if (sides.size === 2) return [];
  const [only] = sides;
  return [
    {
      kind: "warning",
      text: `Only the ${only} records have a column ${shown(column.name)}: it is missing in all others`,
    },
  ];
}

/** Puts the reader's own modalities in place of the inferred ones. */
function choose(
  columns: readonly PlannedColumn[],
  { modalities = {}, label }: ImportAbout,
  pairs: PairNames | undefined,
  semicolons: boolean,
): void {
  for (const [given, modality] of Object.entries(modalities)) {
    if (given.toLowerCase() === label.toLowerCase()) continue;
    const flat = pairs && [...pairs.sideOf].find(([name]) => name.toLowerCase() === given.toLowerCase())?.[1].name;
    const names = columns.map((column) => column.source);
    const name = findColumn(flat ?? given, names);
    const column = columns.find((each) => each.source === name);
    if (!column)
      throw new Fault("import-modality", `Cannot take ${shown(given)} as ${modality}: no file has such a column`, {
        hint: suggest(given, names),
      });
    if (column.level === "pair" && modality !== "ignored")
      throw new Fault(
        "import-modality",
        `Cannot take ${shown(given)} as ${modality}: it belongs to the pair, not to a record`,
        {
          hint: `A matching task's features are the columns of both records: ${pairs?.words}.`,
        },
      );
    column.decision = chosenDecision(column, modality, semicolons);
    column.chosen = true;
  }
}

function chosenDecision({ name, facts }: PlannedColumn, modality: Modality | "ignored", semicolons: boolean): Decision {
  const reading = readAsChosen(facts, modality, semicolons);
  if (reading) return { modality, rule: "as you chose", reading };
  throw new Fault(
    "import-modality",
    `Cannot take ${shown(name)} as ${modality}: it holds ${
      listed(
        facts.examples.map((value) => shown(value, 24)),
        facts.examples.length,
        3,
      ) || [...facts.kinds].join(" and ")
    }`,
    {
      hint:
        modality === "image"
          ? "An image column holds encoded PNG, JPEG, WebP or GIF bytes, or data: URIs of them."
          : "Choose another modality, or leave it out of the choice.",
    },
  );
}
