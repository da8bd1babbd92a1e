import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { Fault, readAs, z } from "../../src/base";
import { root } from "../command";

/** What a part of the built app may weigh on its way to a reader, in bytes, brotli at quality 5 as a quick host does. */
export interface Budget {
  part: string;
  most: number;
  /** The module of the build's manifest whose static imports count, less what the parts named in `after` have loaded. */
  entry?: string;
  after?: string[];
  /** Or the files of `dist/assets` that count. */
  files?: RegExp;
}

export interface Weighed {
  part: string;
  bytes: number;
  most: number;
  files: string[];
}

/** Each a few per cent above what was measured when it was set: growth is a decision, and made here. */
export const BUDGETS: readonly Budget[] = [
  { part: "shell: the first paint", entry: "index.html", most: 365_000 },
  { part: "task page, after the shell", entry: "src/ui/pages/TaskPage.tsx", after: ["index.html"], most: 118_000 },
  { part: "notebook, after the shell", entry: "src/ui/pages/NotebookPage.tsx", after: ["index.html"], most: 150_000 },
  {
    part: "editor, after the notebook",
    entry: "src/ui/editor/MonacoEditor.tsx",
    after: ["index.html", "src/ui/pages/NotebookPage.tsx"],
    most: 1_000_000,
  },
  { part: "DuckDB", files: /^duckdb-.*\.wasm$/, most: 3_500_000 },
  { part: "ONNX Runtime, WASM", files: /^ort-wasm-simd-threaded-.*\.wasm$/, most: 3_000_000 },
];

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
  }),
);
export type BuildManifest = z.infer<typeof manifestSchema>;

/** The files that the browser fetches for a module before it runs: itself, its static imports, their styles. */
export function closureOf(manifest: BuildManifest, entry: string): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk)
      throw new Fault("budget", `The build has no module "${key}".`, {
        hint: "Name a module of dist/.vite/manifest.json in tools/health/budgets.ts.",
      });
    for (const file of [chunk.file, ...chunk.css]) files.add(file);
    chunk.imports.forEach(visit);
  };
  visit(entry);
  return files;
}

/** Weighs the built app by `budgets`. @throws Fault `budget` where there is no build or a part has no file */
export function weigh(budgets: readonly Budget[], dist: string = join(root, "dist")): Weighed[] {
  const file = join(dist, ".vite/manifest.json");
  if (!existsSync(file)) throw new Fault("budget", `There is no ${file}.`, { hint: "Run `npm run build` first." });
  const manifest = readAs(manifestSchema, JSON.parse(readFileSync(file, "utf8")), file);
  const sizes = new Map<string, number>();
  const sizeOf = (name: string) => {
    const known = sizes.get(name) ?? packed(readFileSync(join(dist, name)));
    sizes.set(name, known);
    return known;
  };
  return budgets.map(({ part, most, entry, after = [], files: pattern }) => {
    const before = new Set(after.flatMap((key) => [...closureOf(manifest, key)]));
    const files = entry
      ? [...closureOf(manifest, entry)].filter((name) => !before.has(name))
      : readdirSync(join(dist, "assets"))
          .filter((name) => pattern?.test(name))
          .map((name) => `assets/${name}`);
    if (files.length === 0) throw new Fault("budget", `The build has no file for "${part}".`);
    return { part, most, files, bytes: files.reduce((sum, name) => sum + sizeOf(name), 0) };
  });
}

function packed(bytes: Uint8Array): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

/** The parts as lines; throws a Fault that names what is over. */
export function judgeBudgets(weighed: readonly Weighed[]): string[] {
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  const lines = weighed.map(({ part, bytes, most }) => `${part}: ${kB(bytes)} of ${kB(most)}`);
  const over = weighed.filter(({ bytes, most }) => bytes > most);
  if (over.length > 0)
    throw new Fault(
      "budget",
      `Over budget (brotli):\n${over.map(({ part, bytes, most, files }) => `  ${part}: ${kB(bytes)}, at most ${kB(most)}: ${files.join(", ")}`).join("\n")}`,
      { hint: "Load it later, or decide for the growth in tools/health/budgets.ts." },
    );
  return lines;
}
