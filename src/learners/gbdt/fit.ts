import { createRandom, type Random, shuffle } from "../../base";
import type { FeatureTable } from "../feature-table";
import { input } from "../inputs";
import { KernelMemory } from "../kernels/memory";
import { priors } from "../linear";
import { expOfNegative, log } from "../portable";
import { BinWriter, columnOf, roomForBins } from "./binned";
import { fitBins, rowsForBins } from "./bins";
import { type GrownTree, TreeGrower } from "./grow";
import { gbdtKernel, upTo } from "./kernel";
import { type BinnedFeature, type GbdtModel, type Node, outputsOf, packTrees } from "./model";
import { checkOptions, type GbdtOptions, LIGHTGBM_CATEGORIES } from "./options";

/** What a leaf's hessian must be, as in scikit-learn and LightGBM. */
const LEAST_HESSIAN = 1e-3;

/** A leaf's value before the rate: a step to odds of e^8 to one at most, where a hessian is nearly nothing. */
const LARGEST_STEP = 8;

/** The sum over all rows in whole numbers: half of what an i32 holds, for rounding. */
const WHOLE = 2 ** 30;

export function* fitGbdt(
  table: FeatureTable,
  labels: Int32Array,
  classes: number,
  options: GbdtOptions,
): Generator<number, GbdtModel> {
  checkOptions(options);
  checkInput(table, labels, classes);
  const { rows } = table;
  const random = createRandom(options.seed);
  const memory = new KernelMemory();
  const kernel = gbdtKernel(memory);
  const outputs = outputsOf(classes);
  const stride = upTo(rows, 64);

  // Bins.
  const binned = roomForBins(memory, rows, table.features.length);
  const writer = new BinWriter(memory, kernel, rows);
  const forBins = rowsForBins(rows, random);
  const features: BinnedFeature[] = [];
  for (const [index, feature] of table.features.entries()) {
    features.push(fitBins(feature, forBins, options.bins));
    const { at, width } = columnOf(binned, index);
    writer.write(feature, features[index], 0, rows, at, width);
    yield (0.05 * index) / table.features.length;
  }

  // Rows.
  const heldOut = options.stop ? holdOut(labels, classes, options.stop.share, random) : new Uint8Array(rows);
  const trainLabels = new Int32Array(stride).fill(-1);
  for (let row = 0; row < rows; row++) if (heldOut[row] === 0) trainLabels[row] = labels[row];
  const trainRows = Uint32Array.from(labels.keys()).filter((row) => heldOut[row] === 0);
  const testRows = Uint32Array.from(labels.keys()).filter((row) => heldOut[row] === 1);
  const labelsAt = memory.put(trainLabels);
  const trainAt = memory.put(trainRows);
  const testAt = memory.put(testRows);

  // Scores.
  const base = baseOf(labels, classes);
  const shares = memory.room(Float32Array, stride * outputs);
  const odds = classes === 2 ? memory.room(Float32Array, stride) : shares;
  for (let k = 0; k < outputs; k++) {
    memory.view(Float32Array, odds + k * stride * 4, stride).fill(Math.fround(exp(base[k])));
  }
  const scratch = memory.room(Uint8Array, 256);
  const sums = memory.room(Float64Array, 2);
  const grower = new TreeGrower(memory, kernel, binned, features);
  const counts = new Uint32Array(classes);
  for (const row of trainRows) counts[labels[row]]++;
  const trees: Node[][] = [];
  const importance = new Float64Array(features.length);
  const all = Uint32Array.from(features.keys());
  const category = { ...LIGHTGBM_CATEGORIES, ...options.category };
  let bestLoss = Infinity;
  let bestRound = 0;
  let kept = 0;
  for (let round = 0; round < options.rounds; round++) {
    for (let from = 0; from < stride; from += 16384) {
      const to = Math.min(stride, from + 16384);
      if (classes === 2) kernel.sharesOfOdds(odds, shares, from, to);
      else kernel.normalise(shares, outputs, stride * 4, from, to, scratch);
      yield 0.05 + (0.95 * round) / options.rounds;
    }
    if (options.stop) {
      const loss = logLoss(memory.view(Float32Array, shares, stride * outputs), stride, labels, testRows, classes);
      if (loss < bestLoss) {
        bestLoss = loss;
        bestRound = round;
      } else if (round - bestRound >= options.stop.patience) break;
    }
    for (let k = 0; k < outputs; k++) {
      const label = classes === 2 ? 1 : k;
      if (counts[label] === 0) {
        trees.push([{ kind: "leaf", value: 0 }]);
        continue;
      }
      const share = shares + k * stride * 4;
      kernel.measure(share, labelsAt, label, stride, sums);
      const [gradient, hessian] = memory.view(Float64Array, sums, 2);
      const gs = Math.fround(WHOLE / gradient);
      const hs = Math.fround(WHOLE / hessian);
      kernel.gradients(share, labelsAt, label, stride, gs, hs, grower.pairs);
      memory.view(Uint32Array, grower.own, trainRows.length).set(memory.view(Uint32Array, trainAt, trainRows.length));
      memory.view(Uint32Array, grower.others, testRows.length).set(memory.view(Uint32Array, testAt, testRows.length));
      kernel.bound(
        options.leastRows,
        Math.max(1, Math.round(LEAST_HESSIAN * hs)),
        Math.fround(options.l2 * hs),
        Math.fround(category.smooth * hs),
        Math.fround(category.l2 * hs),
        category.most,
        category.leastRows,
        category.stepRows,
      );
      grower.useFeatures(chosen(all, options.featureShare ?? 1, random));
      const steps = grower.grow(trainRows.length, testRows.length, {
        leaves: options.leaves,
        leastRows: options.leastRows,
        l2: options.l2 * hs,
      });
      let tree: GrownTree;
      for (;;) {
        const step = steps.next();
        if (step.done) {
          tree = step.value;
          break;
        }
        yield 0.05 + (0.95 * (round + k / outputs)) / options.rounds;
      }
      const column = odds + k * stride * 4;
      for (const leaf of tree.leaves) {
        const step = -leaf.totals[0] / gs / (leaf.totals[1] / hs + options.l2);
        const value = Math.fround(options.rate * Math.min(LARGEST_STEP, Math.max(-LARGEST_STEP, step)));
        tree.nodes[leaf.node] = { kind: "leaf", value };
        const factor = Math.fround(exp(value));
        kernel.multiply(leaf.own.at, leaf.own.count, column, factor);
        kernel.multiply(leaf.others.at, leaf.others.count, column, factor);
      }
      for (const [feature, gain] of tree.gains) importance[feature] += (gain * hs) / (gs * gs);
      trees.push(tree.nodes);
      yield 0.05 + (0.95 * (round + (k + 1) / outputs)) / options.rounds;
    }
    kept = round + 1;
  }
  if (options.stop) {
    kept = bestRound;
    trees.length = kept * outputs;
  }
  return { classes, base, features, trees: packTrees(trees), rounds: kept, importance };
}

