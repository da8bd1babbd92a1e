import { readAs, z } from "../base";
import { type Table, unpackTable } from "../table";
import { FORBIDDEN_NAMES, LONGEST_VECTOR, MOST_COLUMNS } from "./collect";
import { MOST_OUTPUTS } from "./outputs";
import type { FeatureType, NeedsEmbeddings, Output, RunResult } from "./protocol";
import { MOST_ROWS } from "./records";

/**
 * What comes back from a worker is a stranger's data: a cell may have forged it. It is read here, once, into objects of
 * the page's own making, and nothing else of it is kept.
 */

const MOST_BYTES = 512 * 2 ** 20;
/** Each becomes a value of the page's own. Numbers stay in the memory that they came in, and are not among them. */
const MOST_CELLS = 64_000_000;
/** A view of a buffer weighs as much as so many other values. */
const VIEW_CELLS = 8;
const VIEW_BYTES = 64;
const LONGEST_TEXT = 20_000;

/** A column's name as a task may have it: only to be looked up among those. */
const taskColumn = z.string().min(1).max(1_000);
const name = taskColumn.refine((text) => !FORBIDDEN_NAMES.has(text), "this name is not allowed");
const ownBuffer = (view: ArrayBufferView): boolean => view.buffer instanceof ArrayBuffer; // never shared memory
const piece = <T extends ArrayBufferView>(of: abstract new (...args: never[]) => T) =>
  z.custom<T>((value) => value instanceof of && ownBuffer(value), `no ${of.name}`);
const oneARow = <T extends Int8Array | Int32Array>(of: abstract new (...args: never[]) => T) =>
  piece(of).refine((values) => values.length <= MOST_ROWS, { error: "too many rows", abort: true });
const lengths = oneARow(Int32Array);
const texts = z
  .object({ kind: z.literal("string"), name, parts: z.array(z.string()).max(MOST_ROWS), lengths })
  .refine((column) => sumOf(column.parts.map((part) => part.length)) === sumOf(column.lengths), {
    error: "the texts do not agree",
    abort: true,
  });

const columnSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("number"), name, values: piece(Float64Array) }),
  z.object({ kind: z.literal("boolean"), name, flags: oneARow(Int8Array) }),
  texts,
  z.object({ kind: z.literal("bytes"), name, bytes: piece(Uint8Array), lengths }),
  z.object({
    kind: z.literal("vector"),
    name,
    numbers: piece(Float32Array),
    lengths: lengths.refine(areShort, { error: "a vector is too long", abort: true }),
  }),
  z.object({ kind: z.literal("other"), name, values: z.array(z.unknown()).max(MOST_ROWS).transform(cleaned) }),
]);

const tableSchema: z.ZodType<Table> = z
  .unknown()
  .refine((table) => cellsOf(table) <= MOST_CELLS, { error: "it has too many values", abort: true })
  .pipe(z.object({ rows: z.number().int().min(0).max(MOST_ROWS), columns: z.array(columnSchema).max(MOST_COLUMNS) }))
  .transform(unpackTable)
  .refine((table) => table.columns.every((column) => column.values.length === table.rows), "the rows do not agree")
  .refine((table) => new Set(table.columns.map((column) => column.name)).size === table.columns.length, "a name twice")
  .refine((table) => bytesOf(table) <= MOST_BYTES, `it is larger than ${MOST_BYTES / 2 ** 20} MB`);

const outputSchema: z.ZodType<Output> = z.object({
  kind: z.enum(["log", "display"]),
  level: z.enum(["log", "warn", "error"]).optional(),
  text: z.string().transform(cut).optional(),
  table: tableSchema.optional(),
  line: z.number().int().positive().optional(),
});

const common = { output: z.array(outputSchema).max(MOST_OUTPUTS + 1), tookMs: z.number().min(0) };
const types = ["numeric", "boolean", "categorical", "text", "vector"] as const;
const kindOfType: Record<FeatureType, string> = {
  numeric: "number",
  boolean: "boolean",
  categorical: "string",
  text: "string",
  vector: "vector",
};

/**
 * Reads a run's result; the splits must be the expected ones, with the expected rows and the same columns.
 * @throws Fault `invalid` naming what is wrong
 */
