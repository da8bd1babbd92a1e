export { createEngine, type DataEngine, type Glance } from "./client";
export { type Converter, createConverter } from "./converter";
export { engineCode } from "./engine-code";
export { namesRead, renameRead } from "./names";
export { parquetCounts } from "./parquet-counts";
export { type OpenedBytes, type ParquetReading, readingOf } from "./parquet-reading";
export type { Footer, Relation, TableFile, WrittenFile } from "./protocol";
export { checkStatement } from "./statement";
export { quoted } from "./tokens";
