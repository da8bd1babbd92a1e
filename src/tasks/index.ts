export type { Catalogue, CatalogueEntry } from "./catalogue";
export { readCatalogue } from "./catalogue";
export type { MetricName, Modality, SplitName, TaskColumn, TaskManifest, Track } from "./manifest";
export { classesOf, featureColumns, MODALITIES, readManifest, SPLIT_NAMES } from "./manifest";
