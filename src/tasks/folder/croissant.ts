import { citationOf } from "../citation";
import { featureColumns, SPLIT_NAMES, type SplitName, type TaskColumn, type TaskManifest } from "../manifest";

/** The JSON-LD context that the specification and mlcroissant's `core/rdf.py` give, term by term. */
export const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileProperty: "cr:fileProperty",
  fileObject: "cr:fileObject",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  samplingRate: "cr:samplingRate",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
};

/** What a column of a published table holds. */
export type FieldType = "VARCHAR" | "INTEGER" | "DOUBLE" | "BOOLEAN" | "DATE" | "TIMESTAMP" | "VECTOR" | "PICTURE";

/** What the manifest does not know of its files: each one's size in bytes, and the types of each table's columns. */
export interface FileFacts {
  bytes: Record<string, number>;
  types: Record<SplitName | "records", Record<string, FieldType>>;
}

/** Who brings a task out, and when. */
export interface Release {
  version: string;
  /** `2026-11-22`. */
  date: string;
  creator: string;
  /** The task's page, or its data's home; may be relative to the folder. */
  url: string;
}

/**
 * `croissant.json`: the manifest in the MLCommons vocabulary (Croissant 1.0). One file object for each Parquet and CSV
 * file, one record set for each split (and for the records of a matching task that keeps them apart), one for the names
 * of the splits. `croissant-rules.ts` says what it has to keep.
 */
export function croissantOf(task: TaskManifest, { bytes, types }: FileFacts, release: Release): object {
  const tables = [
    ...SPLIT_NAMES.map((name) => ({ name, files: task.splits[name], columns: columnsOf(task, name !== "test") })),
    ...(task.records
      ? [{ name: "records" as const, files: task.records, columns: [idColumn, ...task.columns.map(asColumn)] }]
      : []),
  ];
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    name: task.id,
    alternateName: task.title,
    description: task.description,
    version: release.version,
    datePublished: release.date,
    creator: { "@type": "sc:Organization", name: release.creator },
    license: licencesOf(task.licence),
    url: release.url,
    citeAs: citationOf(task),
    keywords: [task.track, "multimodal tabular data", ...new Set(task.columns.map(({ modality }) => modality))],
    isBasedOn: task.attribution.map(({ name, licence, url, text }) => ({
      "@type": "sc:CreativeWork",
      name,
      license: licencesOf(licence),
      ...(url && { url }),
      ...(text && { creditText: text }),
    })),
    isLiveDataset: false,
    distribution: tables.flatMap(({ files }) => [
      fileObject(files.parquet, PARQUET, files.sha256.parquet, bytes),
      ...(files.csv && files.sha256.csv ? [fileObject(files.csv, "text/csv", files.sha256.csv, bytes)] : []),
    ]),
    recordSet: [
      splitNames,
      ...tables.map(({ name, files, columns }) => ({
        "@type": "cr:RecordSet",
        "@id": name,
        name,
        description: `${files.rows} rows`,
        key: { "@id": `${name}/id` },
        field: [
          ...columns.map((column) => fieldOf(name, files.parquet, column, types[name][column.name])),
          ...(name === "records" ? [] : [splitField(name, files.parquet)]),
        ],
      })),
    ],
  };
}

/** Not the registered `application/vnd.apache.parquet`: mlcroissant 1.0 reads no file of that name (`operations/read.py`). */
const PARQUET = "application/x-parquet";

interface FieldColumn extends TaskColumn {
  /** Another field whose values these are. */
  references?: string;
  label?: boolean;
}

const idColumn: FieldColumn = {
  name: "id",
  modality: "text",
  description: "The row's own id; tells nothing of its label.",
};

function columnsOf(task: TaskManifest, labelled: boolean): FieldColumn[] {
  const label: FieldColumn = {
    name: task.label.column,
    modality: "categorical",
    description: "What is predicted.",
    label: true,
  };
  const features: FieldColumn[] = task.records
    ? ["left", "right"].map((side) => ({
        name: `${side}_id`,
        modality: "text",
        description: `The ${side} record's id.`,
        references: "records/id",
      }))
    : featureColumns(task).map(asColumn);
  return [idColumn, ...features, ...(labelled ? [label] : [])];
}