const exp = (x: number): number => (x > 0 ? 1 / expOfNegative(-x) : expOfNegative(x));

function chosen(all: Uint32Array, share: number, random: Random): Uint32Array {
  if (share >= 1) return all;
  const count = Math.max(1, Math.round(all.length * share));
  return shuffle(all.slice(), random).slice(0, count).sort();
}

function baseOf(labels: Int32Array, classes: number): Float32Array {
  const shares = priors(labels, classes);
  if (classes === 2) return Float32Array.of(log(shares[1] / shares[0]));
  return Float32Array.from(shares, log);
}

function logLoss(shares: Float32Array, stride: number, labels: Int32Array, rows: Uint32Array, classes: number): number {
  let total = 0;
  for (const row of rows) {
    const label = labels[row];
    const share = classes === 2 ? (label === 1 ? shares[row] : 1 - shares[row]) : shares[label * stride + row];
    total -= log(Math.max(share, 1e-15));
  }
  return total / rows.length;
}

/** 1 for rows held out: of each class the rounded share, drawn by the seed. */
function holdOut(labels: Int32Array, classes: number, share: number, random: Random): Uint8Array {
  const held = new Uint8Array(labels.length);
  const byClass = Array.from({ length: classes }, (): number[] => []);
  for (const [row, label] of labels.entries()) byClass[label].push(row);
  for (const rows of byClass) {
    shuffle(rows, random);
    for (const row of rows.slice(0, Math.round(rows.length * share))) held[row] = 1;
  }
  return held;
}

function checkInput({ rows, features }: FeatureTable, labels: Int32Array, classes: number): void {
  if (rows === 0) throw input("Cannot train: there are no training rows");
  if (features.length === 0) throw input("Cannot train without features");
  if (classes < 2) throw input(`Cannot train: there are ${classes} classes, at least two are needed`);
  if (labels.length !== rows) throw input(`Cannot train: ${rows} rows of features and ${labels.length} labels`);
}
