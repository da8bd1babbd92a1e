import { SPLIT_NAMES, type SplitName } from "../../src/tasks";
import { md5 } from "./draw";
import { LABEL, type Layout } from "./layout";
import { Leak } from "./leak";
import { checkShortcuts } from "./shortcut";
import type { Cell, Limits, Made, MatchRecord, Pair, SampleTask } from "./task";

/** What every made task has to keep. @throws Leak naming the first thing that is wrong. */
export function checkMade(task: SampleTask, made: Made): void {
  const labels =
    made.kind === "rows" ? made.rows.map(({ split, label }) => ({ split, label })) : labelsOfPairs(made.pairs);
  const items = made.kind === "rows" ? made.rows : recordsOf(made.pairs);
  checkKeys(items.map((item) => item.key));
  checkCells(task, items);
  checkGroups(items);
  checkTwins(task, items);
  checkApart(task, items);
  if (made.kind === "pairs") {
    checkPairs(made.pairs);
    checkSides(made.pairs);
  }
  checkShares(labels, task.limits);
  checkShortcuts(task, made);
}

export function recordsOf(pairs: readonly Pair[]): MatchRecord[] {
  return [...new Map(pairs.flatMap(({ left, right }) => [left, right]).map((record) => [record.key, record])).values()];
}

function labelsOfPairs(pairs: readonly Pair[]): { split: SplitName; label: string }[] {
  return pairs.map(({ left, label }) => ({ split: left.split, label: String(label) }));
}

function checkKeys(keys: readonly string[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new Leak(`Two rows are made of "${key}": one id would stand for both.`);
    seen.add(key);
  }
}

/** Missing values are null, never an empty text or NaN, which the two file formats would keep differently. */
function checkCells(task: SampleTask, items: readonly { key: string; cells: Record<string, Cell> }[]): void {
  for (const { key, cells } of items) {
    for (const { name, modality } of task.columns) {
      const value = cells[name];
      if (value === null) continue;
      const right =
        modality === "numeric"
          ? typeof value === "number" && Number.isFinite(value)
          : modality === "image"
            ? value instanceof Uint8Array && value.length > 0
            : typeof value === "string" && value !== "";
      if (!right)
        throw new Leak(`"${name}" of ${key} is ${modality} and holds ${JSON.stringify(value)}; missing is null.`);
    }
  }
}

/** No entity on two sides. */
export function checkGroups(items: readonly { group: string; split: SplitName }[]): void {
  const sides = new Map<string, SplitName>();
  for (const { group, split } of items) {
    const side = sides.get(group) ?? split;
    if (side !== split) throw new Leak(`The group "${group}" lies in ${side} and in ${split}.`);
    sides.set(group, side);
  }
}

/** No near-duplicate on two sides: the same picture, or the same words and all else the same, belongs to one group. */
export function checkTwins(
  task: Pick<SampleTask, "columns">,
  items: readonly { key: string; split: SplitName; cells: Record<string, Cell> }[],
): void {
  const named = (...modalities: string[]) =>
    task.columns.filter(({ modality }) => modalities.includes(modality)).map(({ name }) => name);
  const [pictures, texts, others] = [named("image"), named("text"), named("text", "numeric", "categorical")];
  const seen = new Map<string, { key: string; split: SplitName }>();
  for (const { key, split, cells } of items) {
    // Without words, a few equal counts are no likeness.
    const worded = texts.some((name) => cells[name] !== null);
    const prints = [
      ...pictures.map((name) => pictureKey(cells[name])),
      worded ? md5(JSON.stringify(others.map((name) => cells[name]))) : undefined,
    ];
    for (const print of prints) {
      if (print === undefined) continue;
      const twin = seen.get(print);
      if (twin === undefined) seen.set(print, { key, split });
      else if (twin.split !== split) {
        throw new Leak(`${key} in ${split} looks exactly like ${twin.key} in ${twin.split}: join their groups.`);
      }
    }
  }
}

/** What the task calls one thing (a name, a vendor's description) lies in one split, whatever its group says. */
export function checkApart(
  { apart }: Pick<SampleTask, "apart">,
  items: readonly { key: string; split: SplitName; cells: Record<string, Cell> }[],
): void {
  for (const columns of apart) {
    const seen = new Map<string, { key: string; split: SplitName }>();
    for (const { key, split, cells } of items) {
      const values = columns.map((name) => cells[name]);
      if (values.includes(null)) continue;
      const print = JSON.stringify(values).toLowerCase();
      const twin = seen.get(print);
      if (twin === undefined) seen.set(print, { key, split });
      else if (twin.split !== split) {
        throw new Leak(
          `${key} in ${split} has the ${columns.join(" and ")} of ${twin.key} in ${twin.split}: join their groups.`,
        );
      }
    }
  }
}

