import { type Column, columnOf, type Table, valueAt } from "../../table";
import type { Modality, TaskColumn } from "../../tasks";
import { fullText } from "../output/cellText";
import { formatNumber } from "../parts/format";
import { type WordDiff, wordDiff } from "./wordDiff";

/** One field of the two records of a pair, and how they stand to each other. */
export interface PairField {
  name: string;
  modality: Modality;
  left: Column | undefined;
  right: Column | undefined;
  verdict: "equal" | "different" | "one-sided" | "missing";
  /** The verdict in words: `equal`, `+3`, `only left`. */
  words: string;
  /** Of two texts that differ. */
  diff?: WordDiff;
}

/** The fields of a pair (row `row` of a table in flat form), pictures first. */
export function pairFields(table: Table, row: number, columns: readonly TaskColumn[]): PairField[] {
  const pictures = columns.filter((column) => column.modality === "image");
  const others = columns.filter((column) => column.modality !== "image");
  return [...pictures, ...others].map(({ name, modality }) => {
    const left = columnOf(table, `left_${name}`);
    const right = columnOf(table, `right_${name}`);
    return { name, modality, left, right, ...compare(modality, left, right, row) };
  });
}

function compare(
  modality: Modality,
  left: Column | undefined,
  right: Column | undefined,
  row: number,
): Pick<PairField, "verdict" | "words" | "diff"> {
  const here = left && valueAt(left, row) !== null;
  const there = right && valueAt(right, row) !== null;
  if (!here || !there) {
    if (here || there) return { verdict: "one-sided", words: here ? "only left" : "only right" };
    return { verdict: "missing", words: "missing in both" };
  }
  if (left.kind === "number" && right.kind === "number") return compareNumbers(left.values[row], right.values[row]);
  if (left.kind === "bytes" && right.kind === "bytes") return comparePictures(left.values[row], right.values[row]);
  const [a, b] = [fullText(left, row), fullText(right, row)];
  if (a === b) return { verdict: "equal", words: "equal" };
  if (modality !== "text") return { verdict: "different", words: "different" };
  const diff = wordDiff(a, b);
  if (a.toLowerCase() === b.toLowerCase()) return { verdict: "different", words: "equal but for case", diff };
  return { verdict: "different", words: diff.common ? "different words" : "no word in common", diff };
}

function compareNumbers(left: number, right: number): Pick<PairField, "verdict" | "words"> {
  if (left === right) return { verdict: "equal", words: "equal" };
  // Twelve digits: 0.3 − 0.1 is 0.2, not 0.19999999999999998.
  const delta = Number((right - left).toPrecision(12));
  return { verdict: "different", words: `${delta > 0 ? "+" : ""}${formatNumber(delta)}` };
}

function comparePictures(left: Uint8Array | null, right: Uint8Array | null): Pick<PairField, "verdict" | "words"> {
  const same = left && right && left.length === right.length && left.every((byte, i) => byte === right[i]);
  return same ? { verdict: "equal", words: "the same picture" } : { verdict: "different", words: "different" };
}
