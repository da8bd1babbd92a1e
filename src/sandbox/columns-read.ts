import type { AnyNode, ArrowFunctionExpression, FunctionExpression, Node, Pattern, Program, Property } from "acorn";
import { isReference, type Place, placesIn } from "./tree";

/** The properties of an object that a cell's code reads, or all of them where it could read any. */
export type Reach = ReadonlySet<string> | "all";

/** What a cell's features read of a row; `left` and `right` are what they read of a pair's records. */
export interface ColumnsRead {
  row: Reach;
  left: Reach;
  right: Reach;
}

const EVERYTHING: ColumnsRead = { row: "all", left: "all", right: "all" };
const SIDES = ["left", "right"] as const;
/** Methods of an array that hand its items to a function and give back none of them unasked. */
const READERS = new Set(["map", "flatMap", "forEach", "some", "every", "findIndex"]);

type Code = ArrowFunctionExpression | FunctionExpression;

/**
 * Which columns the features of a cell can read: what is not read need not be sent. It is everything unless the module
 * exports `defineFeatures(…)` with functions written in place, and these do with their rows nothing but read properties
 * by name, take them apart by name, hand them to the toolbox's `embedding`, or go through the training rows one by one.
 *
 * Scopes are not looked at: every variable of a row's name counts as the row. That can only read more.
 */
export function columnsRead(program: Program): ColumnsRead {
  const read = { row: new Set<string>(), left: new Set<string>(), right: new Set<string>() };
  try {
    const functions = functionsOf(program);
    if (!functions) return EVERYTHING;
    const { features, fit } = functions;
    const embeds = embedsByToolbox(program);
    createTracker(features, read, embeds).take(features.params[0]);
    if (fit) createTracker(fit, read, embeds).takeList(fit.params[0]);
    return read;
  } catch (error) {
    if (error === LOST) return EVERYTHING;
    throw error;
  }
}

function functionsOf(program: Program): { features: Code; fit?: Code } | undefined {
  // Who makes a `defineFeatures` of their own puts their own rows in.
  const code = program.body.filter((node) => node.type !== "ImportDeclaration");
  if (code.flatMap(placesIn).filter(({ node }) => isNamed(node, "defineFeatures")).length > 1) return undefined;
  const made = program.body.find((node) => node.type === "ExportDefaultDeclaration")?.declaration;
  if (made?.type !== "CallExpression" || made.callee.type !== "Identifier" || made.callee.name !== "defineFeatures")
    return undefined;
  const [given, ...more] = made.arguments;
  if (!given || more.length > 0) return undefined;
  if (isCode(given)) return { features: given };
  if (given.type !== "ObjectExpression") return undefined;
  const found = new Map<string, Code>();
  for (const property of given.properties) {
    if (property.type !== "Property" || property.computed || property.kind !== "init") return undefined;
    if (!isCode(property.value)) return undefined;
    found.set(keyOf(property) ?? "", property.value);
  }
  const features = found.get("features");
  return features && { features, fit: found.get("fit") };
}

/** Whether `embedding(…)` is the toolbox's throughout: the name is only ever imported as it is, and called. */
function embedsByToolbox(program: Program): boolean {
  return placesIn(program).every(({ node, role, parents: [parent] }) => {
    if (!isNamed(node, "embedding")) return true;
    if (parent?.type === "ImportSpecifier")
      return parent.imported.type === "Identifier" && parent.imported.name === parent.local.name;
    return parent?.type === "CallExpression" && role === "callee";
  });
}

function isNamed(node: AnyNode, name: string): boolean {
  return (node.type === "Identifier" && node.name === name) || (node.type === "Literal" && node.value === name);
}

function isCode(node: Node): node is Code {
  return node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression";
}

/** Whether code that reads so much could read this column of a split. The id is for messages, whatever the code does. */
export function mayRead(
  { row, left, right }: ColumnsRead,
  column: string,
  track: "classification" | "matching",
): boolean {
  if (row === "all" || column === "id") return true;
  const [, side, name] = (track === "matching" && /^(left|right)_(.+)$/s.exec(column)) || [];
  if (side === undefined) return row.has(column);
  const reach = side === "left" ? left : right;
  return row.has(side) && (reach === "all" || reach.has(name));
}

/** Thrown where a row goes to a place that cannot be followed. */
const LOST = new Error("A row was lost");

