import { contentHash, countDistinct } from "./content-hash";
import { createDateTally, type DateTally, tallyDate } from "./dates";
import { isMissing } from "./missing";
import { createNumberTally, type NumberTally, tallyNumber } from "./numbers";
import { holdsBytes, type SourceColumn } from "./source";

/** What a look at every value of a column says, before anything is decided. Counts are of values that are present. */
export interface ColumnFacts {
  rows: number;
  present: number;
  /** Missing values by how they are written; "" for an empty field or NULL. */
  markers: Map<string, number>;
  kinds: Set<SourceColumn["kind"] | "picture">;
  /** A content hash a present value. */
  hashes: Float64Array[];
  distinct: number;
  /** Whether no value stands twice in a file. */
  unique: boolean;
  numbers: NumberTally;
  integers: number;
  /** Whole numbers that a double cannot hold to the last digit. */
  unsafe: number;
  leadingZeros: number;
  least: number;
  most: number;
  dates: DateTally;
  booleans: number;
  /** The spellings of the truth values. */
  booleanForms: Set<string>;
  dataUris: number;
  fileNames: number;
  words: number;
  characters: number;
  withDigits: number;
  /** Some different values, as they stand. */
  examples: string[];
}

const BOOLEAN = /^(?:true|false|yes|no|y|n|t|f)$/i;
const FILE_NAME = /^[^\s].*\.(?:png|jpe?g|webp|gif|bmp|tiff?|svg)$/i;
const EXAMPLES = 6;
/** A number is never longer; texts are not searched for one. */
const NUMBER_LENGTH = 40;

export function factsOf(column: SourceColumn): ColumnFacts {
  const facts: ColumnFacts = {
    rows: column.values.length,
    present: 0,
    markers: new Map(),
    kinds: new Set([kindOf(column)]),
    hashes: [],
    distinct: 0,
    unique: true,
    numbers: createNumberTally(),
    integers: 0,
    unsafe: 0,
    leadingZeros: 0,
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
    dates: createDateTally(),
    booleans: 0,
    booleanForms: new Set(),
    dataUris: 0,
    fileNames: 0,
    words: 0,
    characters: 0,
    withDigits: 0,
    examples: [],
  };
  const hashes = new Float64Array(column.values.length);
  const take = (text: string): void => {
    hashes[facts.present++] = contentHash(text);
    if (facts.examples.length < EXAMPLES && !facts.examples.includes(text)) facts.examples.push(text);
  };
  const lack = (marker: string): void => void facts.markers.set(marker, (facts.markers.get(marker) ?? 0) + 1);
  if (holdsBytes(column)) for (const value of column.values) value === null ? lack("") : take(String(value));
  else if (column.kind === "number")
    for (const value of column.values) Number.isNaN(value) ? lack("") : takeNumber(facts, value, take);
  else if (column.kind === "string")
    for (const value of column.values) {
      const text = value?.trim() ?? "";
      if (isMissing(text)) lack(text);
      else takeText(facts, text, take);
    }
  else if (column.kind === "boolean")
    for (const value of column.values) {
      if (value === null) lack("");
      else {
        facts.booleans++;
        facts.booleanForms.add(String(value));
        take(String(value));
      }
    }
  else for (const value of column.values) value === null ? lack("") : facts.present++;
  const used = hashes.slice(0, facts.present);
  facts.hashes = [used];
  facts.distinct = countDistinct([used]);
  facts.unique = facts.distinct === facts.present;
  return facts;
}

function kindOf({ kind, opened, pictures }: SourceColumn): SourceColumn["kind"] | "picture" {
  if (pictures) return "picture";
  if (!opened) return kind;
  return opened.picture ? "picture" : "bytes";
}

function takeNumber(facts: ColumnFacts, value: number, take: (text: string) => void): void {
  facts.numbers.count++;
  facts.numbers.plain++;
  noteNumber(facts, value);
  take(String(value));
}

function noteNumber(facts: ColumnFacts, value: number): void {
  if (Number.isInteger(value)) facts.integers++;
  if (value < facts.least) facts.least = value;
  if (value > facts.most) facts.most = value;
}

function takeText(facts: ColumnFacts, text: string, take: (text: string) => void): void {
  take(text);
  if (text.startsWith("data:image/")) {
    facts.dataUris++;
    return;
  }
  facts.characters += text.length;
  facts.words += wordsIn(text);
  if (/\d/.test(text)) facts.withDigits++;
  else {
    if (BOOLEAN.test(text)) {
      facts.booleans++;
      facts.booleanForms.add(text);
    }
    return;
  }
  if (text.length > NUMBER_LENGTH) return;
  const { numbers } = facts;
  const before = numbers.count;
  tallyNumber(numbers, text);
  if (numbers.count > before) {
    if (/^[+-]?\d+$/.test(text)) {
      const value = Number(text);
      noteNumber(facts, value);
      if (!Number.isSafeInteger(value)) facts.unsafe++;
      if (/^0\d/.test(text)) facts.leadingZeros++;
    } else if (/^[+-]?\d+\.0*$/.test(text)) noteNumber(facts, Number(text));
    return;
  }
  tallyDate(facts.dates, text);
  if (FILE_NAME.test(text)) facts.fileNames++;
}

function wordsIn(text: string): number {
  let words = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const space = text.charCodeAt(i) <= 32;
    if (!space && !inside) words++;
    inside = !space;
  }
  return words;
}

/** The facts of one column from those of its parts: the splits, and both sides of a pair. */
export function mergeFacts(parts: readonly ColumnFacts[]): ColumnFacts {
  const [first, ...rest] = parts;
  if (rest.length === 0) return first;
  const hashes = parts.flatMap((part) => part.hashes);
  const sum = (of: (facts: ColumnFacts) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const markers = new Map<string, number>();
  const signs = new Map<string, number>();
  for (const part of parts) {
    for (const [marker, count] of part.markers) markers.set(marker, (markers.get(marker) ?? 0) + count);
    for (const [sign, count] of part.numbers.signs) signs.set(sign, (signs.get(sign) ?? 0) + count);
  }
  return {
    rows: sum((part) => part.rows),
    present: sum((part) => part.present),
    markers,
    kinds: new Set(parts.flatMap((part) => [...part.kinds])),
    hashes,
    distinct: countDistinct(hashes),
    unique: parts.every((part) => part.unique),
    numbers: {
      count: sum((part) => part.numbers.count),
      plain: sum((part) => part.numbers.plain),
      pointVotes: sum((part) => part.numbers.pointVotes),
      commaVotes: sum((part) => part.numbers.commaVotes),
      signs,
    },
    integers: sum((part) => part.integers),
    unsafe: sum((part) => part.unsafe),
    leadingZeros: sum((part) => part.leadingZeros),
    least: Math.min(...parts.map((part) => part.least)),
    most: Math.max(...parts.map((part) => part.most)),
    dates: {
      count: sum((part) => part.dates.count),
      dayFirst: sum((part) => part.dates.dayFirst),
      monthFirst: sum((part) => part.dates.monthFirst),
      points: sum((part) => part.dates.points),
      ambiguous: sum((part) => part.dates.ambiguous),
      times: sum((part) => part.dates.times),
    },
    booleans: sum((part) => part.booleans),
    booleanForms: new Set(parts.flatMap((part) => [...part.booleanForms])),
    dataUris: sum((part) => part.dataUris),
    fileNames: sum((part) => part.fileNames),
    words: sum((part) => part.words),
    characters: sum((part) => part.characters),
    withDigits: sum((part) => part.withDigits),
    examples: [...new Set(parts.flatMap((part) => part.examples))].slice(0, EXAMPLES),
  };
}
