import { CONTEXT } from "../../src/tasks/folder/croissant";

/**
 * What a `croissant.json` has to keep, as far as it can be told without MLCommons' own validator (mlcroissant is a Python
 * package, which this project does not install). Each rule names its source: the specification (docs/croissant-spec.md and
 * docs/croissant-spec-1.1.md of mlcommons/croissant), or the file of mlcroissant (python/mlcroissant/mlcroissant/_src) that
 * reports it as an error or a warning.
 */
export const RULES = {
  context: "spec, Appendix 1: the recommended context; core/rdf.py warns of one that lacks a term",
  "dataset type": "spec, Required: @type is schema.org/Dataset; core/data_types.py check_expected_type",
  conformsTo: "spec, Required: dct:conformsTo names the version of the specification",
  required:
    "spec, Required: name, description, license, url, creator, datePublished; distribution (Modified properties)",
  recommended: "nodes/metadata.py assert_has_optional_properties: citeAs, datePublished, license, version",
  license: "spec, Required: URLs or CreativeWorks; nodes/metadata.py validate_license",
  creator: "spec, Required: Organization or Person",
  date: "core/dates.py: ISO 8601",
  version: "spec, Version; core/versions.py cast_version: MAJOR.MINOR.PATCH",
  url: "spec, Required: url is a URL",
  property: "spec, the tables of properties: a misspelt one is dropped without a word",
  "id unique": "spec, ID and Reference Mechanism; structure_graph/graph.py _check_no_duplicate",
  "id spaces": "tests/graphs/1.0/distribution_bad_id: no white space in an @id",
  "id of field": "spec, ID and Reference Mechanism: a field's id begins with that of its record set",
  "node type": "spec, Resources and RecordSets; nodes/metadata.py: cr:FileObject, cr:RecordSet, cr:Field",
  reference: "structure_graph/graph.py _add_edge: every reference leads to a node, and to one of the right class",
  "file mandatory": "nodes/file_object.py: name, contentUrl, encodingFormat",
  "file checksum": "nodes/file_object.py: sha256 or md5, unless the dataset is live; spec, Checksums",
  "file format": "core/constants.py EncodingFormat: what operations/read.py can read",
  "file content": "spec, Checksums and contentSize: the file is there, with this size and hash",
  fields: "spec, RecordSet: a record set has fields",
  key: "spec, RecordSet: the key is a field of the set",
  data: "nodes/record_set.py: a list, not empty, each line with exactly the fields",
  join: "nodes/record_set.py check_joins_in_fields: two sources only where a field references from one to the other",
  description: "nodes/field.py, nodes/record_set.py assert_has_optional_properties",
  "data type": "nodes/field.py data_type: at least one type that can be read as; spec, DataType",
  source: "nodes/source.py: one of fileObject, fileSet, field; graph.py: a field without data has one",
  extract: "nodes/source.py: one of column, fileProperty, jsonPath; fileProperty as the spec lists it",
  transform: "nodes/source.py Transform: a known kind; spec, Transform: a regex with one group",
  column: "operations/field.py: the column is in the file, and its values can be read as the data type",
  split: "spec, Splits: a cr:Split record set, to which a field of each split refers",
  label: "spec, Label data: labels are of the type cr:Label",
} as const;

export type Rule = keyof typeof RULES;

export interface Issue {
  rule: Rule;
  /** The node, by its @id. */
  at: string;
  message: string;
}

/** A file beside the document, by its name. */
export interface CroissantFile {
  bytes: number;
  sha256: string;
  /** Its columns in DuckDB's types. */
  columns: Record<string, string>;
}

type Json = Record<string, unknown>;

const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const objects = (value: unknown): Json[] => list(value).filter((each): each is Json => isObject(each));
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const idOf = (node: unknown): string => (isObject(node) ? text(node["@id"]) : "");

/** Properties by class: those of the vocabulary, and the schema.org ones that are in use here. */
const PROPERTIES: Record<string, readonly string[]> = {
  "sc:Dataset": [
    ..."name alternateName description version datePublished creator license url keywords isBasedOn".split(" "),
    ..."conformsTo citeAs isLiveDataset distribution recordSet".split(" "),
  ],
  "cr:FileObject": "name description contentUrl contentSize encodingFormat sha256 md5 sameAs containedIn source".split(
    " ",
  ),
  "cr:RecordSet": "name description key field data examples dataType".split(" "),
  "cr:Field": "name description dataType source references repeated subField parentField equivalentProperty".split(" "),
};

