import { join } from "node:path";
import { ENCODER_VERSION } from "../../src/learners";
import { root } from "../command";

/**
 * Changes whenever this folder, the learners or the ONNX writer would make other models of the same data; the encoders
 * have a version of their own. Models of another version are stale.
 */
const TRAINING_VERSION = 1;
export const CODE = `training ${TRAINING_VERSION}, encoder ${ENCODER_VERSION}`;

/** Where the tasks are read and the models written. */
export interface Folders {
  samples: string;
  models: string;
}

export const FOLDERS: Folders = { samples: join(root, "public/samples"), models: join(root, "public/models") };

export interface Baseline {
  id: string;
  title: string;
  task: string;
}

/** One model a task: text, numbers, categories and pictures in one linear classifier. */
export const BASELINES: readonly Baseline[] = [
  { id: "emoji-aisle-fusion", title: "Name, picture and facts together", task: "emoji-aisle" },
];

/** Splits, folds and steps of every model. */
export const SEED = 7;
