import { featureColumns, SPLIT_NAMES, type TaskColumn, type TaskManifest } from "../../src/tasks";

const CONTEXT = {
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

const DATA_TYPE = { text: "sc:Text", categorical: "sc:Text", numeric: "sc:Float", image: "sc:ImageObject" } as const;

/**
 * `croissant.json`: the manifest in the MLCommons vocabulary (Croissant 1.0). One file object for each Parquet and CSV
 * file, one record set for each split (and for the records of a matching task that keeps them apart).
 */
export function croissantOf(task: TaskManifest, bytes: Record<string, number>): object {
  const tables = [
    ...SPLIT_NAMES.map((name) => ({ name, files: task.splits[name], columns: columnsOf(task, name !== "test") })),
    ...(task.records ? [{ name: "records", files: task.records, columns: [idColumn, ...task.columns] }] : []),
  ];
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    name: task.id,
    alternateName: task.title,
    description: task.description,
    version: "1.0.0",
    license: task.licence,
    url: "task.json",
    citeAs: task.source,
    isLiveDataset: false,
    distribution: tables.flatMap(({ files }) => [
      fileObject(files.parquet, "application/vnd.apache.parquet", files.sha256.parquet, bytes),
      ...(files.csv && files.sha256.csv ? [fileObject(files.csv, "text/csv", files.sha256.csv, bytes)] : []),
    ]),
    recordSet: tables.map(({ name, files, columns }) => ({
      "@type": "cr:RecordSet",
      "@id": name,
      name,
      description: `${files.rows} rows`,
      key: { "@id": `${name}/id` },
      field: columns.map((column) => ({
        "@type": "cr:Field",
        "@id": `${name}/${column.name}`,
        name: column.name,
        description: column.description,
        dataType: DATA_TYPE[column.modality],
        source: {
          fileObject: { "@id": files.parquet },
          extract: { column: column.name },
          ...(column.modality === "image" && { transform: { jsonPath: "bytes" } }),
        },
      })),
    })),
  };
}

const idColumn: TaskColumn = {
  name: "id",
  modality: "text",
  description: "The row's own id; tells nothing of its label.",
};

function columnsOf(task: TaskManifest, labelled: boolean): TaskColumn[] {
  const label: TaskColumn = { name: task.label.column, modality: "categorical", description: "What is predicted." };
  const features: TaskColumn[] = task.records
    ? ["left", "right"].map((side) => ({
        name: `${side}_id`,
        modality: "text",
        description: `The ${side} record's id.`,
      }))
    : featureColumns(task);
  return [idColumn, ...features, ...(labelled ? [label] : [])];
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