/** A digest of a picture's bytes; undefined where there is none. */
export function pictureKey(cell: Cell): string | undefined {
  return cell instanceof Uint8Array ? md5(cell) : undefined;
}

/** Every class in every split, in the same measure; and the splits as large as they were meant to be. */
export function checkShares(
  labels: readonly { split: SplitName; label: string }[],
  limits: Pick<Limits, "shares" | "drift">,
): void {
  const counts = new Map<string, Record<SplitName, number>>();
  const total: Record<SplitName, number> = { train: 0, validation: 0, test: 0 };
  for (const { split, label } of labels) {
    const count = counts.get(label) ?? { train: 0, validation: 0, test: 0 };
    count[split]++;
    total[split]++;
    counts.set(label, count);
  }
  for (const split of SPLIT_NAMES) {
    const share = total[split] / labels.length;
    if (Math.abs(share - limits.shares[split]) > 0.03) {
      throw new Leak(`${split} has ${percent(share)} of the rows and should have ${percent(limits.shares[split])}.`);
    }
  }
  for (const [label, count] of counts) {
    const shares = SPLIT_NAMES.map((split) => count[split] / total[split]);
    const names = SPLIT_NAMES.map((split, i) => `${split} ${percent(shares[i])}`).join(", ");
    if (Math.min(...shares) === 0) throw new Leak(`The class "${label}" is missing from a split: ${names}.`);
    if (Math.max(...shares) - Math.min(...shares) > limits.drift) {
      throw new Leak(`The class "${label}" drifts between the splits: ${names}; ${percent(limits.drift)} is allowed.`);
    }
  }
}

/** Each pair once, whichever way round, both of its records in one split, and those of a match in one group. */
export function checkPairs(pairs: readonly Pair[]): void {
  const seen = new Set<string>();
  for (const { left, right, label } of pairs) {
    const key = [left.key, right.key].sort().join(" ");
    if (left.split !== right.split)
      throw new Leak(`A pair joins ${left.key} of ${left.split} and ${right.key} of ${right.split}.`);
    if (left.key === right.key) throw new Leak(`A pair joins ${left.key} with itself.`);
    if (seen.has(key)) throw new Leak(`The pair of ${left.key} and ${right.key} is there twice.`);
    if (label === 1 && left.group !== right.group)
      throw new Leak(
        `${left.key} and ${right.key} are one thing, and lie in the groups ${left.group}, ${right.group}.`,
      );
    seen.add(key);
  }
}

/**
 * Which side a record is on tells nothing, where records are on both: the smaller key is as often left as right, among
 * matches and among others, give or take five standard errors. Two catalogues, left and right, have their sides by nature.
 */
export function checkSides(pairs: readonly Pair[]): void {
  const rights = new Set(pairs.map(({ right }) => right.key));
  if (!pairs.some(({ left }) => rights.has(left.key))) return;
  for (const label of [0, 1]) {
    const own = pairs.filter((pair) => pair.label === label);
    const share = own.filter(({ left, right }) => left.key < right.key).length / own.length;
    if (Math.abs(share - 0.5) > 2.5 / Math.sqrt(own.length)) {
      throw new Leak(
        `The sides of pairs labelled ${label} tell something: the smaller key is left in ${percent(share)}. Turn them by a draw.`,
      );
    }
  }
}

/**
 * The order of rows tells nothing: neighbours share their class as often as any two rows do, give or take five standard
 * errors. Pairs are ordered by their left record, whose own pairs lie together: only a pair's first is counted there.
 */
export function checkOrder(layout: Layout): void {
  for (const split of SPLIT_NAMES) {
    const { columns, rows } = layout.splits[split];
    const at = columns.findIndex((column) => column.name === LABEL);
    const first = columns.some((column) => column.name === "left_id") ? 1 : undefined;
    const labels = rows
      .filter((row, i) => first === undefined || i === 0 || row[first] !== rows[i - 1][first])
      .map((row) => String(row[at]));
    const counts = new Map<string, number>();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    let chance = 0;
    for (const n of counts.values()) chance += (n / labels.length) ** 2;
    let same = 0;
    for (let i = 1; i < labels.length; i++) if (labels[i] === labels[i - 1]) same++;
    const seen = same / (labels.length - 1);
    const error = Math.sqrt((chance * (1 - chance)) / (labels.length - 1));
    // Flat pairs of one left record lie side by side without naming it; prevalence by record is part of their task.
    if (columns.some((column) => column.name.startsWith("left_")) && first === undefined) continue;
    if (Math.abs(seen - chance) > 5 * error) {
      throw new Leak(
        `The order of ${split} tells the class: neighbours agree in ${percent(seen)}, chance is ${percent(chance)}.`,
      );
    }
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
