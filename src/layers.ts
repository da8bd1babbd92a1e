/**
 * THE TABLE: which room of the house may import which, and which library has which owner. `layers.test.ts` enforces it.
 *
 * A room is a folder of `src`. Another room is entered by its `index.ts` only; a `worker.ts` is spawned, never imported.
 */

const allRooms = [
  "base",
  "table",
  "notebook",
  "tasks",
  "onnx",
  "scoring",
  "learners",
  "data",
  "inference",
  "sandbox",
  "runtime",
  "share",
  "runs",
  "offline",
  "cells",
  "app",
  "ui",
] as const;

export type Room = (typeof allRooms)[number];

export const ROOMS: readonly Room[] = allRooms;

/** Room to the rooms that it may import, beside itself. */
export const MAY_IMPORT: Record<Room, readonly Room[]> = {
  base: [],
  table: ["base"],
  notebook: ["base"],
  tasks: ["base", "table"],
  onnx: ["base", "table"],
  scoring: ["base", "table", "tasks"],
  learners: ["base", "table", "tasks", "onnx", "scoring"],
  data: ["base", "table"],
  inference: ["base", "table"],
  sandbox: ["base", "table"],
  runtime: ["base", "notebook"],
  share: ["base", "notebook"],
  runs: ["base", "table", "tasks", "scoring"],
  offline: ["base"],
  cells: [
    "base",
    "table",
    "notebook",
    "tasks",
    "onnx",
    "scoring",
    "learners",
    "data",
    "inference",
    "sandbox",
    "runtime",
  ],
  app: [
    "base",
    "table",
    "notebook",
    "tasks",
    "onnx",
    "scoring",
    "learners",
    "data",
    "inference",
    "sandbox",
    "runtime",
    "share",
    "runs",
    "offline",
    "cells",
  ],
  ui: ["app", "base", "table", "notebook", "tasks", "scoring", "runtime", "cells", "runs", "share"],
};

/** Library (by prefix of its specifier) to the rooms that own it. `main.tsx` counts as `ui`. */
export const LIBRARY_OWNERS: Record<string, readonly Room[]> = {
  zod: ["base"],
  "@noble/hashes": ["base"],
  "apache-arrow": ["table"],
  "fast-png": ["table"],
  "@duckdb/duckdb-wasm": ["data"],
  "onnxruntime-web": ["inference"],
  sucrase: ["sandbox"],
  acorn: ["sandbox"],
  periscopic: ["sandbox"],
  "@jridgewell/trace-mapping": ["sandbox"],
  yaml: ["notebook"],
  fflate: ["share", "table", "tasks"],
  idb: ["app"],
  zustand: ["app"],
  react: ["ui"],
  "react-dom": ["ui"],
  "react-markdown": ["ui"],
  "remark-gfm": ["ui"],
  "react-resizable-panels": ["ui"],
  "@tanstack/react-virtual": ["ui"],
  "radix-ui": ["ui"],
  "lucide-react": ["ui"],
  cmdk: ["ui"],
  diff: ["ui"],
  uqr: ["ui"],
  lowlight: ["ui"],
  "highlight.js": ["ui"],
  "hast-util-to-jsx-runtime": ["ui"],
  "monaco-editor": ["ui"],
  "@fontsource-variable": ["ui"],
};
