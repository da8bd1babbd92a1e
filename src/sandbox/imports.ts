import type { ExportAllDeclaration, ExportNamedDeclaration, ImportDeclaration, Program } from "acorn";
import { placesIn } from "./tree";

export interface ToolboxImport {
  start: number;
  end: number;
  specifierStart: number;
  /** The names that it asks for; none for a namespace. */
  imported: { name: string; start: number }[];
}

/** The imports of a module: those of `polytab` (static), and the first one that a cell may not have. */
export function importsIn(program: Program): {
  toolbox: ToolboxImport[];
  foreign: { specifier: string; start: number; isDynamic: boolean } | undefined;
} {
  const toolbox: ToolboxImport[] = [];
  let foreign: { specifier: string; start: number; isDynamic: boolean } | undefined;
  for (const node of program.body) {
    if (
      node.type !== "ImportDeclaration" &&
      node.type !== "ExportAllDeclaration" &&
      node.type !== "ExportNamedDeclaration"
    )
      continue;
    if (!node.source) continue;
    const { start, end } = node;
    if (node.source.value === "polytab")
      toolbox.push({ start, end, specifierStart: node.source.start, imported: importedBy(node) });
    else foreign ??= { specifier: String(node.source.value), start: node.source.start, isDynamic: false };
  }
  // `import(…)` of a computed address cannot be judged here: the frame's CSP refuses it when it runs.
  for (const { node } of placesIn(program)) {
    if (node.type !== "ImportExpression" || node.source.type !== "Literal") continue;
    foreign ??= { specifier: String(node.source.value), start: node.source.start, isDynamic: true };
  }
  return { toolbox, foreign };
}

function importedBy(
  node: ImportDeclaration | ExportAllDeclaration | ExportNamedDeclaration,
): ToolboxImport["imported"] {
  if (node.type === "ExportAllDeclaration") return [];
  return node.specifiers.flatMap((specifier) => {
    if (specifier.type === "ImportNamespaceSpecifier") return [];
    if (specifier.type === "ImportDefaultSpecifier") return [{ name: "default", start: specifier.start }];
    const asked = specifier.type === "ImportSpecifier" ? specifier.imported : specifier.local;
    return [{ name: asked.type === "Identifier" ? asked.name : String(asked.value), start: asked.start }];
  });
}
