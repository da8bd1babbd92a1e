export type { Graph, GraphCell } from "./graph";
export { ancestors, buildGraph, descendants } from "./graph";
export type { KeyedCell } from "./keys";
export { keysOf } from "./keys";
export { dueByItself, planRun } from "./plan";
export type { Evaluate, Present, Runtime, RuntimeOptions } from "./runtime";
export { createRuntime } from "./runtime";
export type { CellState, Result, Status } from "./state";
export { lastOf, statusOf } from "./state";
