import { hash32 } from "../../src/base";
import { fitModel, type Model, type PreparedColumn, predictModel, runToEnd } from "../../src/learners";
import { scoreClassification } from "../../src/scoring";
import { pickRows, type Rows } from "./data";
import { SEED } from "./suite";

export type LinearFit = Extract<Model, { learner: "linear" }>;

const FOLDS = 4;

/** The penalty times the training rows; 0.1 is the learner's own choice. */
const PENALTIES = [0.01, 0.03, 0.1, 0.3, 1];

/** Which columns a variant reads. */
export type ColumnFilter = (column: PreparedColumn) => boolean;

export interface Trained {
  model: LinearFit;
  /** The chosen penalty times rows, and the mean log loss over the folds that chose it. */
  penalty: number;
  foldLogLoss: number;
}

/**
 * Fits linear on the training rows, its penalty chosen by the log loss over four folds of these very rows: validation
 * plays no part. Folds are drawn by the id, so that they do not depend on the order of the rows.
 */
export function train(rows: Rows, classes: string[], filter: ColumnFilter): Trained {
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const within = (row: number) => hash32(`${SEED} ${rows.ids[row]}`) % FOLDS === fold;
    const indices = rows.ids.map((_, row) => row);
    return {
      fit: pickRows(
        rows,
        indices.filter((row) => !within(row)),
      ),
      held: pickRows(rows, indices.filter(within)),
    };
  });
  const trials = PENALTIES.map((penalty) => {
    const losses = folds.map(({ fit, held }) => {
      const probabilities = predict(fitLinear(fit, classes, filter, penalty), held, filter);
      return scoreClassification({ labels: held.labels, probabilities, classes }).metrics.log_loss * held.ids.length;
    });
    return { penalty, foldLogLoss: losses.reduce((total, loss) => total + loss, 0) / rows.ids.length };
  });
  const best = trials.reduce((one, other) => (other.foldLogLoss < one.foldLogLoss ? other : one));
  return { ...best, model: fitLinear(rows, classes, filter, best.penalty) };
}

export function predict(model: Model, rows: Rows, filter: ColumnFilter): Float64Array {
  return runToEnd(predictModel(model, rows.columns.filter(filter), rows.ids.length));
}

export function fitMajority(rows: Rows, classes: string[]): Model {
  return runToEnd(fitModel({ learner: "majority", settings: {}, seed: SEED, classes, labels: rows.labels, train: [] }));
}

function fitLinear(rows: Rows, classes: string[], filter: ColumnFilter, penalty: number): LinearFit {
  const model = runToEnd(
    fitModel({
      learner: "linear",
      settings: { l2: penalty / rows.ids.length },
      seed: SEED,
      classes,
      labels: rows.labels,
      train: rows.columns.filter(filter),
    }),
  );
  if (model.learner !== "linear") throw new Error("asked for linear");
  return model;
}
