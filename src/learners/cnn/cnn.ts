import { createRandom } from "../../base";
import { padded } from "../kernels/nets";
import { priors } from "../linear";
import { checkLabels, learnerInput } from "../nets/checks";
import { normaliseRows } from "../nets/normalise-rows";
import { type Training, train } from "../nets/train";
import { log } from "../portable";
import { CnnNetwork, type CnnShape, type CnnWeights } from "./network";
import { type CnnOptions, checkCnnOptions } from "./options";
import { checkPictures, type PictureTensor, picturesOf, seenPictures } from "./pictures";

/** A fitted convolutional network: plain data. */
export interface CnnModel extends CnnShape, CnnWeights {
  training: Training;
}

const DECAY = 0.02;
const DROPOUT = 0.3;
const SMOOTHING = 0.1;
const TEMPERATURE = 0.8;
const MOVE = 1;
const HIDDEN: readonly number[] = [128];

/** Pictures an application: some ten milliseconds. */
const PICTURES_A_STEP = 32;
const ROWS_A_STEP = 256;

/**
 * Fits a convolutional network on pictures: one tower for all columns, and for rows of several pictures their differences
 * and products beside them. Deterministic for a seed, to the last bit on every engine. Yields the share done after every
 * batch.
 * @throws Fault `learner-input` for rows that nothing can be learnt from, `learner-settings`
 */
export function* fitCnn(
  pictures: PictureTensor,
  labels: Int32Array,
  classes: number,
  options: CnnOptions,
): Generator<number, CnnModel> {
  checkLabels(labels, classes, pictures.rows);
  checkPictures(pictures, "train");
  checkCnnOptions(options, pictures.size);
  const seen = seenPictures(pictures);
  if (!pictures.index.some((picture) => picture >= 0 && seen[picture] === 1)) {
    throw learnerInput(
      "Cannot train: every picture is missing or wholly transparent",
      "Use other columns, or another learner.",
    );
  }
  const { size, columns } = pictures;
  const shape: CnnShape = { size, columns, channels: options.channels.map(padded), hidden: [...HIDDEN], classes };
  const rates = {
    rate: options.rate,
    decay: DECAY,
    dropout: DROPOUT,
    smoothing: SMOOTHING,
    move: options.augment ? MOVE : 0,
  };
  const most = Math.min(options.batch, pictures.rows);
  const network = new CnnNetwork(shape, pictures, most, { labels, rates });
  network.initialise(createRandom(options.seed), Float64Array.from(priors(labels, classes), log));
  const training = yield* train(network, labels, classes, options, TEMPERATURE);
  network.temper(training.temperature);
  return { ...shape, ...network.read(), training };
}

/**
 * Class probabilities, rows x classes; every row sums to one. Yields the share done.
 * @throws Fault `learner-input` for pictures of another size or number of columns than in training
 */
export function* predictCnn(model: CnnModel, pictures: PictureTensor): Generator<number, Float64Array> {
  checkPictures(pictures, "predict");
  if (pictures.columns !== model.columns) {
    throw learnerInput(
      `Cannot predict: the rows have ${pictures.columns} pictures each, the model was trained on ${model.columns}`,
    );
  }
  const { rows } = pictures;
  const features = yield* embedAll(model, pictures, rows === 0 ? 0 : 0.9);
  const probabilities = new Float64Array(rows * model.classes);
  const network = new CnnNetwork(model, pictures, Math.max(1, Math.min(ROWS_A_STEP, rows)));
  network.write(model);
  for (let from = 0; from < rows; from += ROWS_A_STEP) {
    const to = Math.min(rows, from + ROWS_A_STEP);
    probabilities.set(network.predictFrom(features, from, to), from * model.classes);
    yield 0.9 + (0.1 * from) / rows;
  }
  return normaliseRows(probabilities, model.classes);
}

/**
 * The features that the head sees of each distinct picture, pictures x the last stage's channels: vectors for other
 * learners. An empty picture's are 0. Yields the share done.
 * @throws Fault `learner-input` for pictures of another size than in training
 */
export function* embedCnn(model: CnnModel, pictures: PictureTensor): Generator<number, Float32Array> {
  checkPictures(pictures, "predict");
  return yield* embedAll(model, pictures, 1);
}

function* embedAll(model: CnnModel, pictures: PictureTensor, share: number): Generator<number, Float32Array> {
  if (pictures.size !== model.size) {
    throw learnerInput(
      `Cannot predict on pictures of ${pictures.size} x ${pictures.size} pixels: the model was trained on ${model.size} x ${model.size}`,
      "Resize the pictures.",
    );
  }
  const count = picturesOf(pictures);
  const most = Math.max(1, Math.ceil(Math.min(PICTURES_A_STEP, count) / model.columns));
  const network = new CnnNetwork(model, pictures, most);
  network.write(model);
  const { width } = network.tower;
  const features = new Float32Array(count * width);
  const step = most * model.columns;
  for (let from = 0; from < count; from += step) {
    features.set(network.embed(from, Math.min(count, from + step)), from * width);
    yield (share * from) / count;
  }
  return features;
}
