import type { Scope } from "periscopic";
import { placedTreeOf } from "./compile";
import { parsers } from "./parsers";

interface TreeNode {
  type: string;
  loc?: { start: { line: number; column: number } } | null;
  [key: string]: unknown;
}

/**
 * A module with one free name that it reads put for another. A variable, a parameter, a property or a text of the same
 * spelling stays; `{ sizes }` becomes `{ sizes: areas }`, so that the object keeps its shape. A text that does not parse
 * stays as it is.
 */
export function renameRead(source: string, from: string, to: string): string {
  const { analyze } = parsers();
  const parsed = placedTreeOf(source);
  if (!parsed) return source;
  const { map } = analyze(parsed.tree as Parameters<typeof analyze>[0]);
  const edits: { at: number; text: string }[] = [];
  const visit = (node: TreeNode, parent: TreeNode | undefined, role: string): void => {
    const scope: Scope | undefined = map.get(node as never);
    if (scope?.declarations.has(from)) return;
    if (node.type === "Identifier" && node.name === from && isRead(parent, role) && node.loc) {
      const at = parsed.offsetOf(node.loc.start);
      if (at !== undefined && source.startsWith(from, at))
        edits.push({ at, text: parent?.type === "Property" && parent.shorthand ? `${from}: ${to}` : to });
    }
    for (const [key, value] of Object.entries(node)) {
      // A shorthand property is one place in the text and two nodes in the tree.
      if (node.type === "Property" && node.shorthand && key === "key") continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node, key);
    }
  };
  visit(parsed.tree as unknown as TreeNode, undefined, "");
  return edits
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, text: put }) => text.slice(0, at) + put + text.slice(at + from.length), source);
}

/** Whether an identifier in this role of its parent stands for a variable, and not for a property, a label or the like. */
function isRead(parent: TreeNode | undefined, role: string): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return role === "object" || parent.computed === true;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return role === "value" || parent.computed === true;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ImportSpecifier":
    case "ExportSpecifier":
      return false;
    default:
      return true;
  }
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}
