import type { AnyNode, Node } from "acorn";

/** The nodes right below a node of acorn's tree, with the name under which it has each. */
export function* children(node: Node): Generator<[role: string, child: AnyNode]> {
  for (const [role, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield [role, child];
  }
}

/** Whether an identifier in this role of its parent stands for a variable, and not for a property, a label or the like. */
export function isReference(parent: Node | undefined, role: string): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return role === "object" || isComputed(parent);
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return role === "value" || isComputed(parent);
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

function isComputed(node: Node): boolean {
  return (node as { computed?: unknown }).computed === true;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}
