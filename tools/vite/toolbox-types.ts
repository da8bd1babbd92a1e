import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

const folder = resolve(import.meta.dirname, "../../src/sandbox/toolbox");
export const DECLARATIONS_FILE = join(folder, "declarations.ts");

/** Typed by the task's rows, in src/sandbox/row-types.ts. */
const SAID_ELSEWHERE = new Set(["FeatureDefinition", "defineFeatures", "Definition"]);

/**
 * The editor's types of the module `polytab`, from the toolbox's own sources: what its index exports, with its
 * docstrings. Run this file after a change of the toolbox; its test holds the result against the sources.
 */
export function toolboxDeclarations(): string {
  const shown = exportsOf(join(folder, "index.ts"));
  const statements = readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|^(index|names|declarations)\.ts$/.test(file))
    .sort()
    .flatMap((file) => declarationsOf(join(folder, file)))
    .filter(({ names }) => names.some((name) => shown.has(name) && !SAID_ELSEWHERE.has(name)))
    .map(({ text }) => text.replace(/\bexport declare\b/g, "export").trim());
  const text = statements.join("\n").replace(/[\\`]|\$\{/g, "\\$&");
  return `/** Made from the toolbox's sources by tools/vite/toolbox-types.ts: do not edit. */\nexport const TOOLBOX_DECLARATIONS = \`${text}\n\`;\n`;
}

function exportsOf(path: string): Set<string> {
  const names = new Set<string>();
  for (const statement of parsed(path, readFileSync(path, "utf8")).statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause))
      continue;
    for (const element of statement.exportClause.elements) names.add(element.name.text);
  }
  return names;
}

function declarationsOf(path: string): { names: string[]; text: string }[] {
  const { outputText } = ts.transpileDeclaration(readFileSync(path, "utf8"), {
    fileName: path,
    compilerOptions: { target: ts.ScriptTarget.ESNext, strict: true },
  });
  return parsed(path, outputText).statements.map((statement) => ({
    names: namesOf(statement),
    text: statement.getFullText(),
  }));
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
  }
  const { name } = statement as ts.Statement & { name?: ts.Identifier };
  return name ? [name.text] : [];
}

function parsed(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(DECLARATIONS_FILE, toolboxDeclarations());
  console.log(`wrote ${DECLARATIONS_FILE}`);
}
