import { createRandom, shuffle } from "../../base";
import { holdOut, type Stop } from "./holdout";
import { fitTemperature, logLoss } from "./temperature";

/** A network as the training loop sees it. */
export interface Trainee {
  /** Most rows that a step or a prediction takes. */
  readonly most: number;
  /** One step on these rows. `pace` in (0, 1] is the share of the full rate. */
  step(rows: Int32Array, pace: number, seed: number): void;
  /** Probabilities of these rows, rows x classes. */
  predict(rows: Int32Array): Float32Array;
  /** Remembers the weights; `restore` brings them back. */
  save(): void;
  restore(): void;
}

export interface TrainOptions {
  epochs: number;
  batch: number;
  stop?: Stop;
  seed: number;
}

/** How a fit went. */
export interface Training {
  /** Passes made. */
  epochs: number;
  /** The pass whose weights are kept; the last where no rows were held out. */
  best: number;
  /** Log loss of the held-out rows after every pass. */
  losses: number[];
  /** What log-odds are divided by. */
  temperature: number;
}

/** The share of the steps in which the rate rises from a tenth to its height; then it falls to zero, both linearly. */
const WARM_UP = 0.15;

/** Fewer held-out rows cannot tell a temperature. */
const LEAST_TO_TEMPER = 60;

/** A loss must fall by this much to count: below lies noise. */
const LEAST_GAIN = 1e-4;

/**
 * Passes over the shuffled rows in batches of nearly equal size, with a rising, then falling rate (Smith 2018). With
 * `stop`, a stratified part of the rows is held out, the weights of the pass with the lowest log loss there are kept, and
 * the temperature is fitted on it; else the temperature is `temperature`. Yields the share done.
 */
export function* train(
  net: Trainee,
  labels: Int32Array,
  classes: number,
  { epochs, batch, stop, seed }: TrainOptions,
  temperature: number,
): Generator<number, Training> {
  const random = createRandom(seed);
  const { fit, held } = stop ? holdOut(labels, classes, stop.share, random) : { fit: allRows(labels), held: NONE };
  const heldLabels = Int32Array.from(held, (row) => labels[row]);
  const batches = Math.ceil(fit.length / Math.min(batch, net.most));
  const training: Training = { epochs: 0, best: 0, losses: [], temperature };
  let least = Number.POSITIVE_INFINITY;
  let kept: Float32Array | undefined;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(fit, random);
    for (let i = 0; i < batches; i++) {
      const done = (epoch * batches + i) / (epochs * batches);
      const rows = fit.subarray(Math.floor((i * fit.length) / batches), Math.floor(((i + 1) * fit.length) / batches));
      net.step(rows, paceAt(done), seedOf(seed, epoch * batches + i));
      yield done;
    }
    training.epochs++;
    if (!stop || held.length === 0) continue;
    const probabilities = yield* predictAll(net, held, classes, (epoch + 1) / epochs);
    const loss = logLoss(probabilities, heldLabels, classes);
    training.losses.push(loss);
    if (loss < least - LEAST_GAIN) {
      least = loss;
      training.best = epoch + 1;
      kept = probabilities;
      net.save();
    } else if (epoch + 1 - training.best >= stop.patience) break;
  }
  if (kept) net.restore();
  else training.best = training.epochs;
  if (kept && held.length >= LEAST_TO_TEMPER) training.temperature = fitTemperature(kept, heldLabels, classes);
  return training;
}

const NONE = new Int32Array(0);
const allRows = (labels: Int32Array): Int32Array => Int32Array.from(labels.keys());

function paceAt(done: number): number {
  return done < WARM_UP ? 0.1 + (0.9 * done) / WARM_UP : (1 - done) / (1 - WARM_UP);
}

/** Far apart for neighbouring steps. */
const seedOf = (seed: number, step: number): number =>
  Math.imul(step + 1, 0x9e3779b1) ^ Math.imul(seed | 0, 0x85ebca6b);

function* predictAll(net: Trainee, rows: Int32Array, classes: number, done: number): Generator<number, Float32Array> {
  const probabilities = new Float32Array(rows.length * classes);
  for (let from = 0; from < rows.length; from += net.most) {
    probabilities.set(net.predict(rows.subarray(from, from + net.most)), from * classes);
    yield done;
  }
  return probabilities;
}
