import type { Table } from "../table";
import { tableFromArrow } from "../table";
import { SPLIT_NAMES } from "../tasks";
import type { CellContext } from "./context";
import type { CellValue } from "./values";

/** Values to a short check of their content: the same rows give the same one, on the same browser to the last digit. */
const known = new WeakMap<CellValue, Promise<string>>();

/**
 * 24 bits in base64url. Enough to say which cell differs first; nothing relies on its being hard to forge. A relation is
 * summed up where it lies, whatever the order of its rows.
 */
export function checkOf(value: CellValue, context: CellContext): Promise<string> {
  const found = known.get(value);
  if (found) return found;
  const made = compute(value, context);
  known.set(value, made);
  made.catch(() => known.delete(value));
  return made;
}

async function compute(value: CellValue, { task }: CellContext): Promise<string> {
  const digest = createDigest();
  switch (value.kind) {
    case "relation": {
      const { name, columns } = value.relation;
      const all = columns.map((column) => `"${column.name.replaceAll('"', '""')}"`).join(", ");
      const sql = `select count(*)::double as n, coalesce(sum((hash(${all}) % 1073741824)::double), 0)::double as h from "${name}"`;
      digest.table(await tableFromArrow(await task.engine.query(sql)));
      break;
    }
    case "features":
      for (const split of SPLIT_NAMES) digest.table(value.splits[split]);
      break;
    case "plain":
      digest.text(JSON.stringify(value.output.map(({ kind, level, text }) => [kind, level, text])));
      if (value.table) digest.table(value.table);
      break;
    case "predictions":
      digest.text(JSON.stringify([value.classes, value.threshold?.value]));
      for (const split of SPLIT_NAMES) digest.numbers(value.probabilities[split]);
      break;
    case "chart":
      digest.table(value.table);
      break;
    case "score":
      for (const { name, scored } of value.entries) digest.text(JSON.stringify([name, scored.metrics]));
      break;
  }
  return digest.end();
}

interface Digest {
  text(text: string): void;
  numbers(values: Float64Array | Float32Array): void;
  table(table: Table): void;
  end(): string;
}

/** FNV-1a over 32-bit words, then its bits spread. */
export function createDigest(): Digest {
  let hash = 0x811c9dc5;
  const word = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
    hash ^= hash >>> 15;
  };
  const bytes = (values: Uint8Array): void => {
    word(values.length);
    for (const value of values) word(value);
  };
  const text = (value: string): void => {
    word(value.length);
    for (let i = 0; i < value.length; i++) word(value.charCodeAt(i));
  };
  const numbers = (values: Float64Array | Float32Array): void => {
    word(values.length);
    const plain = Float64Array.from(values);
    const words = new Int32Array(plain.buffer);
    for (let i = 0; i < plain.length; i++) {
      // A missing number is NaN, of which there are many bit patterns.
      if (Number.isNaN(plain[i])) {
        word(0x7ff80000);
        continue;
      }
      word(words[2 * i]);
      word(words[2 * i + 1]);
    }
  };
  return {
    text,
    numbers,
    table: ({ rows, columns }) => {
      word(rows);
      for (const column of columns) {
        text(column.name);
        if (column.kind === "number") {
          numbers(column.values);
          continue;
        }
        for (const value of column.values) {
          if (value === null || value === undefined) word(-1);
          else if (typeof value === "string") text(value);
          else if (value instanceof Uint8Array) bytes(value);
          else if (value instanceof Float32Array) numbers(value);
          else text(JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each)) ?? "");
        }
      }
    },
    end: () => {
      let spread = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      spread = Math.imul(spread ^ (spread >>> 13), 0xc2b2ae35);
      spread ^= spread >>> 16;
      const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      return [18, 12, 6, 0].map((shift) => letters[(spread >>> shift) & 63]).join("");
    },
  };
}