const READABLE = [
  ..."text/csv text/tsv text/plain application/json application/jsonlines application/x-parquet".split(" "),
  ..."application/x-tar application/zip git+https".split(" "),
];

/** The types that a value can be read as, and DuckDB's types of the columns that can. */
const TYPES: Record<string, RegExp> = {
  "sc:Text": /^VARCHAR$/,
  "sc:URL": /^VARCHAR$/,
  "sc:Integer": /^U?(TINY|SMALL|BIG)?INT(EGER)?$/,
  "sc:Float": /^(DOUBLE|FLOAT|U?(TINY|SMALL|BIG)?INT(EGER)?)$/,
  "sc:Boolean": /^BOOLEAN$/,
  "sc:Date": /^(DATE|TIMESTAMP)/,
  "sc:ImageObject": /^(BLOB|STRUCT\(bytes BLOB, path VARCHAR\))$/,
};
const MEANINGS = ["cr:Label", "cr:Split", "sc:Enumeration", "sc:name"];

/** Everything that is wrong with a document; `files` are those that lie beside it. */
export function croissantIssues(document: unknown, files: ReadonlyMap<string, CroissantFile>): Issue[] {
  const issues: Issue[] = [];
  const dataset = isObject(document) ? document : {};
  const say = (rule: Rule, at: string, message: string): void => {
    issues.push({ rule, at, message });
  };
  const expect = (holds: unknown, rule: Rule, at: string, message: string): void => {
    if (!holds) say(rule, at, message);
  };

  checkDataset(dataset, expect);
  const distribution = objects(dataset.distribution);
  const recordSets = objects(dataset.recordSet);
  const nodes = new Map<string, Json>();
  for (const node of [...distribution, ...recordSets, ...recordSets.flatMap(({ field }) => objects(field))]) {
    const id = idOf(node);
    expect(id !== "" && !nodes.has(id), "id unique", id, `the @id "${id}" is missing or there twice`);
    expect(!/\s/.test(id), "id spaces", id, `the @id "${id}" has white space`);
    nodes.set(id, node);
  }
  const is = (reference: unknown, type: string): boolean => nodes.get(idOf(reference))?.["@type"] === type;
  const known = (node: Json, type: string): void => {
    expect(node["@type"] === type, "node type", idOf(node), `is a ${String(node["@type"])}, and should be a ${type}`);
    for (const name of Object.keys(node))
      if (!name.startsWith("@") && !PROPERTIES[type].includes(name))
        say("property", idOf(node), `"${name}" is no property of ${type}`);
  };

  known(dataset, "sc:Dataset");
  for (const file of distribution) {
    known(file, "cr:FileObject");
    checkFile(file, dataset.isLiveDataset === true, files, expect);
  }
  for (const set of recordSets) {
    known(set, "cr:RecordSet");
    checkRecordSet(set, expect);
    for (const field of objects(set.field)) {
      known(field, "cr:Field");
      const id = idOf(field);
      expect(id.startsWith(`${idOf(set)}/`), "id of field", id, `does not begin with "${idOf(set)}/"`);
      checkField(field, set.data !== undefined, expect);
      checkSource(field, nodes, files, expect);
      const { source } = field;
      if (isObject(source) && source.fileObject !== undefined)
        expect(
          is(source.fileObject, "cr:FileObject"),
          "reference",
          id,
          `"${idOf(source.fileObject)}" is no file object`,
        );
      for (const { field: target } of objects(field.references))
        expect(is(target, "cr:Field"), "reference", id, `"${idOf(target)}" is no field`);
    }
    checkJoins(set, expect);
  }
  checkSplits(recordSets, nodes, expect);
  return issues;
}

type Expect = (holds: unknown, rule: Rule, at: string, message: string) => void;

