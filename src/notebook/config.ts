import { isMap, isScalar, isSeq, LineCounter, parseDocument, YAMLParseError } from "yaml";
import { Fault, readAs, suggest, z } from "../base";

/**
 * A configuration cell's YAML as data of the given schema.
 * @throws Fault `config-syntax` at the line and column, or `config` naming the key that is wrong
 */
export function readConfig<T>(schema: z.ZodType<T>, source: string, cell: string): T {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
  const error = document.errors[0];
  if (error instanceof YAMLParseError) {
    const { line, col } = counter.linePos(error.pos[0]);
    throw new Fault("config-syntax", `Cannot read the settings of "${cell}": ${error.message}`, {
      hint: "Settings are YAML: one `key: value` a line.",
      where: { cell, line, column: col },
    });
  }
  const value = source.trim() === "" ? {} : document.toJS();
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Fault("config", `The settings of "${cell}" are not a list of \`key: value\` lines`, {
      where: { cell, line: 1, column: 1 },
    });
  }
  refuseUnknownKeys(schema, value, cell, (key) => placeOf(document.contents, key, counter));
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const key = String(issue.path[0] ?? "");
  throw new Fault(
    "config",
    `Cannot use the settings of "${cell}"${key ? `, at ${issue.path.join(".")}` : ""}: ${issue.message}`,
    {
      where: { cell, ...placeOf(document.contents, key, counter) },
    },
  );
}

/** Where a key stands; nowhere in a text that lacks it or cannot be read. */
export function placeInConfig(source: string, key: string): { line?: number; column?: number } {
  const counter = new LineCounter();
  return placeOf(parseDocument(source, { lineCounter: counter }).contents, key, counter);
}

/** The same YAML text with one key set (or removed, with `undefined`); comments and the other lines stay. */
export function editConfig(source: string, key: string, value: unknown): string {
  const document = parseDocument(source);
  if (document.contents === null || !isMap(document.contents))
    return value === undefined ? source : `${key}: ${JSON.stringify(value)}\n`.trimEnd();
  if (value === undefined) document.delete(key);
  else {
    document.set(key, document.createNode(value, { flow: true }));
  }
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** The YAML's keys and values for a form; an unreadable text gives an empty record (the cell's fault says why). */
export function looseConfig(source: string): Record<string, unknown> {
  try {
    return readAs(z.record(z.string(), z.unknown()), parseDocument(source).toJS() ?? {}, "the settings");
  } catch {
    return {};
  }
}

/**
 * The same YAML text with one name under a key put for another: the value itself, an entry of its list, or of a list in
 * it; also where it is called, as in `features(a, b)`. What stands inside a call, like the `b` of `columns(a, b, c)`, is a
 * column's name and stays.
 */
export function renameInConfig(source: string, key: string, from: string, to: string): string {
  const document = parseDocument(source);
  const node = isMap(document.contents) ? document.contents.get(key, true) : undefined;
  const places: [number, number][] = [];
  for (const list of listsOf(node)) {
    let open = 0;
    for (const item of list) {
      if (!isScalar(item) || typeof item.value !== "string" || !item.range) continue;
      const name = /^[^(]*/.exec(item.value.trim())?.[0].trim();
      if (open === 0 && name === from) places.push([item.range[0], item.range[1]]);
      open += item.value.split("(").length - item.value.split(")").length;
    }
  }
  return places.reduceRight(
    (text, [start, end]) => text.slice(0, start) + text.slice(start, end).replace(from, () => to) + text.slice(end),
    source,
  );
}

function listsOf(node: unknown): unknown[][] {
  if (isMap(node)) return node.items.flatMap((pair) => listsOf(pair.value));
  return [isSeq(node) ? node.items : [node]];
}

function refuseUnknownKeys(schema: z.ZodType, value: object, cell: string, place: (key: string) => object): void {
  if (!(schema instanceof z.ZodObject)) return;
  const known = Object.keys(schema.shape);
  if (schema._zod.def.catchall && schema._zod.def.catchall._zod.def.type !== "never") return;
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw new Fault("config", `"${cell}" has no setting "${key}"`, {
      hint: suggest(key, known),
      where: { cell, ...place(key) },
    });
  }
}

function placeOf(contents: unknown, key: string, counter: LineCounter): { line?: number; column?: number } {
  if (!isMap(contents)) return {};
  for (const pair of contents.items) {
    const node = pair.key as { value?: unknown; range?: [number, number, number] | null };
    if (node?.value === key && node.range) {
      const { line, col } = counter.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return {};
}
