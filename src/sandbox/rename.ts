import type { AnyNode } from "acorn";
import type { Scope } from "periscopic";
import { placedTreeOf } from "./compile";
import { parsers } from "./parsers";
import { children, isReference } from "./tree";

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
  const visit = (node: AnyNode, parent: AnyNode | undefined, role: string): void => {
    const scope: Scope | undefined = map.get(node as never);
    if (scope?.declarations.has(from)) return;
    if (node.type === "Identifier" && node.name === from && isReference(parent, role) && node.loc) {
      const at = parsed.offsetOf(node.loc.start);
      if (at !== undefined && source.startsWith(from, at))
        edits.push({ at, text: parent?.type === "Property" && parent.shorthand ? `${from}: ${to}` : to });
    }
    for (const [key, child] of children(node)) {
      // A shorthand property is one place in the text and two nodes in the tree.
      if (node.type === "Property" && node.shorthand && key === "key") continue;
      visit(child, node, key);
    }
  };
  visit(parsed.tree, undefined, "");
  return edits
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, text: put }) => text.slice(0, at) + put + text.slice(at + from.length), source);
}
