import type { SandboxTask } from "./protocol";
import { embeddingTypes, lackingMembers, TYPE_OF_MODALITY, taskTypes } from "./task-types";
import { TOOLBOX_DECLARATIONS } from "./toolbox/declarations";
import { TOOLBOX_NAMES } from "./toolbox/names";

/** Longer unions make completion lists that nobody reads. */
const MOST_CLASSES = 200;
const HIDDEN_TOOLS: ReadonlySet<string> = new Set(["FeatureDefinition", "TextFeature"]);

/**
 * The editor's ambient types of a cell: the module `polytab` with `defineFeatures` typed by the task's rows, the
 * toolbox, which is also in scope without an import, and the upstream tables as globals.
 *
 * A table's column types may be the kinds of `Column`, feature types or SQL's names; others are `unknown`.
 */
export function rowTypes(task: SandboxTask, tables: Record<string, { name: string; type: string }[]>): string {
  const globals = TOOLBOX_NAMES.filter((name) => !HIDDEN_TOOLS.has(name) && !Object.hasOwn(tables, name));
  return [
    `declare module "polytab" {`,
    PICTURE,
    task.track === "matching"
      ? pairTypes(task)
      : recordType("Row", "One row of the task.", [ID, ...recordMembers(task)]),
    trainingRow(task),
    taskTypes(task),
    embeddingTypes(task),
    DEFINE_FEATURES,
    TOOLBOX_DECLARATIONS,
    "}",
    ...globals.map((name) => `declare const ${name}: typeof import("polytab").${name};`),
    ...Object.entries(tables)
      .filter(([name]) => isIdentifier(name))
      .map(([name, columns]) => tableType(name, columns)),
  ].join("\n");
}

const ID = "  /** The row's own id. */\n  id: string;";

const PICTURE = `/** An encoded picture, decoded on demand. */
export interface Picture {
  /** The file's bytes: PNG, JPEG, WebP or GIF. */
  readonly bytes: Uint8Array;
  /** Straight RGBA of the picture fitted into \`size\` x \`size\`: \`size * size * 4\` numbers from 0 to 255, row by row. */
  rgba(size: number): Promise<Pixels>;
}`;

const DEFINE_FEATURES = `/** What \`defineFeatures\` returns: export it as the default. */
export interface Features { readonly features: unknown }
/**
 * Makes features: a function from a row to a record of values. A string is a category, \`text(…)\` is free text, an array
 * of numbers is a vector; null and NaN are missing, and Infinity is clipped to the training rows' finite range.
 * The function may be async.
 */
export function defineFeatures(features: (row: Row) => FeatureRecord | Promise<FeatureRecord>): Features;
/**
 * Makes features with what was learned: \`fit\` sees the training rows with their labels, once; what it returns is the
 * second argument of every call of \`features\`, which never sees a label.
 */
export function defineFeatures<State>(definition: {
  fit: (rows: TrainingRow[]) => State | Promise<State>;
  features: (row: Row, state: Awaited<State>) => FeatureRecord | Promise<FeatureRecord>;
}): Features;
export function defineFeatures(definition: { features: (row: Row) => FeatureRecord | Promise<FeatureRecord> }): Features;
/** Shows a value under the cell: an array of records as a table, the rest as text. */
export function display(value: unknown): void;`;

function pairTypes(task: SandboxTask): string {
  const record = recordType("PairRecord", "One of the two records of a pair.", recordMembers(task));
  const sides = `  /** The first record. */\n  left: PairRecord;\n  /** The second record. */\n  right: PairRecord;`;
  return `${record}\n${recordType("Row", "One pair of the task.", [ID, sides])}`;
}

function trainingRow(task: SandboxTask): string {
  const union = task.classes.length <= MOST_CLASSES ? task.classes.map((name) => JSON.stringify(name)).join(" | ") : "";
  const type = `${union || "string"} | null`;
  const members = [`  /** The row's class. Only \`fit\` sees it. */\n  label: ${type};`];
  return recordType("TrainingRow extends Row", "A training row with its label: what `fit` sees.", members);
}

function recordType(name: string, doc: string, members: readonly string[]): string {
  return `/** ${doc} */\nexport interface ${name} {\n${members.join("\n")}\n}`;
}

function recordMembers(task: SandboxTask): string[] {
  return [...task.columns.map(member), ...lackingMembers(task)];
}

function member({ name, modality }: SandboxTask["columns"][number]): string {
  const [type, doc] = TYPE_OF_MODALITY[modality];
  return `  /** ${doc} */\n  ${propertyName(name)}: ${type};`;
}

function tableType(name: string, columns: readonly { name: string; type: string }[]): string {
  const members = columns.map((column) => `${propertyName(column.name)}: ${typeOfColumn(column.type)}`);
  return `/** The rows of ${name}. */\ndeclare const ${name}: { ${members.join("; ")} }[];`;
}

function typeOfColumn(type: string): string {
  const name = type.toLowerCase();
  if (/^(bytes|blob|image)/.test(name)) return `import("polytab").Picture | null`;
  if (/\[|^(vector|list)/.test(name)) return "Float32Array | null";
  if (/^(number|numeric|double|float|real|decimal|u?(tiny|small|big|huge)?int)/.test(name)) return "number";
  if (/^bool/.test(name)) return "boolean | null";
  if (/^(string|text|categorical|varchar|enum|date|timestamp|time|uuid)/.test(name)) return "string | null";
  return "unknown";
}

function propertyName(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}

function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}
