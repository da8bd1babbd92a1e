import type { AnyNode, Node } from "acorn";

/** The nodes right below a node of acorn's tree, with the name under which it has each. */
export function children(node: Node): [role: string, child: AnyNode][] {
  const found: [string, AnyNode][] = [];
  for (const [role, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) found.push([role, child]);
  }
  return found;
}

/** A node with what it lies in. */
export interface Place {
  node: AnyNode;
  /** Innermost first, three at the most. */
  parents: AnyNode[];
  /** Under which name its parent has it. */
  role: string;
}

/** A node and all that lie in it, as the text has them, however deep they lie. */
export function placesIn(root: Node): Place[] {
  const places: Place[] = [];
  const waiting: Place[] = [{ node: root as AnyNode, parents: [], role: "" }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const { node, parents } = place;
    places.push(place);
    const around = [node, ...parents.slice(0, 2)];
    for (const [role, child] of children(node).reverse()) waiting.push({ node: child, parents: around, role });
  }
  return places;
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