/** Follows rows through one function, and adds what it reads to `read`. @throws LOST */
function createTracker(within: Code, read: Record<keyof ColumnsRead, Set<string>>, embeds: boolean) {
  const places = new Map<string, Place[]>();
  for (const place of placesIn(within)) {
    if (place.node.type !== "Identifier") continue;
    const { name } = place.node;
    const named = places.get(name);
    if (named) named.push(place);
    else places.set(name, [place]);
  }
  const followed = new Set<string>();
  if (places.has("arguments")) throw LOST;

  /** A pattern that a row, or the record of a pair (`of`), is put into. */
  function take(pattern: Pattern | undefined, of: keyof ColumnsRead = "row"): void {
    if (!pattern) return;
    if (pattern.type === "Identifier") {
      follow(pattern.name, of, (place) => use(place, of));
      return;
    }
    if (pattern.type !== "ObjectPattern") throw LOST;
    for (const property of pattern.properties) {
      const name = property.type === "Property" && !property.computed ? keyOf(property) : undefined;
      if (name === undefined || property.type !== "Property") throw LOST;
      read[of].add(name);
      if (of !== "row" || !isSide(name)) continue;
      if (property.value.type === "AssignmentPattern") throw LOST;
      else take(property.value as Pattern, name);
    }
  }

  /** The pattern that the training rows are put into. */
  function takeList(pattern: Pattern | undefined): void {
    if (!pattern) return;
    if (pattern.type !== "Identifier") throw LOST;
    follow(pattern.name, "rows", ({ node, parents: [parent, grandparent] }) => {
      if (parent?.type === "ForOfStatement" && parent.right === node && parent.left.type === "VariableDeclaration") {
        take(parent.left.declarations[0].id);
        return;
      }
      if (parent?.type !== "MemberExpression" || parent.object !== node) throw LOST;
      const name = propertyOf(parent);
      if (name === "length") return;
      if (name === undefined || !READERS.has(name)) throw LOST;
      if (grandparent?.type !== "CallExpression" || grandparent.callee !== parent) throw LOST;
      const [reader] = grandparent.arguments;
      // The third thing that it is handed is the list itself.
      if (!reader || !isCode(reader) || reader.params.length > 2) throw LOST;
      if (reader.params.some(({ type }) => type === "RestElement")) throw LOST;
      take(reader.params[0]);
    });
  }

  function follow(name: string, as: string, each: (place: Place) => void): void {
    if (followed.has(`${as} ${name}`)) return;
    followed.add(`${as} ${name}`);
    for (const place of places.get(name) ?? [])
      if (isReference(place.parents[0], place.role) && !isBinding(place)) each(place);
  }

  function use({ node, parents }: Place, of: keyof ColumnsRead): void {
    const [parent, grandparent] = parents;
    if (parent?.type === "VariableDeclarator" && parent.init === node && parent.id.type === "ObjectPattern") {
      take(parent.id, of);
      return;
    }
    if (
      embeds &&
      parent?.type === "CallExpression" &&
      parent.arguments[0] === node &&
      isNamed(parent.callee, "embedding")
    )
      return; // it looks for vectors only
    if (parent?.type !== "MemberExpression" || parent.object !== node) throw LOST;
    const name = propertyOf(parent);
    // What every object has, and what is called on the row, gets the row itself.
    if (name === undefined || name in Object.prototype || isCalled(parent, grandparent)) throw LOST;
    read[of].add(name);
    if (of !== "row" || !isSide(name)) return;
    if (grandparent?.type === "VariableDeclarator" && grandparent.init === parent) take(grandparent.id, name);
    else use({ node: parent, parents: parents.slice(1), role: "" }, name);
  }

  return { take, takeList };
}

/** Whether an identifier is where its variable gets its value: as a parameter, by a declaration or in a pattern. */
function isBinding({ parents: [parent, grandparent], role }: Place): boolean {
  if (role === "params" || (parent?.type === "VariableDeclarator" && role === "id")) return true;
  return parent?.type === "Property" && grandparent?.type === "ObjectPattern" && role === "value";
}

function isCalled(member: AnyNode, parent: AnyNode | undefined): boolean {
  if (parent?.type === "CallExpression") return parent.callee === member;
  return parent?.type === "TaggedTemplateExpression" && parent.tag === member;
}

function propertyOf({ property, computed }: Extract<AnyNode, { type: "MemberExpression" }>): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined;
}

function keyOf({ key }: Pick<Property, "key">): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" && typeof key.value === "string" ? key.value : undefined;
}

function isSide(name: string): name is "left" | "right" {
  return (SIDES as readonly string[]).includes(name);
}