function checkDataset(dataset: Json, expect: Expect): void {
  const context = isObject(dataset["@context"]) ? dataset["@context"] : {};
  for (const [term, meaning] of Object.entries(CONTEXT))
    expect(
      JSON.stringify(context[term]) === JSON.stringify(meaning),
      "context",
      "@context",
      `"${term}" is ${JSON.stringify(context[term])}, and should be ${JSON.stringify(meaning)}`,
    );
  expect(dataset["@type"] === "sc:Dataset", "dataset type", "", `is a ${String(dataset["@type"])}`);
  expect(
    list(dataset.conformsTo).some((each) => /^http:\/\/mlcommons\.org\/croissant\/1\.[01]$/.test(text(each))),
    "conformsTo",
    "",
    `conforms to ${String(dataset.conformsTo)}`,
  );
  for (const name of ["name", "description", "license", "url", "creator", "datePublished", "distribution"])
    expect(list(dataset[name]).some(Boolean), "required", "", `has no ${name}`);
  for (const name of ["citeAs", "datePublished", "license", "version"])
    expect(list(dataset[name]).some(Boolean), "recommended", "", `has no ${name}`);
  for (const licence of list(dataset.license))
    expect(
      /^https?:\/\/\S+$/.test(text(licence)) || (isObject(licence) && licence["@type"] === "sc:CreativeWork"),
      "license",
      "",
      `the licence ${JSON.stringify(licence)} is neither a URL nor a CreativeWork`,
    );
  for (const creator of list(dataset.creator))
    expect(
      isObject(creator) && /^sc:(Organization|Person)$/.test(text(creator["@type"])) && text(creator.name) !== "",
      "creator",
      "",
      `the creator ${JSON.stringify(creator)} is no named organisation or person`,
    );
  expect(isDate(text(dataset.datePublished)), "date", "", `published on "${text(dataset.datePublished)}"`);
  expect(/^\d+\.\d+\.\d+$/.test(text(dataset.version)), "version", "", `the version is "${text(dataset.version)}"`);
  expect(isUrl(text(dataset.url)), "url", "", `the url is "${text(dataset.url)}"`);
}

function isDate(day: string): boolean {
  return /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.test(day) && !Number.isNaN(Date.parse(day));
}

function isUrl(address: string): boolean {
  return address !== "" && !/\s/.test(address) && URL.canParse(address, "https://host.example/samples/task/");
}

function checkFile(file: Json, live: boolean, files: ReadonlyMap<string, CroissantFile>, expect: Expect): void {
  const id = idOf(file);
  for (const name of ["name", "contentUrl", "encodingFormat"])
    expect(text(file[name]) !== "", "file mandatory", id, `has no ${name}`);
  expect(
    live || /^[0-9a-f]{64}$/.test(text(file.sha256)) || /^[0-9a-f]{32}$/.test(text(file.md5)),
    "file checksum",
    id,
    `the sha256 is "${text(file.sha256)}"`,
  );
  expect(
    READABLE.includes(text(file.encodingFormat)),
    "file format",
    id,
    `${text(file.encodingFormat)} is not readable`,
  );
  if (!isUrl(text(file.contentUrl))) return;
  const found = files.get(text(file.contentUrl));
  expect(found, "file content", id, `there is no file ${text(file.contentUrl)}`);
  if (!found) return;
  expect(found.sha256 === file.sha256, "file content", id, `the file's sha256 is ${found.sha256}`);
  expect(`${found.bytes} B` === file.contentSize, "file content", id, `the file has ${found.bytes} bytes`);
}

function checkRecordSet(set: Json, expect: Expect): void {
  const id = idOf(set);
  const fields = objects(set.field);
  expect(fields.length > 0, "fields", id, "has no field");
  expect(text(set.description) !== "", "description", id, "has no description");
  const own = new Set(fields.map(idOf));
  expect(
    list(set.key).length > 0 && list(set.key).every((key) => own.has(idOf(key))),
    "key",
    id,
    `its key is ${JSON.stringify(set.key)}`,
  );
  if (set.data === undefined) return;
  const names = fields
    .map(({ name }) => text(name))
    .sort()
    .join();
  const rows = Array.isArray(set.data) ? set.data : [];
  expect(rows.length > 0, "data", id, "its data is no list, or empty");
  for (const row of rows)
    expect(
      isObject(row) && Object.keys(row).sort().join() === names,
      "data",
      id,
      `the line ${JSON.stringify(row)} does not have the fields ${names}`,
    );
}

