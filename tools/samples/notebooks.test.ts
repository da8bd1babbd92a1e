import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { CELL_DEFINITIONS, sandboxTask } from "../../src/cells";
import { checkStatement } from "../../src/data";
import { LEARNERS } from "../../src/learners";
import { cellFault, codeCells, formatNotebook, looseConfig, type Notebook, parseNotebook } from "../../src/notebook";
import { buildGraph, type Graph } from "../../src/runtime";
import { loadParsers, rowTypes, type SandboxTask } from "../../src/sandbox";
import { encodeLink } from "../../src/share";
import { featureColumns, readManifest, SPLIT_NAMES, type TaskManifest } from "../../src/tasks";
import { asShared } from "../bench/links";
import { notebookFile } from "./publish";
import { placesOf, taskIds } from "./suite";

beforeAll(loadParsers);

// The first program parses TypeScript's own library, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const manifestOf = (id: string): TaskManifest =>
  readManifest(JSON.parse(readFileSync(join(placesOf(id).served, "task.json"), "utf8")), id);

/** The graph as the app builds it. */
function graphOf(notebook: Notebook): Graph {
  const cells = codeCells(notebook);
  const known = [...SPLIT_NAMES, ...cells.map((cell) => cell.name)];
  return buildGraph(
    cells.map((cell) => ({
      id: cell.id,
      name: cell.name,
      fault: cellFault(cell),
      ...CELL_DEFINITIONS[cell.kind].reads(cell.source, known),
    })),
    SPLIT_NAMES,
  );
}

/** What the editor would say of a cell, as `line: message`. One lib for all programs: parsing it is the slow part. */
const libs = new Map<string, ts.SourceFile | undefined>();
function complaints(task: SandboxTask, cell: string): string[] {
  const files: Record<string, string> = { "/types.d.ts": rowTypes(task, {}), "/cell.ts": cell };
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    noUnusedLocals: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ["lib.esnext.d.ts"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    if (files[name] !== undefined) return ts.createSourceFile(name, files[name], version);
    if (!libs.has(name)) libs.set(name, read(name, version));
    return libs.get(name);
  };
  const program = ts.createProgram(Object.keys(files), options, host);
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()].map((found) => {
    const line = found.file ? found.file.getLineAndCharacterOfPosition(found.start ?? 0).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(found.messageText, " ")}`;
  });
}

describe.each(taskIds())("the starter notebook of %s", (id) => {
  const text = existsSync(notebookFile(id)) ? readFileSync(notebookFile(id), "utf8") : "";
  const notebook = parseNotebook(text);
  const cells = codeCells(notebook);

  it("is written for its task, and is a notebook to the byte", () => {
    expect(notebook.front).toMatchObject({ version: 1, task: id });
    expect(notebook.front.fault).toBeUndefined();
    expect(notebook.front.title).not.toBe("");
    expect(formatNotebook(notebook)).toBe(text);
  });

  it("has no faulty cell, and a graph without faults that runs every cell", () => {
    expect(cells.map((cell) => [cell.name, cellFault(cell)])).toEqual(cells.map((cell) => [cell.name, undefined]));
    const graph = graphOf(notebook);
    expect([...graph.faults.values()]).toEqual([]);
    expect(graph.order).toHaveLength(cells.length);
  });

  it("goes from the labels by features and a model to its score and its mistakes", () => {
    const graph = graphOf(notebook);
    const readsOf = (name: string): string[] => {
      const cell = cells.find((each) => each.name === name);
      return cell ? [...(graph.reads.get(cell.id)?.keys() ?? []), ...(graph.given.get(cell.id) ?? [])].sort() : [];
    };
    expect(readsOf("class_balance")).toEqual(["train"]);
    expect(readsOf("balance")).toEqual(["class_balance"]);
    expect(readsOf("mine")).toContain("features");
    expect(readsOf("result")).toEqual(expect.arrayContaining(["mine", "majority"]));
    expect(readsOf("mistakes")).toEqual(["mine", "validation"]);
    expect(cells.find((cell) => cell.name === "features")?.source).toContain("export default defineFeatures(");
  });

  it("asks for learners and columns that there are, and for statements that only read", () => {
    const columns = featureColumns(manifestOf(id)).map((column) => column.name);
    for (const cell of cells) {
      if (cell.kind === "sql") expect(() => checkStatement(cell.source)).not.toThrow();
      if (cell.kind !== "model") continue;
      const { learner, model, inputs } = looseConfig(cell.source);
      expect([...LEARNERS, ...manifestOf(id).baselines]).toContain(learner ?? model);
      const named = Array.from(String(inputs ?? "").matchAll(/columns\(([^)]*)\)/g), ([, list]) => list.split(/,\s*/));
      expect(columns).toEqual(expect.arrayContaining(named.flat()));
    }
  });

  it("has TypeScript that the editor finds nothing wrong with, here and on the least like task of the track", () => {
    const modalities = (task: TaskManifest) => new Set(task.columns.map((column) => column.modality)).size;
    const own = manifestOf(id);
    const others = taskIds()
      .map(manifestOf)
      .filter((task) => task.track === own.track && task.id !== id && modalities(task) !== modalities(own));
    for (const task of [own, others[0]])
      for (const cell of cells.filter((each) => each.kind === "ts"))
        expect(complaints(sandboxTask(task), cell.source)).toEqual([]);
  });

  it("names no column in what its score depends on, so that it runs on every task of the track", () => {
    const names = manifestOf(id).columns.map((column) => column.name);
    for (const { source } of cells.filter((cell) => cell.kind === "ts")) {
      expect(source).toContain("task.columns.");
      const read = Array.from(source.matchAll(/\b(?:row|left|right)\.(\w+)/g), ([, name]) => name);
      expect(read.filter((name) => names.includes(name))).toEqual([]);
    }
    for (const { source } of cells.filter((cell) => cell.kind === "model")) expect(source).not.toContain("columns(");
  });

  it("fits into a link of a thousand characters, with its scores and checks", () => {
    expect(encodeLink(asShared(id, text)).length).toBeLessThanOrEqual(1_000);
  });
});

it("the check of types bites", () => {
  const task = sandboxTask(manifestOf("web-features"));
  const cell = `import { defineFeatures } from "polytab";\nexport default defineFeatures(({ left }) => ({\n  n: left.title.length,\n  m: left.nmae,\n}));`;
  const said = complaints(task, cell).join("\n");
  expect(said).toMatch(/3: 'left.title' is possibly 'null'/);
  expect(said).toMatch(/4: Property 'nmae' does not exist/);
});
