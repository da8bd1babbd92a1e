export { createEngine, type DataEngine } from "./client";
export { namesRead } from "./names";
export type { Relation, TableFile } from "./protocol";
export { checkStatement } from "./statement";
