import { Picture } from "./rows";
import { FeatureDefinition, TextFeature } from "./toolbox";

const LONGEST_TEXT = 10_000;
const MOST_ITEMS = 100;
const DEEPEST = 4;

/** What `console.log` shows of its arguments: texts as they are, the rest as a developer would write it. */
export function inspectAll(values: readonly unknown[]): string {
  return shortened(values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" "));
}

export function inspect(value: unknown, depth = 0, above: readonly unknown[] = []): string {
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[function ${value.name || "without a name"}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof TextFeature) return `text(${inspect(value.value)})`;
  if (value instanceof Picture) return `[picture of ${value.bytes.length.toLocaleString("en")} bytes]`;
  if (value instanceof FeatureDefinition) return "[features]";
  if (value instanceof Promise) return "[promise]";
  if (above.includes(value)) return "[circular]";
  const inner = (item: unknown) => inspect(item, depth + 1, [...above, value]);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const numbers = value as unknown as ArrayLike<number>;
    return `${value.constructor.name}(${numbers.length}) ${listed("[", Array.prototype.slice.call(numbers, 0, MOST_ITEMS).map(String), numbers.length, "]")}`;
  }
  if (Array.isArray(value)) {
    if (depth >= DEEPEST) return `[array of ${value.length}]`;
    return listed("[", value.slice(0, MOST_ITEMS).map(inner), value.length, "]");
  }
  if (depth >= DEEPEST) return "{…}";
  if (value instanceof Map) {
    const entries = Array.from(value).slice(0, MOST_ITEMS);
    return `Map ${listed(
      "{",
      entries.map(([key, item]) => `${inner(key)} => ${inner(item)}`),
      value.size,
      "}",
    )}`;
  }
  if (value instanceof Set) {
    return `Set ${listed("{", Array.from(value).slice(0, MOST_ITEMS).map(inner), value.size, "}")}`;
  }
  const keys = Object.keys(value);
  const parts = keys.slice(0, MOST_ITEMS).map((key) => {
    const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
    return `${name}: ${inner((value as Record<string, unknown>)[key])}`;
  });
  return listed("{", parts, keys.length, "}", " ");
}

function listed(open: string, parts: string[], total: number, close: string, space = ""): string {
  if (total === 0) return open + close;
  const rest = total > parts.length ? `, … ${(total - parts.length).toLocaleString("en")} more` : "";
  return shortened(`${open}${space}${parts.join(", ")}${rest}${space}${close}`);
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
