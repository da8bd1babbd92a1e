import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { LIBRARY_OWNERS, MAY_IMPORT, ROOMS, type Room } from "./layers";

const root = resolve(import.meta.dirname);

interface Source {
  path: string; // relative to src
  text: string;
}

/** Everything that breaks the table, as sentences. `exists` answers whether a path relative to src is a file. */
function violations(sources: Source[]): string[] {
  const known = new Set(sources.map((source) => source.path));
  const found: string[] = [];
  const edges = new Map<string, string[]>();
  for (const source of sources) {
    const room = roomOf(source.path);
    const isTest = /\.test\.tsx?$/.test(source.path);
    for (const specifier of importsOf(source)) {
      if (!specifier.startsWith(".")) {
        const library = Object.keys(LIBRARY_OWNERS).find(
          (name) => specifier === name || specifier.startsWith(`${name}/`),
        );
        if (isTest || specifier.startsWith("node:") || specifier.startsWith("virtual:")) continue;
        if (!library) found.push(`${source.path} imports ${specifier}, which has no owner in layers.ts`);
        else if (room && !LIBRARY_OWNERS[library].includes(room))
          found.push(`${source.path} imports ${specifier}, owned by ${LIBRARY_OWNERS[library]}`);
        continue;
      }
      const path = specifier.split("?")[0];
      const target = resolveIn(known, join(dirname(source.path), path));
      if (!target) continue; // styles, assets, files outside src
      if (/(^|\/)worker\.ts$/.test(target) && !/[?&](worker|url)/.test(specifier) && !isTest)
        found.push(`${source.path} imports ${target}: a worker is spawned, never imported`);
      if (isTest) continue;
      edges.set(source.path, [...(edges.get(source.path) ?? []), target]);
      const other = roomOf(target);
      if (!room || !other || room === other) continue;
      if (!MAY_IMPORT[room].includes(other)) found.push(`${source.path}: ${room} may not import ${other}`);
      else if (target !== `${other}/index.ts`)
        found.push(`${source.path} imports ${target}: come into ${other} by its index.ts`);
    }
  }
  return [...found, ...circles(edges)];
}

function roomOf(path: string): Room | undefined {
  if (path === "main.tsx") return "ui";
  return ROOMS.find((room) => path.startsWith(`${room}/`));
}

function resolveIn(known: Set<string>, path: string): string | undefined {
  return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => known.has(candidate));
}

const parsed = new WeakMap<Source, string[]>();

/** Static imports, re-exports and `import()` alike. Type-only imports count: they are knowledge of a room too. */
function importsOf(source: Source): string[] {
  const known = parsed.get(source);
  if (known) return known;
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    )
      found.push(node.moduleSpecifier.text);
    if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      ts.isStringLiteralLike(node.arguments[0])
    )
      found.push(node.arguments[0].text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  parsed.set(source, found);
  return found;
}

/** Imports that run in a circle, each named once. */
function circles(edges: Map<string, string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      found.push(`circle: ${[...trail.slice(at), path].join(" -> ")}`);
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return found;
}

function readTree(): Source[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }));
}

describe("the house", () => {
  const tree = readTree();

  it("has files in it, and every folder of src is a room", () => {
    expect(tree.length).toBeGreaterThan(10);
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    for (const folder of folders) expect(ROOMS).toContain(folder);
  });

  it("keeps to the table", () => {
    expect(violations(tree)).toEqual([]);
  });

  it.each([
    ["a room above", { path: "base/bad.ts", text: `import { x } from "../table";` }, "base may not import table"],
    ["a room's inside", { path: "tasks/bad.ts", text: `export { x } from "../table/table";` }, "by its index.ts"],
    [
      "a type of a room above",
      { path: "runtime/bad.ts", text: `import type { X } from "../tasks";` },
      "runtime may not import tasks",
    ],
    [
      "a dynamic import",
      { path: "notebook/bad.ts", text: `const x = await import("../table");` },
      "notebook may not import table",
    ],
    [
      "another's library",
      { path: "cells/bad.ts", text: `import { tableFromIPC } from "apache-arrow";` },
      "owned by table",
    ],
    ["an unlisted library", { path: "ui/bad.ts", text: `import _ from "lodash";` }, "no owner"],
    ["a worker", { path: "data/bad.ts", text: `import "./worker";` }, "spawned, never imported"],
    ["a circle", { path: "table/table.ts", text: `import { tableFromArrow } from "./arrow";` }, "circle"],
  ])("bites on %s", (_, planted, expected) => {
    const others = tree.filter((source) => source.path !== planted.path);
    const worker = { path: "data/worker.ts", text: "" };
    const broken = violations([...others.filter((source) => source.path !== worker.path), worker, planted]);
    expect(broken.some((sentence) => sentence.includes(expected))).toBe(true);
  });
});