/** The specification recommends a description for every field. */
function asColumn(column: TaskColumn): FieldColumn {
  return { ...column, description: column.description || `The column ${column.name}.` };
}

function fieldOf(set: string, file: string, column: FieldColumn, type: FieldType): object {
  const atomic = DATA_TYPE[type];
  return {
    "@type": "cr:Field",
    "@id": `${set}/${column.name}`,
    name: column.name,
    description: column.description,
    dataType: column.label ? [atomic, "cr:Label"] : atomic,
    source: {
      fileObject: { "@id": file },
      extract: { column: column.name },
      ...(type === "PICTURE" && { transform: { jsonPath: "bytes" } }),
    },
    ...(type === "VECTOR" && { repeated: true }),
    ...(column.references && { references: { field: { "@id": column.references } } }),
  };
}

const DATA_TYPE: Record<FieldType, string> = {
  VARCHAR: "sc:Text",
  INTEGER: "sc:Integer",
  DOUBLE: "sc:Float",
  BOOLEAN: "sc:Boolean",
  DATE: "sc:Date",
  TIMESTAMP: "sc:Date",
  VECTOR: "sc:Float",
  PICTURE: "sc:ImageObject",
};

/** Which split a record set's rows are of, told by the file's name: the vocabulary has no other way to say it. */
function splitField(set: string, file: string): object {
  return {
    "@type": "cr:Field",
    "@id": `${set}/split`,
    name: `${set}/split`,
    description: "The split that the row belongs to.",
    dataType: "sc:Text",
    source: {
      fileObject: { "@id": file },
      extract: { fileProperty: "filename" },
      transform: { regex: `^(${SPLIT_NAMES.join("|")})\\.parquet$` },
    },
    references: { field: { "@id": "splits/name" } },
  };
}

const SPLIT_URL: Record<SplitName, string> = {
  train: "cr:TrainingSplit",
  validation: "cr:ValidationSplit",
  test: "cr:TestSplit",
};

/** Names that equal ids, since readers differ in which of the two the keys of `data` are. */
const splitNames = {
  "@type": "cr:RecordSet",
  "@id": "splits",
  name: "splits",
  description: "The splits, and what each is for.",
  dataType: "cr:Split",
  key: { "@id": "splits/name" },
  field: [
    {
      "@type": "cr:Field",
      "@id": "splits/name",
      name: "splits/name",
      description: "The split's name.",
      dataType: "sc:Text",
    },
    {
      "@type": "cr:Field",
      "@id": "splits/url",
      name: "splits/url",
      description: "What the split is for, in Croissant's words.",
      dataType: ["sc:URL", "cr:Split"],
    },
  ],
  data: SPLIT_NAMES.map((name) => ({ "splits/name": name, "splits/url": SPLIT_URL[name] })),
};

/** Licences that SPDX does not list, where their owners publish them. */
const OTHER_LICENCES: Record<string, string> = {
  "LicenseRef-WordNet": "https://wordnet.princeton.edu/license-and-commercial-use",
};

/** By the address that says it: an SPDX name's, or what was stated in other words as a work of its own. */
function licencesOf(licence: string): (string | object)[] {
  return licence.split(" AND ").map((name) => {
    if (/^https?:\/\/\S+$/.test(name)) return name;
    if (OTHER_LICENCES[name]) return OTHER_LICENCES[name];
    if (/^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(name)) return `https://spdx.org/licenses/${name}.html`;
    return { "@type": "sc:CreativeWork", name };
  });
}

function fileObject(file: string, encodingFormat: string, sha256: string, bytes: Record<string, number>): object {
  return {
    "@type": "cr:FileObject",
    "@id": file,
    name: file,
    contentUrl: file,
    contentSize: `${bytes[file]} B`,
    encodingFormat,
    sha256,
  };
}
