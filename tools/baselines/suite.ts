import { join } from "node:path";
import { ENCODER_VERSION } from "../../src/learners";
import { root } from "../command";

/**
 * Changes whenever this folder, the learners or the ONNX writer would make other models of the same data; the encoders
 * have a version of their own. Models of another version are stale.
 */
const TRAINING_VERSION = 2;
export const CODE = `training ${TRAINING_VERSION}, encoder ${ENCODER_VERSION}`;

/** Where the tasks are read and the models written. */
export interface Folders {
  samples: string;
  models: string;
}

export const FOLDERS: Folders = { samples: join(root, "public/samples"), models: join(root, "public/models") };

/** A learner that may become the model: the one with the least log loss out of fold does. */
export interface Candidate {
  learner: string;
  settings: Record<string, unknown>;
}

export interface Baseline {
  id: string;
  title: string;
  task: string;
  candidates: readonly Candidate[];
}

/** The penalty is a share of the mean loss; the learner's own choice is a tenth over the rows. */
const linear = (rows: number): Candidate[] =>
  [0.01, 0.03, 0.1, 0.3, 1].map((penalty) => ({ learner: "linear", settings: { l2: penalty / rows } }));

const classification = (
  task: string,
  title: string,
  rows: number,
  settings: Record<string, unknown> = {},
): Baseline => ({
  id: `${task}-fusion`,
  title,
  task,
  candidates: linear(rows).map((candidate) => ({ ...candidate, settings: { ...candidate.settings, ...settings } })),
});

const matching = (task: string, title: string): Baseline => ({
  id: `${task}-fusion`,
  title,
  task,
  candidates: [{ learner: "gbdt", settings: {} }],
});

/** One model a task that reads all its modalities. Rows are those of the training split. */
export const BASELINES: readonly Baseline[] = [classification("emoji-aisle", "Name, picture and facts together", 1148)];
void matching;

/** Splits, folds and steps of every model. */
export const SEED = 7;