function checkField(field: Json, embedded: boolean, expect: Expect): void {
  const id = idOf(field);
  expect(text(field.description) !== "", "description", id, "has no description");
  const types = list(field.dataType).map(text);
  expect(
    types.some((type) => type in TYPES) && types.every((type) => type in TYPES || MEANINGS.includes(type)),
    "data type",
    id,
    `its types are ${types.join(", ") || "missing"}`,
  );
  if (embedded) {
    expect(field.source === undefined, "source", id, "has a source, though its record set holds the data");
    return;
  }
  const source = isObject(field.source) ? field.source : {};
  const origins = ["fileObject", "fileSet", "field"].filter((name) => source[name] !== undefined);
  expect(origins.length === 1, "source", id, `comes from ${origins.join(" and ") || "nowhere"}`);
  const extract = isObject(source.extract) ? source.extract : {};
  const ways = Object.keys(extract);
  expect(
    ways.length === 1 &&
      (ways[0] === "column" ||
        ways[0] === "jsonPath" ||
        (ways[0] === "fileProperty" &&
          ["fullpath", "filename", "content", "lines", "lineNumbers"].includes(text(extract.fileProperty)))),
    "extract",
    id,
    `is extracted by ${JSON.stringify(source.extract)}`,
  );
  for (const transform of list(source.transform)) {
    const kinds = isObject(transform) ? Object.keys(transform) : [];
    expect(
      kinds.length > 0 &&
        kinds.every((kind) => ["format", "jsonPath", "regex", "replace", "separator"].includes(kind)) &&
        (!isObject(transform) || transform.regex === undefined || groupsOf(text(transform.regex)) === 1),
      "transform",
      id,
      `is transformed by ${JSON.stringify(transform)}`,
    );
  }
}

/** How many groups a regular expression captures; NaN where it is none. */
function groupsOf(pattern: string): number {
  try {
    return (new RegExp(`${pattern}|`).exec("")?.length ?? Number.NaN) - 1;
  } catch {
    return Number.NaN;
  }
}

/** The column that a field is read from is there, and its values can be read as the field's type. */
function checkSource(
  field: Json,
  nodes: ReadonlyMap<string, Json>,
  files: ReadonlyMap<string, CroissantFile>,
  expect: Expect,
): void {
  const { fileObject, extract } = isObject(field.source) ? field.source : {};
  const file = files.get(text(nodes.get(idOf(fileObject))?.contentUrl));
  if (!file || !isObject(extract) || typeof extract.column !== "string") return;
  const type = file.columns[extract.column];
  const read = list(field.dataType)
    .map(text)
    .find((each) => each in TYPES);
  expect(
    type !== undefined && (read === undefined || TYPES[read].test(type)),
    "column",
    idOf(field),
    type === undefined ? `the file has no column "${extract.column}"` : `${type} is no ${read}`,
  );
}

function checkJoins(set: Json, expect: Expect): void {
  const fields = objects(set.field);
  const sourceOf = ({ source }: Json): string => (isObject(source) ? idOf(source.fileObject) : "");
  const sources = new Set(fields.map(sourceOf).filter(Boolean));
  const referenced = fields.some(({ references }) => references !== undefined);
  expect(sources.size <= 1 || referenced, "join", idOf(set), `reads ${[...sources].join(" and ")} without a join`);
}

function checkSplits(recordSets: readonly Json[], nodes: ReadonlyMap<string, Json>, expect: Expect): void {
  const splits = recordSets.find(({ dataType }) => list(dataType).includes("cr:Split"));
  expect(splits, "split", "", "no record set is of the type cr:Split");
  const known = new Set(objects(splits?.data).map((row) => text(row[text(objects(splits?.field)[0]?.name)])));
  for (const set of recordSets) {
    const id = idOf(set);
    if (!known.has(id)) continue;
    const refers = objects(set.field).some(({ references }) =>
      objects(references).some(({ field }) => objects(splits?.field).some((each) => idOf(each) === idOf(field))),
    );
    expect(refers, "split", id, "no field says of which split its rows are");
    const labels = objects(set.field).filter(({ dataType }) => list(dataType).includes("cr:Label"));
    expect(labels.length === (id === "test" ? 0 : 1), "label", id, `has ${labels.length} labels`);
  }
  for (const name of known) expect(nodes.has(name), "split", name, "is a split without a record set");
}
