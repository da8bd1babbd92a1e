/**
 * `shell`: fetched when the service worker is installed, all or nothing. `engines`: fetched when the page is idle.
 * `task`: a task's rows, kept once they were opened or asked for. `use`: kept once used, never fetched ahead.
 */
export type Group = "shell" | "engines" | "task" | "use";

/** A file of the build; its address is relative to the page. */
export interface SiteFile {
  path: string;
  bytes: number;
  sha256: string;
  group: Group;
}

/** What one build consists of. Written into the service worker's text, so that a changed file changes the worker. */
export interface SiteFiles {
  build: string;
  files: SiteFile[];
}

export type KeptFile = SiteFile & { kept: boolean };

/** Page to service worker, each with a port for the answer. */
export type Ask =
  | { kind: "files" }
  /** Fetches one file of the build and keeps it. */
  | { kind: "keep"; path: string }
  /** The waiting worker takes over from the old one. */
  | { kind: "take-over" }
  /** Lets go of what no open page needs. */
  | { kind: "tidy" };

export interface Answers {
  files: KeptFile[];
  keep: true;
  "take-over": true;
  tidy: number;
}

export type Answer<K extends Ask["kind"]> = { value: Answers[K] } | { error: string };

/** Service worker to page: which build are you? Answered over the port with the build's name. */
export interface WhichBuild {
  kind: "which-build";
}
