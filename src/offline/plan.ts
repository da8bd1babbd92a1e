import type { Group, SiteFile } from "./protocol";

/** Scripts above this come when the page is idle: the editor and its language service. */
const SHELL_MOST = 1_000_000;
/** Small files of a task's folder (manifest, notebook, licences) come ahead, so that every task can be looked at. */
const ABOUT_MOST = 100_000;

/** When a file of the build is fetched to be kept; `undefined` for what is only ever downloaded. */
export function groupOf(path: string, bytes: number): Group | undefined {
  if (/^sw\.js$|\.map$|\.csv$/.test(path)) return undefined;
  if (path.startsWith("samples/")) {
    if (path === "samples/index.json") return "shell";
    return path.endsWith(".parquet") ? "task" : bytes <= ABOUT_MOST ? "engines" : "use";
  }
  if (/^(models|encoders)\//.test(path)) return "engines";
  // ONNX Runtime's builds for the GPU: 17 and 27 MB that a browser without one never asks for.
  if (/asyncify|jspi|webgpu/.test(path)) return "use";
  if (path.endsWith(".wasm") || bytes > SHELL_MOST) return "engines";
  return "shell";
}

export type FetchPlan = { kind: "pass" } | { kind: "size"; file: SiteFile } | { kind: "file"; file: SiteFile };

export interface Request {
  url: string;
  method: string;
  isNavigation: boolean;
  /** It asks for a part of the file. */
  isPartial: boolean;
}

/** What a service worker does with a request: only the build's own files are its business. */
export function planFetch(files: ReadonlyMap<string, SiteFile>, scope: string, request: Request): FetchPlan {
  const url = request.url.split(/[?#]/)[0];
  if (!url.startsWith(scope) || request.isPartial) return { kind: "pass" };
  const file = files.get(decodePath(url.slice(scope.length)) || "index.html");
  // A query belongs to whoever sent the link to the page; of any other file it asks for something else.
  if (!file || (request.url.includes("?") && !request.isNavigation)) return { kind: "pass" };
  if (request.method === "GET") return { kind: "file", file };
  return request.method === "HEAD" ? { kind: "size", file } : { kind: "pass" };
}

function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Where a file is kept: by its content, so that two builds share what did not change and never what did. */
export function keyOf(scope: string, file: Pick<SiteFile, "path" | "sha256">): string {
  return new URL(`${file.path}?sha256=${file.sha256}`, scope).href;
}

/**
 * Which keys may go: those that the present build does not have, and only when every open page is of that build. A page
 * of an older one still comes back for its own scripts.
 */
export function planTidy(
  keys: readonly string[],
  present: { build: string; keys: ReadonlySet<string> },
  open: readonly (string | undefined)[],
): string[] {
  if (open.some((build) => build !== present.build)) return [];
  return keys.filter((key) => !present.keys.has(key));
}

/** Cross-origin isolation, which gives threads. What the host itself says goes first. */
export const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
} as const;