export function readResult(
  value: unknown,
  expected: Record<string, number>,
  what: string,
): RunResult | NeedsEmbeddings {
  const resultSchema = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("plain"), table: tableSchema.optional(), ...common }),
    z.object({
      kind: z.literal("features"),
      columns: z.array(z.object({ name, type: z.enum(types) })).max(MOST_COLUMNS),
      splits: z.object(Object.fromEntries(Object.keys(expected).map((split) => [split, tableSchema]))),
      ...common,
    }),
    z.object({ kind: z.literal("needs"), columns: z.array(taskColumn).min(1).max(MOST_COLUMNS) }),
  ]);
  const result = readAs(
    resultSchema.refine((read) => read.kind !== "features" || agrees(read, expected), "the splits do not agree"),
    value,
    what,
  );
  if (result.kind !== "features") return result;
  return { ...result, splits: Object.assign(Object.create(null), result.splits) as Record<string, Table> };
}

function agrees(read: Extract<RunResult, { kind: "features" }>, expected: Record<string, number>): boolean {
  return Object.entries(expected).every(([split, rows]) => {
    const table = read.splits[split];
    if (table.rows !== rows || table.columns.length !== read.columns.length) return false;
    return read.columns.every((column, i) => {
      const own = table.columns[i];
      return own.name === column.name && own.kind === kindOfType[column.type];
    });
  });
}

const place = z.object({ line: z.number().int().positive(), column: z.number().int().positive().optional() });
const id = z.number().int();
const envelopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("result"), id, value: z.unknown() }),
  z.object({
    kind: z.literal("fault"),
    id,
    fault: z.object({
      code: z
        .string()
        .regex(/^(code|picture)-[a-z-]{1,40}$|^invalid$/)
        .catch("code-threw"),
      message: z.string().transform(cut),
      hint: z.string().transform(cut).optional(),
      where: place.optional().catch(undefined),
    }),
  }),
  z.object({
    kind: z.literal("progress"),
    id,
    progress: z.object({ done: z.number().min(0).max(1), note: z.string().transform(cut).optional() }),
  }),
  z.object({ kind: z.literal("output"), output: outputSchema }),
]);

export type Envelope = z.infer<typeof envelopeSchema>;

/** One message of a worker, or undefined for what is none. */
export function readEnvelope(message: unknown): Envelope | undefined {
  const read = envelopeSchema.safeParse(message);
  return read.success ? read.data : undefined;
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Of what is there: a missing value has the length -1. */
function sumOf(lengths: Iterable<number>): number {
  let sum = 0;
  for (const length of lengths) if (length > 0) sum += length;
  return sum;
}

function areShort(lengths: Int32Array): boolean {
  return lengths.every((length) => length <= LONGEST_VECTOR);
}

/** Plain data of the page's own: records without a prototype, no deeper than 8, and nothing but data in them. */
function cleaned(values: readonly unknown[]): unknown[] {
  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value !== "object" || value === null || depth > 8) return null;
    if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
    const record: Record<string, unknown> = Object.create(null);
    for (const key of Object.keys(value)) {
      if (!FORBIDDEN_NAMES.has(key)) record[key] = clean((value as Record<string, unknown>)[key], depth + 1);
    }
    return record;
  };
  return values.map((value) => clean(value, 0));
}

/**
 * How many values the page would make of a table, from nothing but lengths: a message may hold one piece of memory in
 * thousands of columns, and unpacked it would be there as often.
 */
function cellsOf(table: unknown): number {
  const columns = propertyOf(table, "columns");
  if (!Array.isArray(columns)) return 0;
  let cells = 0;
  for (const column of columns) {
    const views = propertyOf(column, "bytes") ?? propertyOf(column, "numbers");
    const values = propertyOf(column, "values");
    cells += lengthOf(propertyOf(column, "lengths")) * (views === undefined ? 1 : VIEW_CELLS);
    cells += lengthOf(propertyOf(column, "flags")) + lengthOf(propertyOf(column, "parts"));
    if (!(values instanceof Float64Array)) cells += lengthOf(values);
  }
  return cells;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) || ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<unknown>).length : 0;
}

/** What a table holds on to, about. A small view of a huge buffer counts with its buffer. */
function bytesOf(table: Table): number {
  const buffers = new Set<ArrayBufferLike>();
  let bytes = 0;
  for (const column of table.columns) {
    if (column.kind === "number") buffers.add(column.values.buffer);
    else if (column.kind === "bytes" || column.kind === "vector") {
      for (const value of column.values) if (value) buffers.add(value.buffer);
      bytes += column.values.length * VIEW_BYTES;
    } else for (const value of column.values) bytes += typeof value === "string" ? value.length : 8;
  }
  for (const buffer of buffers) bytes += buffer.byteLength;
  return bytes;
}
