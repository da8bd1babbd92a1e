import { createRandom, shuffle } from "../base";

/**
 * The fold of every row, from 0: the one notion of cross-validation here. Blends, stacks, target encodings and thresholds
 * all read predictions of rows by models that did not see their fold.
 *
 * Stratified by class and seeded. Rows of one group (say, pairs of one record) stay in one fold: largest groups first,
 * each to the fold that has least of the group's rarest class.
 */
export function foldsOf(
  labels: Int32Array,
  classes: number,
  folds: number,
  seed: number,
  groups?: Int32Array,
): Int32Array {
  const random = createRandom(`folds ${seed}`);
  return groups ? grouped(labels, classes, folds, groups, random) : dealt(labels, classes, folds, random);
}

function dealt(labels: Int32Array, classes: number, folds: number, random: () => number): Int32Array {
  const out = new Int32Array(labels.length);
  const order = shuffle(Int32Array.from(labels.keys()), random);
  // A class is dealt on where the class before it ended, so that folds differ by one row at most.
  const byClass: number[][] = Array.from({ length: classes }, () => []);
  for (const row of order) byClass[labels[row]].push(row);
  let next = 0;
  for (const rows of byClass) for (const row of rows) out[row] = next++ % folds;
  return out;
}

function grouped(
  labels: Int32Array,
  classes: number,
  folds: number,
  groups: Int32Array,
  random: () => number,
): Int32Array {
  const members = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const rows = members.get(group);
    if (rows) rows.push(row);
    else members.set(group, [row]);
  });
  const order = shuffle([...members.values()], random).sort((a, b) => b.length - a.length);
  const totals = new Float64Array(classes);
  for (const label of labels) totals[label]++;
  const counts = Array.from({ length: folds }, () => new Float64Array(classes + 1));
  const out = new Int32Array(labels.length);
  for (const rows of order) {
    const own = new Map<number, number>();
    for (const row of rows) own.set(labels[row], (own.get(labels[row]) ?? 0) + 1);
    const rarest = [...own.keys()].reduce((one, other) => (totals[other] < totals[one] ? other : one));
    let best = 0;
    for (let fold = 1; fold < folds; fold++) {
      const fewer = counts[fold][rarest] - counts[best][rarest] || counts[fold][classes] - counts[best][classes];
      if (fewer < 0) best = fold;
    }
    for (const row of rows) out[row] = best;
    for (const [label, count] of own) counts[best][label] += count;
    counts[best][classes] += rows.length;
  }
  return out;
}

/** The rows outside a fold, to fit on, and those inside, to predict; both rising. */
export function sidesOf(folds: Int32Array, fold: number): { fit: Int32Array; held: Int32Array } {
  const rows = Int32Array.from(folds.keys());
  return { fit: rows.filter((row) => folds[row] !== fold), held: rows.filter((row) => folds[row] === fold) };
}
