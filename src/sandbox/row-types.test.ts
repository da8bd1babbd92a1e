import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { SandboxTask } from "./protocol";
import { rowTypes } from "./row-types";
import * as toolbox from "./toolbox";
import { TOOLBOX_NAMES } from "./toolbox/names";

const shop: SandboxTask = {
  track: "classification",
  columns: [
    { name: "name", modality: "text" },
    { name: "price", modality: "numeric" },
    { name: "made in", modality: "categorical" },
    { name: "icon", modality: "image" },
  ],
  classes: ["shoe", "shirt"],
  label: "kind",
};
const pairs: SandboxTask = { ...shop, track: "matching", classes: ["0", "1"], label: "label" };

/** What the editor would say of a cell, as `line: message`. One lib for all programs: parsing it is the slow part. */
const libs = new Map<string, ts.SourceFile | undefined>();
function complaints(task: SandboxTask, cell: string, tables: Parameters<typeof rowTypes>[1] = {}): string[] {
  const files: Record<string, string> = { "/types.d.ts": rowTypes(task, tables), "/cell.ts": cell };
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ["lib.es2023.d.ts"],
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
    return `${found.file?.fileName} ${line}: ${ts.flattenDiagnosticMessageText(found.messageText, " ")}`;
  });
}

describe("the editor's types", () => {
  it("accept the cells that the design shows", () => {
    expect(
      complaints(
        pairs,
        `import { average, defineFeatures, similarity, text } from "polytab";
         export default defineFeatures({
           fit: (rows) => ({ mean: average(rows.map((row) => row.left.price)) }),
           features: (row, { mean }) => ({
             price_ratio: row.left.price / mean,
             same: row.left["made in"] === row.right["made in"],
             title: similarity.jaccard(row.left.name, row.right.name),
             description: text(row.left.name),
           }),
         });`,
      ),
    ).toEqual([]);
    expect(
      complaints(
        shop,
        `import { dateParts, defineFeatures, images, targetEncoding } from "polytab";
         export default defineFeatures({
           fit: async (rows) => ({ made: targetEncoding(rows, (row) => row["made in"], { classes: ["shoe"] }) }),
           features: async (row, { made }) => {
             const pixels = await row.icon?.rgba(16);
             return { ...dateParts(row.name), made: made.shares(row), colour: pixels ? images.meanColour(pixels) : null };
           },
         });`,
      ),
    ).toEqual([]);
  });

  const generic = `import { defineFeatures, type FeatureRecord, similarity, task, text } from "polytab";
    export default defineFeatures(async (row) => {
      const found: FeatureRecord = {};
      for (const name of task.columns.text) found[name] = text(RECORD[name]?.toLowerCase() ?? null);
      for (const name of task.columns.numeric) found[name] = RECORD[name] * 2;
      for (const name of task.columns.categorical) found[name] = \`\${RECORD[name]}\`;
      for (const name of task.columns.image) found[name] = [...((await RECORD[name]?.rgba(2)) ?? [])];
      for (const side of task.sides) found[side] = typeof row[side];
      return { ...found, columns: task.columns.all.filter(({ modality }) => modality === "text").length };
    });`;
  it("let code that goes by task.columns pass on a task of everything, and where modalities lack", () => {
    const only = (name: string, modality: "text" | "numeric") => [{ name, modality }];
    expect(complaints(shop, generic.replaceAll("RECORD", "row"))).toEqual([]);
    expect(complaints({ ...shop, columns: only('a "b" `c`', "numeric") }, generic.replaceAll("RECORD", "row"))).toEqual(
      [],
    );
    expect(complaints({ ...pairs, columns: only("name", "text") }, generic.replaceAll("RECORD", "row.right"))).toEqual(
      [],
    );
  });

  it("know of each name in task.columns what its column holds", () => {
    const said = complaints(
      shop,
      `for (const name of task.columns.text)\n  (row: import("polytab").Row) => row[name].length;`,
    );
    expect(said).toEqual(["/cell.ts 2: Object is possibly 'null'."]);
  });

  it("know the toolbox and upstream tables without an import", () => {
    const tables = {
      prices: [
        { name: "total", type: "DOUBLE" },
        { name: "brand", type: "string" },
      ],
    };
    expect(
      complaints(shop, `export default [{ x: average(prices.map((row) => row.total)) }];\ndisplay(prices);`, tables),
    ).toEqual([]);
    expect(complaints(shop, `export const upper = prices[0].brand.toUpperCase();`, tables)).toEqual([
      "/cell.ts 1: Object is possibly 'null'.",
    ]);
  });

  it("let code for any task of the track embed by modality, and compare", () => {
    const generic = `defineFeatures((row) => {
      const features: FeatureRecord = {};
      for (const name of task.columns.text) features[name] = similarity.cosine(embedding(row.left, name), embedding(row.right, name));
      for (const name of task.columns.image) features[name] = embedding(row.left, name);
      return features;
    });`;
    const cell = `import { type FeatureRecord } from "polytab";\nexport default ${generic}`;
    expect(complaints(pairs, cell)).toEqual([]);
    const withoutPictures = pairs.columns.filter(({ modality }) => modality !== "image");
    expect(complaints({ ...pairs, columns: withoutPictures }, cell)).toEqual([]);
  });

  it.each([
    [
      "a misspelt column",
      shop,
      `defineFeatures((row) => ({\n a: row.nmae }));`,
      /2: Property 'nmae' does not exist on type 'Row'/,
    ],
    [
      "a label in a feature",
      shop,
      `defineFeatures((row) => ({\n a: row.label }));`,
      /2: Property 'label' does not exist/,
    ],
    [
      "a missing text",
      shop,
      `defineFeatures((row) => ({\n a: row.name.length }));`,
      /2: 'row.name' is possibly 'null'/,
    ],
    [
      "a class that is none",
      shop,
      `defineFeatures({ fit: (rows) => rows.filter((row) =>\n row.label === "hat"), features: () => ({}) });`,
      /2: This comparison appears to be unintentional/,
    ],
    [
      "a flat column of a pair",
      pairs,
      `defineFeatures((row) => ({\n a: row.left_name }));`,
      /2: Property 'left_name' does not exist/,
    ],
    [
      "an embedding of a number",
      shop,
      `defineFeatures((row) => ({\n a: embedding(row, "price") }));`,
      /2: Argument of type '"price"' is not assignable/,
    ],
    [
      "an embedding of a pair, and not of one of its records",
      pairs,
      `defineFeatures((row) => ({\n a: embedding(row, "name") }));`,
      /2: Argument of type 'Row' is not assignable to parameter of type 'PairRecord'/,
    ],
    ["a value that is no feature", shop, `defineFeatures((row) => ({\n a: new Date() }));`, /No overload matches/],
  ])("complain of %s", (_, task, cell, expected) => {
    const said = complaints(task, cell);
    expect(said.join("\n")).toMatch(expected);
  });
});

describe("the toolbox's names", () => {
  it("are those of the toolbox, and what the worker adds", () => {
    expect([...TOOLBOX_NAMES]).toEqual([...Object.keys(toolbox), "display", "embedding", "task"].sort());
  });
});
