export { createSandbox } from "./client";
export type { FrameHost } from "./link";
export { namesRead } from "./names";
export { loadParsers } from "./parsers";
export type {
  FeatureColumn,
  FeatureType,
  Output,
  RunOptions,
  RunRequest,
  RunResult,
  Sandbox,
  SandboxTask,
} from "./protocol";
export { renameRead } from "./rename";
export { rowTypes } from "./row-types";
